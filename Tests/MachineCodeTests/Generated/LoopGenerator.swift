import EBPFBytecode

/// Makes programs up that walk over the context in loops: counters and pointers that move along,
/// tests before and behind bodies, bounds that hold, just do not, or say nothing. What proves accesses
/// from the start of a run must not be wrong about a single one.
///
/// r6 holds the context's address, r7 its size; other registers hold anything.
struct LoopGenerator {
    private var random: RandomNumbers
    private var builder = ProgramBuilder()
    /// Registers that loops around the current place count in.
    private var busy: Set<Register> = []

    private static let free: [Register] = [.r0, .r1, .r2, .r3, .r4, .r5, .r8, .r9]

    /// A program of a seed.
    static func program(seed: UInt64) -> [EncodedInstruction] {
        var generator = LoopGenerator(random: RandomNumbers(seed: seed))
        generator.generate()
        return generator.builder.program
    }

    private init(random: RandomNumbers) { self.random = random }

    private mutating func generate() {
        builder.add(.move(.doubleWord, .r6, .register(.r1)))
        builder.add(.move(.doubleWord, .r7, .register(.r2)))
        for register in Self.free { start(register) }
        for _ in 0..<(2 + random.below(4)) { statement(depth: 0) }
        for register in Self.free.dropFirst() {
            builder.add(.arithmetic(.multiply, .doubleWord, .r0, .immediate(31)))
            builder.add(.arithmetic(.add, .doubleWord, .r0, .register(register)))
        }
        builder.add(.exit)
    }

    private mutating func statement(depth: Int) {
        switch random.below(depth < 3 ? 12 : 9) {
        case 0..<4: access()
        case 4: arithmetic()
        case 5: copy()
        case 6: spill()
        case 7: guarded(depth: depth)
        case 8: start(register())
        default: loop(depth: depth)
        }
    }

    // MARK: Registers and numbers

    private mutating func register() -> Register { random.pick(Self.free) }

    /// A register that no loop around counts in; now and then one of those all the same.
    private mutating func target() -> Register {
        let register = register()
        return busy.contains(register) && !random.oneIn(12) ? target() : register
    }

    private mutating func number() -> Int32 {
        random.pick([0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 56, 60, 63, 64, 65, 100, -1, -8])
    }

    /// Gives a register a number, or an address in or about the context.
    private mutating func start(_ register: Register) {
        guard random.oneIn(3) else {
            return builder.add(.move(.doubleWord, register, .immediate(number())))
        }
        builder.add(.move(.doubleWord, register, .register(random.oneIn(8) ? .r10 : .r6)))
        if random.oneIn(2) {
            builder.add(.arithmetic(.add, .doubleWord, register, .immediate(number())))
        }
    }

    // MARK: Statements

    private mutating func arithmetic() {
        let operation = random.pick(Arithmetic.allCases)
        let width = random.oneIn(4) ? Width.word : .doubleWord
        let source: Source =
            random.oneIn(3) ? .register(register()) : .immediate(abs(number()) & 0x3f)
        builder.add(.arithmetic(operation, width, target(), source))
    }

    private mutating func copy() {
        let (copy, source) = (target(), register())
        builder.add(.move(random.oneIn(4) ? .word : .doubleWord, copy, .register(source)))
        if random.oneIn(2) {
            builder.add(.arithmetic(.add, .doubleWord, copy, .immediate(number())))
        }
    }

    private mutating func spill() {
        let place = MemoryOperand(.r10, Int16(-8 * (1 + random.below(3))))
        if random.oneIn(2) {
            let size: MemorySize = random.oneIn(6) ? .word : .doubleWord
            builder.add(.store(size, place, .register(register())))
        } else {
            builder.add(.load(.doubleWord, target(), place))
        }
    }

    private mutating func condition(on first: Register) -> Instruction {
        let second: Source =
            random.oneIn(3)
            ? .register(random.oneIn(2) ? .r7 : register()) : .immediate(number())
        return .branch(
            random.pick(Comparison.allCases), random.oneIn(4) ? .word : .doubleWord, first, second,
            0)
    }

    private mutating func guarded(depth: Int) {
        let beyond = builder.label()
        builder.add(condition(on: register()), to: beyond)
        for _ in 0..<(1 + random.below(2)) { statement(depth: depth + 1) }
        builder.bind(beyond)
    }

    /// Loads or stores at a register, or at the context's address and an index.
    private mutating func access() {
        var base = register()
        if random.oneIn(2) {
            let index = base
            base = target()
            builder.add(.move(.doubleWord, base, .register(index)))
            if random.oneIn(2) {
                builder.add(
                    .arithmetic(.and, .doubleWord, base, .immediate(random.pick([7, 56, 60, 63]))))
            }
            if random.oneIn(4) {
                builder.add(.arithmetic(.shiftLeft, .doubleWord, base, .immediate(2)))
            }
            builder.add(.arithmetic(.add, .doubleWord, base, .register(.r6)))
        }
        let size = random.pick(MemorySize.allCases)
        let place = MemoryOperand(base, Int16(random.pick([0, 0, 0, 1, 4, 8, -1, -8])))
        switch random.below(3) {
        case 0: builder.add(.store(size, place, .register(register())))
        case 1: builder.add(.store(size, place, .immediate(number())))
        default: builder.add(.load(size, target(), place))
        }
    }

    // MARK: Loops

    private mutating func loop(depth: Int) {
        let counter = target()
        let pointer = random.oneIn(2) ? target() : nil
        let old = busy
        busy.formUnion([counter] + [pointer].compactMap(\.self))
        start(counter)
        let (head, exit) = (builder.label(), builder.label())
        builder.bind(head)
        let isTestedFirst = random.oneIn(3)
        if isTestedFirst { builder.add(condition(on: counter), to: exit) }
        for _ in 0..<(1 + random.below(3)) { statement(depth: depth + 1) }
        if let pointer { advance(pointer) }
        advance(counter)
        if isTestedFirst {
            builder.add(.jump(0, long: false), to: head)
        } else {
            builder.add(condition(on: counter), to: head)
        }
        builder.bind(exit)
        busy = old
    }

    private mutating func advance(_ register: Register) {
        let width: Width = random.oneIn(5) ? .word : .doubleWord
        let step = random.pick([1, 1, 1, 2, 3, 4, 8, -1, -1, -2, 16] as [Int32])
        if random.oneIn(6) {
            builder.add(.arithmetic(.subtract, width, register, .immediate(-step)))
        } else {
            builder.add(.arithmetic(.add, width, register, .immediate(step)))
        }
    }
}
