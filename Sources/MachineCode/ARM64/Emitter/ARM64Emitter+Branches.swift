import EBPFBytecode

/// Branches. Those backwards count against the budget, unless the unit is verified.
extension ARM64Emitter {
    /// What a branch asks.
    enum Test {
        /// The flags.
        case flags(ARM64Condition)
        /// A whole register.
        case isZero(Width, ARM64Register), isNotZero(Width, ARM64Register)
        /// One bit of a register.
        case isClear(ARM64Register, bit: Int), isSet(ARM64Register, bit: Int)

        /// The opposite question.
        var inverted: Test {
            switch self {
            case .flags(let condition): .flags(condition.inverted)
            case .isZero(let width, let register): .isNotZero(width, register)
            case .isNotZero(let width, let register): .isZero(width, register)
            case .isClear(let register, let bit): .isSet(register, bit: bit)
            case .isSet(let register, let bit): .isClear(register, bit: bit)
            }
        }
    }

    mutating func emitJump(_ index: Int) {
        let target = Int(analysis.steps[index].target)
        countBranch(from: index)
        if target != index + 1 { code.b(label(target)) }
    }

    mutating func emitBranch(
        _ comparison: Comparison, _ width: Width, _ first: Register, _ second: Source,
        _ index: Int
    ) {
        let distance = abs(Int(analysis.steps[index].target) - index)
        branch(
            if: test(comparison, width, first.arm64, second, isNear: distance < Self.nearDistance),
            index)
    }

    /// How many steps away a target may be for a test of one bit, which reaches 32 KB.
    private static let nearDistance = 256

    /// Goes to the target of a step if a test succeeds.
    private mutating func branch(if test: Test, _ index: Int) {
        let target = Int(analysis.steps[index].target)
        guard analysis.countsBudget, target <= index
        else { return branch(if: test, label(target)) }
        let stays = code.label()
        branch(if: test.inverted, stays)
        countBranch(from: index)
        code.b(label(target))
        code.bind(stays)
    }

    mutating func branch(if test: Test, _ label: ARM64Assembler.Label) {
        switch test {
        case .flags(let condition): code.b(if: condition, label)
        case .isZero(let width, let register): code.cbz(width, register, label)
        case .isNotZero(let width, let register): code.cbnz(width, register, label)
        case .isClear(let register, let bit): code.tbz(register, bit: bit, label)
        case .isSet(let register, let bit): code.tbnz(register, bit: bit, label)
        }
    }

    // MARK: Comparisons

    /// Compares, unless the branch itself can.
    private mutating func test(
        _ comparison: Comparison, _ width: Width, _ left: ARM64Register, _ right: Source,
        isNear: Bool
    ) -> Test {
        let sign = width.bitCount - 1
        switch (comparison, right) {
        case (.equal, .immediate(0)), (.lessOrEqual, .immediate(0)): return .isZero(width, left)
        case (.notEqual, .immediate(0)), (.greater, .immediate(0)): return .isNotZero(width, left)
        case (.lessSigned, .immediate(0)) where isNear: return .isSet(left, bit: sign)
        case (.greaterOrEqualSigned, .immediate(0)) where isNear: return .isClear(left, bit: sign)
        case (.anyBitSet, .immediate(let value)):
            let bits = Self.constant(value, width)
            if isNear, bits.nonzeroBitCount == 1 {
                return .isSet(left, bit: bits.trailingZeroBitCount)
            }
            code.logicConstant(
                .ands, width, .zero, left, Int64(value), scratch: ARM64Registers.scratch)
        case (.anyBitSet, .register(let other)): code.tst(width, left, .register(other.arm64))
        case (_, .register(let other)): code.cmp(width, left, .register(other.arm64))
        case (_, .immediate(let value)):
            code.compareConstant(width, left, Int64(value), scratch: ARM64Registers.scratch)
        }
        return .flags(condition(comparison))
    }

    private func condition(_ comparison: Comparison) -> ARM64Condition {
        switch comparison {
        case .equal: .eq
        case .notEqual, .anyBitSet: .ne
        case .greater: .hi
        case .greaterOrEqual: .hs
        case .less: .lo
        case .lessOrEqual: .ls
        case .greaterSigned: .gt
        case .greaterOrEqualSigned: .ge
        case .lessSigned: .lt
        case .lessOrEqualSigned: .le
        }
    }

    // MARK: Budgets

    /// Leaves its loop when the loops' own budget is used up.
    mutating func emitMayJump(_ index: Int) {
        let left = ARM64Registers.scratch
        code.ldr(.doubleWord, left, field(.loopBudget))
        branch(if: .isZero(.doubleWord, left), index)
        code.sub(.doubleWord, left, left, .immediate(1))
        code.str(.doubleWord, left, field(.loopBudget))
    }

    /// Takes one from the budget if the target of a step lies before it.
    private mutating func countBranch(from index: Int) {
        let step = analysis.steps[index]
        if Int(step.target) <= index { count(1, at: step) }
    }

    /// Takes from the budget.
    mutating func count(_ cost: Int, at step: Step) {
        guard analysis.countsBudget else { return }
        code.subs(
            .doubleWord, ARM64Registers.budget, ARM64Registers.budget, .immediate(UInt64(cost)))
        let exhausted = code.label()
        code.b(if: .mi, exhausted)
        detours.append(Detour(.leave(.budget), exhausted, step))
    }
}
