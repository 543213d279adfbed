import EBPFBytecode

/// The loop that runs lowered code.
///
/// Every access to memory is checked (see ``Region``), every branch backwards and every call
/// counts against a budget, so any bytecode at all can be run: what a program may not do ends it
/// with a ``Fault``.
struct Interpreter {
    let machine: Machine
    let memory: AddressSpace.View

    init(_ machine: Machine) {
        self.machine = machine
        memory = machine.memory
    }

    /// Runs from an operation until the function that begins there exits; returns r0.
    ///
    /// - Parameters:
    ///   - start: an operation of the machine's code.
    ///   - r: registers that hold the arguments and the frame pointer.
    func run(from start: ProgramCounter, with r: RegisterFile) throws(Fault) -> UInt64 {
        // One row for each opcode, in the order of `Opcode`; the only long function of the module.
        // The program counter and the budget are locals, so that they stay in registers.
        var pc = start
        var budget = machine.budget
        defer { machine.budget = budget }
        let outermost = machine.frameDepth
        do throws(Fault) {
            while true {
                let op = pc.fetch()
                switch op.opcode {
                case .add64Immediate: r[op.destination] &+= op.constant
                case .subtract64Immediate: r[op.destination] &-= op.constant
                case .multiply64Immediate: r[op.destination] &*= op.constant
                case .divide64Immediate:
                    r[op.destination] = Division.quotient(r[op.destination], op.constant)
                case .or64Immediate: r[op.destination] |= op.constant
                case .and64Immediate: r[op.destination] &= op.constant
                case .shiftLeft64Immediate: r[op.destination] &<<= op.constant
                case .shiftRight64Immediate: r[op.destination] &>>= op.constant
                case .modulo64Immediate:
                    r[op.destination] = Division.remainder(r[op.destination], op.constant)
                case .xor64Immediate: r[op.destination] ^= op.constant
                case .shiftRightSigned64Immediate: r[signed: op.destination] &>>= op.immediate
                case .divideSigned64Immediate:
                    r[signed: op.destination] = Division.signedQuotient(
                        r[signed: op.destination], op.immediate)
                case .moduloSigned64Immediate:
                    r[signed: op.destination] = Division.signedRemainder(
                        r[signed: op.destination], op.immediate)
                case .add64Register: r[op.destination] &+= r[op.source]
                case .subtract64Register: r[op.destination] &-= r[op.source]
                case .multiply64Register: r[op.destination] &*= r[op.source]
                case .divide64Register:
                    r[op.destination] = Division.quotient(r[op.destination], r[op.source])
                case .or64Register: r[op.destination] |= r[op.source]
                case .and64Register: r[op.destination] &= r[op.source]
                case .shiftLeft64Register: r[op.destination] &<<= r[op.source]
                case .shiftRight64Register: r[op.destination] &>>= r[op.source]
                case .modulo64Register:
                    r[op.destination] = Division.remainder(r[op.destination], r[op.source])
                case .xor64Register: r[op.destination] ^= r[op.source]
                case .shiftRightSigned64Register:
                    r[signed: op.destination] &>>= r[signed: op.source]
                case .divideSigned64Register:
                    r[signed: op.destination] = Division.signedQuotient(
                        r[signed: op.destination], r[signed: op.source])
                case .moduloSigned64Register:
                    r[signed: op.destination] = Division.signedRemainder(
                        r[signed: op.destination], r[signed: op.source])
                case .negate64: r[op.destination] = 0 &- r[op.destination]
                case .move64Immediate: r[op.destination] = op.constant
                case .move64Register: r[op.destination] = r[op.source]

                case .add32Immediate: r[low: op.destination] &+= op.lowConstant
                case .subtract32Immediate: r[low: op.destination] &-= op.lowConstant
                case .multiply32Immediate: r[low: op.destination] &*= op.lowConstant
                case .divide32Immediate:
                    r[low: op.destination] = Division.quotient(
                        r[low: op.destination], op.lowConstant)
                case .or32Immediate: r[low: op.destination] |= op.lowConstant
                case .and32Immediate: r[low: op.destination] &= op.lowConstant
                case .shiftLeft32Immediate: r[low: op.destination] &<<= op.lowConstant
                case .shiftRight32Immediate: r[low: op.destination] &>>= op.lowConstant
                case .modulo32Immediate:
                    r[low: op.destination] = Division.remainder(
                        r[low: op.destination], op.lowConstant)
                case .xor32Immediate: r[low: op.destination] ^= op.lowConstant
                case .shiftRightSigned32Immediate:
                    r[lowSigned: op.destination] &>>= Int32(truncatingIfNeeded: op.immediate)
                case .divideSigned32Immediate:
                    r[lowSigned: op.destination] = Division.signedQuotient(
                        r[lowSigned: op.destination], Int32(truncatingIfNeeded: op.immediate))
                case .moduloSigned32Immediate:
                    r[lowSigned: op.destination] = Division.signedRemainder(
                        r[lowSigned: op.destination], Int32(truncatingIfNeeded: op.immediate))
                case .add32Register: r[low: op.destination] &+= r[low: op.source]
                case .subtract32Register: r[low: op.destination] &-= r[low: op.source]
                case .multiply32Register: r[low: op.destination] &*= r[low: op.source]
                case .divide32Register:
                    r[low: op.destination] = Division.quotient(
                        r[low: op.destination], r[low: op.source])
                case .or32Register: r[low: op.destination] |= r[low: op.source]
                case .and32Register: r[low: op.destination] &= r[low: op.source]
                case .shiftLeft32Register: r[low: op.destination] &<<= r[low: op.source]
                case .shiftRight32Register: r[low: op.destination] &>>= r[low: op.source]
                case .modulo32Register:
                    r[low: op.destination] = Division.remainder(
                        r[low: op.destination], r[low: op.source])
                case .xor32Register: r[low: op.destination] ^= r[low: op.source]
                case .shiftRightSigned32Register:
                    r[lowSigned: op.destination] &>>= r[lowSigned: op.source]
                case .divideSigned32Register:
                    r[lowSigned: op.destination] = Division.signedQuotient(
                        r[lowSigned: op.destination], r[lowSigned: op.source])
                case .moduloSigned32Register:
                    r[lowSigned: op.destination] = Division.signedRemainder(
                        r[lowSigned: op.destination], r[lowSigned: op.source])
                case .negate32: r[low: op.destination] = 0 &- r[low: op.destination]
                case .move32Immediate: r[low: op.destination] = op.lowConstant
                case .move32Register: r[low: op.destination] = r[low: op.source]

                case .extend8To64:
                    r[signed: op.destination] = Int64(Int8(truncatingIfNeeded: r[op.source]))
                case .extend16To64:
                    r[signed: op.destination] = Int64(Int16(truncatingIfNeeded: r[op.source]))
                case .extend32To64:
                    r[signed: op.destination] = Int64(Int32(truncatingIfNeeded: r[op.source]))
                case .extend8To32:
                    r[lowSigned: op.destination] = Int32(Int8(truncatingIfNeeded: r[op.source]))
                case .extend16To32:
                    r[lowSigned: op.destination] = Int32(Int16(truncatingIfNeeded: r[op.source]))
                case .cut16:
                    r[op.destination] = UInt64(UInt16(truncatingIfNeeded: r[op.destination]))
                case .cut32: r[op.destination] = UInt64(r[low: op.destination])
                case .swap16:
                    r[op.destination] = UInt64(
                        UInt16(truncatingIfNeeded: r[op.destination]).byteSwapped)
                case .swap32: r[low: op.destination] = r[low: op.destination].byteSwapped
                case .swap64: r[op.destination] = r[op.destination].byteSwapped

                case .jump: try branch(true, op, &pc, &budget)
                case .ifEqual64Immediate:
                    try branch(r[op.destination] == op.constant, op, &pc, &budget)
                case .ifNotEqual64Immediate:
                    try branch(r[op.destination] != op.constant, op, &pc, &budget)
                case .ifGreater64Immediate:
                    try branch(r[op.destination] > op.constant, op, &pc, &budget)
                case .ifGreaterOrEqual64Immediate:
                    try branch(r[op.destination] >= op.constant, op, &pc, &budget)
                case .ifLess64Immediate:
                    try branch(r[op.destination] < op.constant, op, &pc, &budget)
                case .ifLessOrEqual64Immediate:
                    try branch(r[op.destination] <= op.constant, op, &pc, &budget)
                case .ifGreaterSigned64Immediate:
                    try branch(r[signed: op.destination] > op.immediate, op, &pc, &budget)
                case .ifGreaterOrEqualSigned64Immediate:
                    try branch(r[signed: op.destination] >= op.immediate, op, &pc, &budget)
                case .ifLessSigned64Immediate:
                    try branch(r[signed: op.destination] < op.immediate, op, &pc, &budget)
                case .ifLessOrEqualSigned64Immediate:
                    try branch(r[signed: op.destination] <= op.immediate, op, &pc, &budget)
                case .ifAnyBitSet64Immediate:
                    try branch(r[op.destination] & op.constant != 0, op, &pc, &budget)
                case .ifEqual64Register:
                    try branch(r[op.destination] == r[op.source], op, &pc, &budget)
                case .ifNotEqual64Register:
                    try branch(r[op.destination] != r[op.source], op, &pc, &budget)
                case .ifGreater64Register:
                    try branch(r[op.destination] > r[op.source], op, &pc, &budget)
                case .ifGreaterOrEqual64Register:
                    try branch(r[op.destination] >= r[op.source], op, &pc, &budget)
                case .ifLess64Register:
                    try branch(r[op.destination] < r[op.source], op, &pc, &budget)
                case .ifLessOrEqual64Register:
                    try branch(r[op.destination] <= r[op.source], op, &pc, &budget)
                case .ifGreaterSigned64Register:
                    try branch(r[signed: op.destination] > r[signed: op.source], op, &pc, &budget)
                case .ifGreaterOrEqualSigned64Register:
                    try branch(r[signed: op.destination] >= r[signed: op.source], op, &pc, &budget)
                case .ifLessSigned64Register:
                    try branch(r[signed: op.destination] < r[signed: op.source], op, &pc, &budget)
                case .ifLessOrEqualSigned64Register:
                    try branch(r[signed: op.destination] <= r[signed: op.source], op, &pc, &budget)
                case .ifAnyBitSet64Register:
                    try branch(r[op.destination] & r[op.source] != 0, op, &pc, &budget)
                case .ifEqual32Immediate:
                    try branch(r[low: op.destination] == op.lowConstant, op, &pc, &budget)
                case .ifNotEqual32Immediate:
                    try branch(r[low: op.destination] != op.lowConstant, op, &pc, &budget)
                case .ifGreater32Immediate:
                    try branch(r[low: op.destination] > op.lowConstant, op, &pc, &budget)
                case .ifGreaterOrEqual32Immediate:
                    try branch(r[low: op.destination] >= op.lowConstant, op, &pc, &budget)
                case .ifLess32Immediate:
                    try branch(r[low: op.destination] < op.lowConstant, op, &pc, &budget)
                case .ifLessOrEqual32Immediate:
                    try branch(r[low: op.destination] <= op.lowConstant, op, &pc, &budget)
                case .ifGreaterSigned32Immediate:
                    try branch(Int64(r[lowSigned: op.destination]) > op.immediate, op, &pc, &budget)
                case .ifGreaterOrEqualSigned32Immediate:
                    try branch(
                        Int64(r[lowSigned: op.destination]) >= op.immediate, op, &pc, &budget)
                case .ifLessSigned32Immediate:
                    try branch(Int64(r[lowSigned: op.destination]) < op.immediate, op, &pc, &budget)
                case .ifLessOrEqualSigned32Immediate:
                    try branch(
                        Int64(r[lowSigned: op.destination]) <= op.immediate, op, &pc, &budget)
                case .ifAnyBitSet32Immediate:
                    try branch(r[low: op.destination] & op.lowConstant != 0, op, &pc, &budget)
                case .ifEqual32Register:
                    try branch(r[low: op.destination] == r[low: op.source], op, &pc, &budget)
                case .ifNotEqual32Register:
                    try branch(r[low: op.destination] != r[low: op.source], op, &pc, &budget)
                case .ifGreater32Register:
                    try branch(r[low: op.destination] > r[low: op.source], op, &pc, &budget)
                case .ifGreaterOrEqual32Register:
                    try branch(r[low: op.destination] >= r[low: op.source], op, &pc, &budget)
                case .ifLess32Register:
                    try branch(r[low: op.destination] < r[low: op.source], op, &pc, &budget)
                case .ifLessOrEqual32Register:
                    try branch(r[low: op.destination] <= r[low: op.source], op, &pc, &budget)
                case .ifGreaterSigned32Register:
                    try branch(
                        r[lowSigned: op.destination] > r[lowSigned: op.source], op, &pc, &budget)
                case .ifGreaterOrEqualSigned32Register:
                    try branch(
                        r[lowSigned: op.destination] >= r[lowSigned: op.source], op, &pc, &budget)
                case .ifLessSigned32Register:
                    try branch(
                        r[lowSigned: op.destination] < r[lowSigned: op.source], op, &pc, &budget)
                case .ifLessOrEqualSigned32Register:
                    try branch(
                        r[lowSigned: op.destination] <= r[lowSigned: op.source], op, &pc, &budget)
                case .ifAnyBitSet32Register:
                    try branch(r[low: op.destination] & r[low: op.source] != 0, op, &pc, &budget)
                case .mayJump: try branch(machine.leavesLoop(), op, &pc, &budget)

                case .load8: r[op.destination] = UInt64(try load(UInt8.self, op, r))
                case .load16: r[op.destination] = UInt64(try load(UInt16.self, op, r))
                case .load32: r[op.destination] = UInt64(try load(UInt32.self, op, r))
                case .load64: r[op.destination] = try load(UInt64.self, op, r)
                case .loadSigned8: r[signed: op.destination] = Int64(try load(Int8.self, op, r))
                case .loadSigned16: r[signed: op.destination] = Int64(try load(Int16.self, op, r))
                case .loadSigned32: r[signed: op.destination] = Int64(try load(Int32.self, op, r))
                case .store8Immediate: try store(UInt8(truncatingIfNeeded: op.immediate), op, r)
                case .store16Immediate: try store(UInt16(truncatingIfNeeded: op.immediate), op, r)
                case .store32Immediate: try store(op.lowConstant, op, r)
                case .store64Immediate: try store(op.constant, op, r)
                case .store8Register: try store(UInt8(truncatingIfNeeded: r[op.source]), op, r)
                case .store16Register: try store(UInt16(truncatingIfNeeded: r[op.source]), op, r)
                case .store32Register: try store(r[low: op.source], op, r)
                case .store64Register: try store(r[op.source], op, r)
                case .atomic32: try machine.atomic32(op, r)
                case .atomic64: try machine.atomic64(op, r)
                case .loadAcquire: try machine.loadAcquire(op, r)
                case .storeRelease: try machine.storeRelease(op, r)
                case .loadPacketAbsolute, .loadPacketIndirect:
                    if let value = machine.loadPacket(op, r) {
                        r[.r0] = value
                    } else {
                        // A packet that is too short ends the function with 0.
                        r[.r0] = 0
                        guard machine.frameDepth > outermost else { return 0 }
                        pc = machine.popFrame(r)
                    }

                case .callHelper:
                    machine.budget = budget
                    machine.callSite = pc
                    r[.r0] = try machine.callHelper(op, r)
                    // A helper does the work of many instructions.
                    budget = machine.budget &- 16
                    guard budget >= 0 else { throw .budgetExhausted }
                case .tailCall:
                    machine.callSite = pc
                    if let target = try machine.tailCall(r) { pc = target }
                case .callLocal:
                    try machine.pushFrame(returningTo: pc, r)
                    pc.move(by: Int(op.offset))
                    budget &-= 1
                    guard budget >= 0 else { throw .budgetExhausted }
                case .callRegister:
                    machine.budget = budget
                    machine.callSite = pc
                    if let target = try machine.callRegister(op, r) {
                        try machine.pushFrame(returningTo: pc, r)
                        pc = target
                    }
                    budget = machine.budget &- 1
                    guard budget >= 0 else { throw .budgetExhausted }
                case .callUnavailable:
                    throw .kernelFunction(Int32(truncatingIfNeeded: op.immediate))
                case .exit:
                    guard machine.frameDepth > outermost else { return r[.r0] }
                    pc = machine.popFrame(r)

                case .sum64: r[op.destination] = r[op.source] &+ r[number: op.detail]
                case .difference64: r[op.destination] = r[op.source] &- r[number: op.detail]
                case .xorOf64: r[op.destination] = r[op.source] ^ r[number: op.detail]
                case .sum32:
                    r[low: op.destination] =
                        r[low: op.source] &+ UInt32(truncatingIfNeeded: r[number: op.detail])
                case .xorOf32:
                    r[low: op.destination] =
                        r[low: op.source] ^ UInt32(truncatingIfNeeded: r[number: op.detail])
                case .joinedShifts64:
                    let right = r[op.source] &>> op.constant
                    let left = r[op.source] &<< op.displacement
                    r[number: op.detail] = op.detail < 16 ? left : right
                    r[op.destination] = left | right
                case .joinedShifts32:
                    let right = r[low: op.source] &>> op.lowConstant
                    let left = r[low: op.source] &<< UInt32(truncatingIfNeeded: op.displacement)
                    r[number: op.detail] = UInt64(op.detail < 16 ? left : right)
                    r[low: op.destination] = left | right
                case .loadElement8: r[op.destination] = UInt64(try loadElement(UInt8.self, op, r))
                case .loadElement16: r[op.destination] = UInt64(try loadElement(UInt16.self, op, r))
                case .loadElement32: r[op.destination] = UInt64(try loadElement(UInt32.self, op, r))
                case .loadElement64: r[op.destination] = try loadElement(UInt64.self, op, r)
                case .add64From: r[op.destination] = r[op.source] &+ op.constant
                case .multiply64From: r[op.destination] = r[op.source] &* op.constant
                case .and64From: r[op.destination] = r[op.source] & op.constant
                case .shiftLeft64From: r[op.destination] = r[op.source] &<< op.constant
                case .shiftRight64From: r[op.destination] = r[op.source] &>> op.constant
                case .and32From: r[low: op.destination] = r[low: op.source] & op.lowConstant
                case .shiftLeft32From: r[low: op.destination] = r[low: op.source] &<< op.lowConstant
                case .shiftRight32From:
                    r[low: op.destination] = r[low: op.source] &>> op.lowConstant
                case .addAndIfNotEqual64Register:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum != r[op.source], op, &pc, &budget)
                case .addAndIfEqual64Register:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum == r[op.source], op, &pc, &budget)
                case .addAndIfEqual64Immediate:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum == op.constant, op, &pc, &budget)
                case .addAndIfLess64Register:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum < r[op.source], op, &pc, &budget)
                case .addAndIfNotEqual64Immediate:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum != op.constant, op, &pc, &budget)
                case .addAndIfLess64Immediate:
                    let sum = r[op.destination] &+ op.step
                    r[op.destination] = sum
                    try branch(sum < op.constant, op, &pc, &budget)
                case .addTwo64:
                    r[op.destination] &+= op.displacement
                    r[op.source] &+= op.constant
                case .moveTwo64:
                    r[op.destination] = r[op.source]
                    r[number: op.detail & 15] = r[number: op.detail >> 4]

                case .end: throw .fellOffTheEnd
                }
            }
        } catch {
            machine.recordFault(at: pc)
            throw error
        }
    }

    /// Moves if the condition holds. Only branches backwards can make a run long: they count.
    @inline(__always)
    private func branch(
        _ isTaken: Bool, _ op: OperationReference, _ pc: inout ProgramCounter, _ budget: inout Int
    ) throws(Fault) {
        guard isTaken else { return }
        pc.move(by: Int(op.offset))
        guard op.offset < 0 else { return }
        budget &-= 1
        guard budget >= 0 else {
            // Back to the branch, so that the fault names it; moving first is faster.
            pc.move(by: -Int(op.offset))
            throw .budgetExhausted
        }
    }

    /// A load from the sum of two registers and a displacement.
    @inline(__always)
    private func loadElement<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type, _ op: OperationReference, _ r: RegisterFile
    ) throws(Fault) -> Value {
        let address = r[op.source] &+ r[number: op.detail] &+ op.displacement
        guard
            let pointer = unsafe memory.readable(
                address, size: UInt64(MemoryLayout<Value>.size))
        else { throw accessFault(address, MemoryLayout<Value>.size, isWrite: false) }
        return unsafe pointer.loadUnaligned(as: type)
    }

    @inline(__always)
    private func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type, _ op: OperationReference, _ r: RegisterFile
    ) throws(Fault) -> Value {
        let address = r[op.source] &+ op.displacement
        guard
            let pointer = unsafe memory.readable(
                address, size: UInt64(MemoryLayout<Value>.size))
        else { throw accessFault(address, MemoryLayout<Value>.size, isWrite: false) }
        return unsafe pointer.loadUnaligned(as: type)
    }

    @inline(__always)
    private func store<Value: FixedWidthInteger & BitwiseCopyable>(
        _ value: Value, _ op: OperationReference, _ r: RegisterFile
    ) throws(Fault) {
        let address = r[op.destination] &+ op.displacement
        guard
            let pointer = unsafe memory.writable(
                address, size: UInt64(MemoryLayout<Value>.size))
        else {
            // Some fields of a context may be written; the region itself says no.
            return try machine.storeToContext(
                UInt64(truncatingIfNeeded: value), at: address, size: MemoryLayout<Value>.size)
        }
        unsafe pointer.storeBytes(of: value, as: Value.self)
    }

    @inline(never)
    private func accessFault(_ address: UInt64, _ size: Int, isWrite: Bool) -> Fault {
        .access(address: address, size: UInt32(size), isWrite: isWrite)
    }
}

