import EBPFBytecode

/// Accesses to memory, sequences that back ends look for, and calls.
extension ProgramGenerator {
    /// An offset at which `size` bytes lie inside `count` bytes, or, if risks are taken, just not.
    private mutating func offset(_ size: MemorySize, in count: Int, isAligned: Bool) -> Int16 {
        var offset = random.below(count - size.byteCount + 1)
        if random.oneIn(4) { offset = random.pick([0, count - size.byteCount]) }
        if isAligned && !(isRisky && random.oneIn(8)) { offset &= ~(size.byteCount - 1) }
        if isRisky, random.oneIn(10) {
            offset = random.pick([-1, -8, count, count - size.byteCount + 1, 32767, -32768])
        }
        return Int16(offset)
    }

    /// A place somewhere: the context, the frame, one of many objects, constants.
    mutating func place(_ size: MemorySize, isAligned: Bool = false, isWrite: Bool) -> MemoryOperand
    {
        switch random.below(isWrite && !isRisky ? 6 : 7) {
        case 0, 1:
            return MemoryOperand(
                .r6, offset(size, in: GuestMemory.contextByteCount, isAligned: isAligned))
        case 2, 3:
            return MemoryOperand(.r10, offset(size, in: 512, isAligned: isAligned) &- 512)
        case 4:
            // A pointer into the frame, moved once or twice.
            let (register, moved) = (target(), Int16(random.below(64)) * 8 - 512)
            builder.add(.move(.doubleWord, register, .register(.r10)))
            builder.add(.arithmetic(.add, .doubleWord, register, .immediate(Int32(moved))))
            if random.oneIn(3) {
                builder.add(.arithmetic(.add, .doubleWord, register, .immediate(0)))
            }
            // What is jumped to begins with nothing known about registers.
            if random.oneIn(3) { builder.add(.jump(0, long: false)) }
            return MemoryOperand(
                register, offset(size, in: 512, isAligned: isAligned) &- 512 &- moved)
        case 5:
            let (register, object) = (target(), random.below(GuestMemory.objectCount))
            let address = GuestMemory.objectAddress + UInt64(object * GuestMemory.objectStride)
            builder.add(.loadImmediate(register, .constant(address)))
            return MemoryOperand(
                register, offset(size, in: GuestMemory.objectByteCount, isAligned: isAligned))
        default:
            let register = target()
            builder.add(.loadImmediate(register, .constant(GuestMemory.constantAddress)))
            return MemoryOperand(
                register, offset(size, in: GuestMemory.constantByteCount, isAligned: isAligned))
        }
    }

    mutating func access() {
        let size = random.pick(MemorySize.allCases)
        switch random.below(3) {
        case 0: builder.add(.load(size, target(), place(size, isWrite: false)))
        case 1 where size != .doubleWord:
            builder.add(.loadSigned(size, target(), place(size, isWrite: false)))
        default:
            let operand = place(size, isWrite: true)
            builder.add(.store(size, operand, source()))
        }
    }

    /// Writes and reads the frame.
    mutating func frameAccess() {
        let size = random.pick(MemorySize.allCases)
        let operand = MemoryOperand(.r10, Int16(-random.below(512 - 7)) - 8)
        builder.add(.store(size, operand, source()))
        builder.add(.load(size, target(), operand))
    }

    mutating func atomic() {
        let size = random.pick([MemorySize.word, .doubleWord])
        let fetch = random.oneIn(2)
        let operation = random.pick([
            AtomicOperation.add(fetch: fetch), .or(fetch: fetch), .and(fetch: fetch),
            .xor(fetch: fetch), .exchange, .compareExchange,
        ])
        let operand = place(size, isAligned: true, isWrite: true)
        if operation == .compareExchange, random.oneIn(2) {
            // So that the comparison succeeds now and then.
            builder.add(.load(size, .r0, operand))
            if operand.base == .r0 { return }
        }
        // What is fetched into r10 is lost: the interpreter alone would go on with it.
        builder.add(.atomic(operation, size, operand, target()))
    }

    mutating func ordered() {
        let size = random.pick(MemorySize.allCases)
        if random.oneIn(2) {
            builder.add(.loadAcquire(size, target(), place(size, isAligned: true, isWrite: false)))
        } else {
            let operand = place(size, isAligned: true, isWrite: true)
            builder.add(.storeRelease(size, operand, anyRegister()))
        }
    }

    // MARK: Sequences

