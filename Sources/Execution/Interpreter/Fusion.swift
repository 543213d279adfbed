import EBPFBytecode

/// Replaces short sequences of operations by one, where compilers emit them all the time.
///
/// eBPF has two operands where most machines have three, so `a = b + c` and every access to an
/// array element are sequences. One operation in place of two or three saves their dispatch, and
/// keeps what lies between them out of the register file. In the benchmark programs, a fifth of
/// all operations goes away.
///
/// | sequence | becomes |
/// |---|---|
/// | `a = b; a += c` | ``Opcode/sum64`` … |
/// | `a = b; a += c; a = *(size *)(a + n)` | ``Opcode/loadElement8`` … |
/// | `a = b; a op= constant` | ``Opcode/shiftLeft64From`` … |
/// | `a += constant; if a != b goto` | ``Opcode/addAndIfNotEqual64Register`` … |
/// | `a += constant; b += constant` | ``Opcode/addTwo64`` |
/// | `a = b; c = d` | ``Opcode/moveTwo64`` |
/// | `a = b; a >>= n; c = b; c <<= m; c |= a` (a rotation) | ``Opcode/joinedShifts64`` … |
/// | `if a == b goto +1; goto x` | the opposite branch, to `x` |
///
/// A sequence is left alone if something jumps into its middle. Only its last operation can fault,
/// so the fused one has that one's slot.
struct Fusion {
    private let operations: [Operation]
    private let slots: [Int32]
    /// Whether something can reach an operation other than from the one before it.
    private var isTarget: [Bool]

    /// - Parameter entries: the operations at which functions begin whose address is taken.
    init(_ operations: [Operation], slots: [Int32], entries: some Sequence<Int>) {
        self.operations = operations
        self.slots = slots
        isTarget = Array(repeating: false, count: operations.count)
        for entry in entries where isTarget.indices.contains(entry) { isTarget[entry] = true }
        for (index, operation) in operations.enumerated() where operation.opcode.hasTarget {
            let target = index + 1 + Int(operation.offset)
            if isTarget.indices.contains(target) { isTarget[target] = true }
        }
    }

    /// The shorter code, and the new place of each operation of the old one.
    func fused() -> (operations: [Operation], slots: [Int32], places: [Int]) {
        var result: [Operation] = []
        var resultSlots: [Int32] = []
        var origins: [Int] = []
        var places = Array(repeating: 0, count: operations.count)
        var index = 0
        while index < operations.count {
            let (operation, length) = sequence(at: index) ?? (operations[index], 1)
            for part in index..<index + length { places[part] = result.count }
            result.append(operation)
            resultSlots.append(slots[index + length - 1])
            origins.append(index + length - 1)
            index += length
        }
        for (place, origin) in origins.enumerated() where result[place].opcode.hasTarget {
            let target = origin + 1 + Int(operations[origin].offset)
            guard places.indices.contains(target) else { continue }
            result[place].offset = Int32(places[target] - place - 1)
        }
        return (result, resultSlots, places)
    }

    /// What the operations from a place on become together, and how many they are.
    private func sequence(at index: Int) -> (Operation, Int)? {
        guard let second = follower(of: index) else { return nil }
        let first = operations[index]
        if let rotation = rotation(at: index) { return rotation }
        if let element = element(first, second, at: index) { return element }
        if let branch = Self.countedBranch(first, second) {
            return opposite(branch, at: index + 1).map { ($0, 3) } ?? (branch, 2)
        }
        if let branch = opposite(first, at: index) { return (branch, 2) }
        let pair =
            Self.threeRegisters(first, second) ?? Self.constantOperand(first, second)
            ?? Self.two(first, second)
        return pair.map { ($0, 2) }
    }

    private func follower(of index: Int) -> Operation? {
        guard index + 1 < operations.count, !isTarget[index + 1] else { return nil }
        return operations[index + 1]
    }

    // MARK: Sequences