/// Division as the ISA defines it: it never traps (RFC 9669, section 4.1).
enum Division {
    /// By zero: zero.
    @inline(__always)
    static func quotient<Word: FixedWidthInteger & UnsignedInteger>(
        _ dividend: Word, _ divisor: Word
    ) -> Word { divisor == 0 ? 0 : dividend / divisor }

    /// By zero: the dividend.
    @inline(__always)
    static func remainder<Word: FixedWidthInteger & UnsignedInteger>(
        _ dividend: Word, _ divisor: Word
    ) -> Word { divisor == 0 ? dividend : dividend % divisor }

    /// By zero: zero; the smallest number by −1: itself.
    @inline(__always)
    static func signedQuotient<Word: FixedWidthInteger & SignedInteger>(
        _ dividend: Word, _ divisor: Word
    ) -> Word {
        if divisor == 0 { return 0 }
        return divisor == -1 ? 0 &- dividend : dividend / divisor
    }

    /// By zero: the dividend; by −1: zero.
    @inline(__always)
    static func signedRemainder<Word: FixedWidthInteger & SignedInteger>(
        _ dividend: Word, _ divisor: Word
    ) -> Word {
        if divisor == 0 { return dividend }
        return divisor == -1 ? 0 : dividend % divisor
    }
}