    mutating func sequence() {
        let (first, second, third) = (target(), anyRegister(), anyRegister())
        let width = random.pick(Width.allCases)
        switch random.below(6) {
        case 0:
            let distance = Int32(random.pick([1, 8, 31, 32, 33, 48, 56, 63]))
            if random.oneIn(2) { builder.add(.move(.doubleWord, first, .register(second))) }
            builder.add(.arithmetic(.shiftLeft, .doubleWord, first, .immediate(distance)))
            let right = random.pick([Arithmetic.shiftRight, .shiftRightSigned])
            builder.add(.arithmetic(right, .doubleWord, first, .immediate(distance)))
        case 1:
            builder.add(.move(random.pick(Width.allCases), first, .register(second)))
            builder.add(
                .arithmetic(random.pick(Arithmetic.allCases), width, first, .register(third)))
        case 2:
            builder.add(.move(random.pick(Width.allCases), first, .register(second)))
            builder.add(
                .arithmetic(
                    random.pick(Arithmetic.allCases), width, first,
                    .immediate(random.pick(Self.constants))))
        case 3:
            if random.oneIn(2) { builder.add(.move(.doubleWord, first, .register(second))) }
            builder.add(
                .arithmetic(
                    .shiftLeft, .doubleWord, first, .immediate(Int32(random.below(5)))))
            builder.add(.arithmetic(.add, .doubleWord, first, .register(third)))
        case 4: rotation(width)
        default: copiedRotation(width)
        }
    }

    private mutating func rotation(_ width: Width) {
        let (copy, value) = (target(), target())
        let distance = Int32(1 + random.below(width.bitCount - 1))
        let rest = Int32(width.bitCount) - distance
        let (one, other) = random.oneIn(2) ? (copy, value) : (value, copy)
        let left = random.oneIn(2)
        builder.add(.move(width, copy, .register(value)))
        builder.add(
            .arithmetic(left ? .shiftLeft : .shiftRight, width, one, .immediate(distance)))
        builder.add(.arithmetic(left ? .shiftRight : .shiftLeft, width, other, .immediate(rest)))
        let join = random.pick([Arithmetic.or, .xor, .add])
        let (result, lost) = random.oneIn(2) ? (copy, value) : (value, copy)
        builder.add(.arithmetic(join, width, result, .register(lost)))
        if random.oneIn(2) { constant(lost, edge()) }
    }

    private mutating func copiedRotation(_ width: Width) {
        let (part, result, source) = (target(), target(), anyRegister())
        let distance = Int32(1 + random.below(width.bitCount - 1))
        let rest = Int32(width.bitCount) - distance
        let left = random.oneIn(2)
        builder.add(.move(random.pick(Width.allCases), part, .register(source)))
        builder.add(
            .arithmetic(left ? .shiftLeft : .shiftRight, width, part, .immediate(distance)))
        builder.add(.move(random.pick(Width.allCases), result, .register(source)))
        builder.add(.arithmetic(left ? .shiftRight : .shiftLeft, width, result, .immediate(rest)))
        builder.add(
            .arithmetic(random.pick([.or, .xor, .add]), width, result, .register(part)))
        if random.oneIn(2) { constant(part, edge()) }
    }

    // MARK: Calls

    mutating func call() {
        guard let function = callable.randomElement(using: &random) else { return arithmetic() }
        switch random.below(4) {
        case 0, 1: builder.add(.call(.local(0)), to: function)
        case 2:
            let register = target()
            builder.add(.loadImmediate(register, .function(0)), to: function)
            builder.add(.call(.register(register)))
            constant(register, edge())
        default:
            builder.add(.move(.doubleWord, .r1, .immediate(Int32(random.below(4)))))
            builder.add(.loadImmediate(.r2, .function(0)), to: function)
            builder.add(.move(.doubleWord, .r4, .immediate(0)))
            builder.add(.call(.helper(GuestMemory.loopHelper)))
            // Callees of calls by register see the address of a function in a register, too.
            constant(.r2, edge())
        }
    }

    mutating func helper() {
        if random.oneIn(4) {
            let register = target()
            constant(register, UInt64(GuestMemory.mixingHelper))
            builder.add(.call(.register(register)))
        } else {
            builder.add(.call(.helper(GuestMemory.mixingHelper)))
        }
    }

    /// What seldom happens in a program, or ends it.
    mutating func rare() {
        switch random.below(4) {
        case 0: builder.add(.loadPacket(.word, .absolute(Int32(random.below(64)))))
        case 1 where isRisky: builder.add(.call(.kernelFunction(7, module: 0)))
        case 2 where isRisky:
            constant(.r3, random.next())
            builder.add(.load(.doubleWord, .r4, MemoryOperand(.r3)))
        case 3 where isRisky:
            constant(.r3, random.next() | 1 << 33)
            builder.add(.call(.register(.r3)))
        default: builder.add(.exit)
        }
    }
}