    /// `a = b; a op= c`, where `c` is not `a`.
    private static func threeRegisters(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.destination == second.destination, second.source != first.destination
        else { return nil }
        let opcode: Opcode
        switch (first.opcode, second.opcode) {
        case (.move64Register, .add64Register): opcode = .sum64
        case (.move64Register, .subtract64Register): opcode = .difference64
        case (.move64Register, .xor64Register): opcode = .xorOf64
        case (.move32Register, .add32Register): opcode = .sum32
        case (.move32Register, .xor32Register): opcode = .xorOf32
        default: return nil
        }
        return Operation(
            opcode: opcode, destination: first.destination, source: first.source,
            detail: second.source.rawValue)
    }

    /// A branch over a jump is the opposite branch to where the jump goes.
    ///
    /// - Parameter index: the place of the branch, which has the distance; `branch` may be a fused
    ///   form of it.
    private func opposite(_ branch: Operation, at index: Int) -> Operation? {
        guard let opcode = branch.opcode.oppositeBranch, operations[index].offset == 1,
            let jump = follower(of: index), jump.opcode == .jump
        else { return nil }
        var branch = branch
        branch.opcode = opcode
        return branch
    }

    /// `a = b; a >>= n; c = b; c <<= m; c |= a` in either order, or with `b` in place of `c`.
    private func rotation(at index: Int) -> (Operation, Int)? {
        let first = operations[index]
        guard let width = first.opcode.moveWidth, let shift = follower(of: index),
            shift.destination == first.destination, let one = shift.opcode.shift(width),
            let third = follower(of: index + 1)
        else { return nil }
        let partial = first.destination
        let source = first.source
        let isCopied = third.opcode == first.opcode && third.source == source
        let final = isCopied ? third.destination : source
        let last = isCopied ? index + 3 : index + 2
        guard partial != source, final != partial, !isCopied || final != source,
            let second = follower(of: last - 1), second.destination == final,
            let other = second.opcode.shift(width), other != one,
            let join = follower(of: last), join.destination == final, join.source == partial,
            join.opcode == (width == .word ? .or32Register : .or64Register)
        else { return nil }
        let (left, right) = one == .left ? (shift, second) : (second, shift)
        guard let leftBy = Int32(exactly: left.immediate) else { return nil }
        let operation = Operation(
            opcode: width == .word ? .joinedShifts32 : .joinedShifts64, destination: final,
            source: source, detail: partial.rawValue | (one == .right ? 16 : 0), offset: leftBy,
            immediate: right.immediate)
        return (operation, last + 2 - index)
    }

    /// `a = b; a += c; a = *(size *)(a + n)`
    private func element(
        _ first: Operation, _ second: Operation, at index: Int
    ) -> (Operation, Int)? {
        guard first.opcode == .move64Register, second.opcode == .add64Register,
            first.destination == second.destination, second.source != first.destination,
            let third = follower(of: index + 1), third.source == first.destination,
            third.destination == first.destination
        else { return nil }
        let opcode: Opcode
        switch third.opcode {
        case .load8: opcode = .loadElement8
        case .load16: opcode = .loadElement16
        case .load32: opcode = .loadElement32
        case .load64: opcode = .loadElement64
        default: return nil
        }
        let operation = Operation(
            opcode: opcode, destination: first.destination, source: first.source,
            detail: second.source.rawValue, offset: third.offset)
        return (operation, 3)
    }

    /// `a = b; a op= constant`
    private static func constantOperand(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.destination == second.destination else { return nil }
        let opcode: Opcode
        switch (first.opcode, second.opcode) {
        case (.move64Register, .add64Immediate): opcode = .add64From
        case (.move64Register, .multiply64Immediate): opcode = .multiply64From
        case (.move64Register, .and64Immediate): opcode = .and64From
        case (.move64Register, .shiftLeft64Immediate): opcode = .shiftLeft64From
        case (.move64Register, .shiftRight64Immediate): opcode = .shiftRight64From
        case (.move32Register, .and32Immediate): opcode = .and32From
        case (.move32Register, .shiftLeft32Immediate): opcode = .shiftLeft32From
        case (.move32Register, .shiftRight32Immediate): opcode = .shiftRight32From
        default: return nil
        }
        return Operation(
            opcode: opcode, destination: first.destination, source: first.source,
            immediate: second.immediate)
    }

