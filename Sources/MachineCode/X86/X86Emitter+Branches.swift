import EBPFBytecode

/// Branches. Those backwards count against the budget, unless the unit is verified.
extension X86Emitter {
    mutating func emitJump(_ index: Int) {
        let target = Int(analysis.steps[index].target)
        if analysis.countsBudget, target <= index {
            jumpBack(index)
        } else if target != index + 1 {
            code.jump(label(ofTarget: target))
        }
    }

    mutating func emitBranch(
        _ comparison: Comparison, _ width: Width, _ first: Register, _ second: Source,
        _ index: Int
    ) {
        compare(comparison, width, first, second)
        jump(if: condition(comparison), index)
    }

    /// Goes to the target of a step if a condition holds.
    mutating func jump(if condition: X86Condition, _ index: Int) {
        let target = Int(analysis.steps[index].target)
        guard analysis.countsBudget, target <= index else {
            return code.jump(if: condition, label(ofTarget: target))
        }
        let stays = code.makeLabel()
        code.jump(if: condition.inverse, stays)
        jumpBack(index)
        code.place(stays)
    }

    /// Goes back to the target of a step, unless the budget is used up.
    private mutating func jumpBack(_ index: Int) {
        let step = analysis.steps[index]
        takeFromBudget(1)
        code.jump(if: .notNegative, label(ofTarget: Int(step.target)))
        let exhausted = code.makeLabel()
        code.jump(exhausted)
        detours.append(Detour(.leave(.budget), exhausted, step))
    }

    mutating func compare(
        _ comparison: Comparison, _ width: Width, _ first: Register, _ second: Source
    ) {
        let left = operand(first, X86Registers.scratch)
        switch (comparison, second) {
        case (.anyBitSet, .immediate(let value)): code.test(width, left, value)
        case (.anyBitSet, .register(let other)):
            code.test(width, left, operand(other, X86Registers.scratch2))
        case (_, .immediate(0)): code.test(width, left, left)
        case (_, .immediate(let value)): code.apply(.compare, width, left, value)
        case (_, .register(let other)):
            code.apply(.compare, width, left, operand(other, X86Registers.scratch2))
        }
    }

    /// The register that holds an operand; the frame's address needs a free one.
    private mutating func operand(_ register: Register, _ free: X86Register) -> X86Register {
        guard register == .r10 else { return register.x86 }
        code.load(.doubleWord, free, frame.frameAddress)
        return free
    }

    func condition(_ comparison: Comparison) -> X86Condition {
        switch comparison {
        case .equal: .equal
        case .notEqual, .anyBitSet: .notEqual
        case .greater: .above
        case .greaterOrEqual: .aboveOrEqual
        case .less: .below
        case .lessOrEqual: .belowOrEqual
        case .greaterSigned: .greater
        case .greaterOrEqualSigned: .greaterOrEqual
        case .lessSigned: .less
        case .lessOrEqualSigned: .lessOrEqual
        }
    }

    /// Leaves its loop when the loops' own budget is used up.
    mutating func emitMayJump(_ index: Int) {
        code.apply(.compare, .doubleWord, field(.loopBudget), 0)
        jump(if: .lessOrEqual, index)
        code.apply(.subtract, .doubleWord, field(.loopBudget), 1)
    }

    /// Takes from the budget; ends the run if there is not so much left.
    mutating func count(_ cost: Int32, at step: Step) {
        guard analysis.countsBudget else { return }
        takeFromBudget(cost)
        let exhausted = code.makeLabel()
        code.jump(if: .negative, exhausted)
        detours.append(Detour(.leave(.budget), exhausted, step))
    }

    private mutating func takeFromBudget(_ cost: Int32) {
        if let budget = frame.budget {
            code.apply(.subtract, .doubleWord, budget, cost)
        } else {
            code.apply(.subtract, .doubleWord, field(.budget), cost)
        }
    }
}