    /// `a += constant; if a != b goto`: the end of a counted loop.
    private static func countedBranch(_ first: Operation, _ second: Operation) -> Operation? {
        guard first.opcode == .add64Immediate, first.destination == second.destination,
            let step = Int8(exactly: first.immediate)
        else { return nil }
        let opcode: Opcode
        switch second.opcode {
        case .ifNotEqual64Register where second.source != first.destination:
            opcode = .addAndIfNotEqual64Register
        case .ifLess64Register where second.source != first.destination:
            opcode = .addAndIfLess64Register
        case .ifNotEqual64Immediate: opcode = .addAndIfNotEqual64Immediate
        case .ifLess64Immediate: opcode = .addAndIfLess64Immediate
        case .ifEqual64Register where second.source != first.destination:
            opcode = .addAndIfEqual64Register
        case .ifEqual64Immediate: opcode = .addAndIfEqual64Immediate
        default: return nil
        }
        return Operation(
            opcode: opcode, destination: first.destination, source: second.source,
            detail: UInt8(bitPattern: step), offset: second.offset, immediate: second.immediate)
    }

    /// Two of the same that do not need each other.
    private static func two(_ first: Operation, _ second: Operation) -> Operation? {
        switch (first.opcode, second.opcode) {
        case (.add64Immediate, .add64Immediate):
            guard let step = Int32(exactly: first.immediate) else { return nil }
            return Operation(
                opcode: .addTwo64, destination: first.destination, source: second.destination,
                offset: step, immediate: second.immediate)
        case (.move64Register, .move64Register):
            return Operation(
                opcode: .moveTwo64, destination: first.destination, source: first.source,
                detail: second.destination.rawValue | second.source.rawValue << 4)
        default: return nil
        }
    }
}

extension Opcode {
    /// Whether `offset` is a distance to another operation.
    var hasTarget: Bool {
        (Self.jump.rawValue...Self.mayJump.rawValue).contains(rawValue) || self == .callLocal
            || (Self.addAndIfNotEqual64Register.rawValue...Self.addAndIfLess64Immediate.rawValue)
                .contains(rawValue)
    }

    /// The branch that is taken exactly when this one is not.
    fileprivate var oppositeBranch: Opcode? {
        switch self {
        case .addAndIfNotEqual64Register: .addAndIfEqual64Register
        case .addAndIfNotEqual64Immediate: .addAndIfEqual64Immediate
        case .addAndIfEqual64Register: .addAndIfNotEqual64Register
        case .addAndIfEqual64Immediate: .addAndIfNotEqual64Immediate
        default: oppositeComparison
        }
    }

    /// Comparisons come in groups of eleven, one for each width and kind of operand: `==`, `!=`,
    /// then four orders without and four with sign, and last the test of bits, which has none.
    private var oppositeComparison: Opcode? {
        let branches = Self.ifEqual64Immediate.rawValue...Self.ifAnyBitSet32Register.rawValue
        guard branches.contains(rawValue) else { return nil }
        let place = (rawValue - branches.lowerBound) % 11
        let opposites: [UInt8] = [1, 0, 5, 4, 3, 2, 9, 8, 7, 6]
        guard place < 10 else { return nil }
        return Opcode(rawValue: rawValue - place + opposites[Int(place)])
    }

    /// The width of a copy from register to register.
    fileprivate var moveWidth: Width? {
        switch self {
        case .move64Register: .doubleWord
        case .move32Register: .word
        default: nil
        }
    }

    /// A direction of shifting.
    fileprivate enum ShiftDirection { case left, right }

    /// The direction of an unsigned shift by a constant, if it is one of a width.
    fileprivate func shift(_ width: Width) -> ShiftDirection? {
        switch (self, width) {
        case (.shiftLeft64Immediate, .doubleWord), (.shiftLeft32Immediate, .word): .left
        case (.shiftRight64Immediate, .doubleWord), (.shiftRight32Immediate, .word): .right
        default: nil
        }
    }
}
