import EBPFBytecode

/// Short branches that choose between two values.
///
/// eBPF has no conditional move: compilers write a choice as a branch over one or two instructions,
/// and nothing says whether the processor could foresee it.
extension X86Emitter {
    /// Translates `if … goto` over instructions that compute one register into a conditional move;
    /// `nil` if it is another branch.
    mutating func emitChoice(
        _ index: Int, _ comparison: Comparison, _ width: Width, _ first: Register,
        _ second: Source
    ) -> Int? {
        let target = Int(analysis.steps[index].target)
        guard first != .r10, second != .register(.r10),
            (index + 2...index + 3).contains(target), let only = analysis.following(index)
        else { return nil }
        guard let (register, moved) = startOfChoice(only) else { return nil }
        if target == index + 3 {
            guard let last = analysis.following(index + 1), emitEndOfChoice(last, register, moved)
            else { return nil }
        } else {
            emitStart(register, moved)
        }
        compare(comparison, width, first, second)
        code.moveIf(
            condition(comparison).inverse, .doubleWord, register.x86, X86Registers.scratch)
        known.forget(register)
        return target
    }

    /// The register that is chosen for, and the move that begins what is skipped.
    private func startOfChoice(_ instruction: Instruction) -> (Register, Instruction)? {
        switch instruction {
        case .move(_, let register, let source)
        where source != .register(.r10) && source != .register(register):
            (register, instruction)
        case .arithmetic(let kind, _, let register, .immediate)
        where register != .r10 && Self.canBeChosen(kind):
            (register, instruction)
        default: nil
        }
    }

    /// Computes the skipped value, if it is a copy of a register that a constant changes.
    private mutating func emitEndOfChoice(
        _ last: Instruction, _ register: Register, _ start: Instruction
    ) -> Bool {
        guard case .move(_, _, .register) = start,
            case .arithmetic(let kind, let width, register, .immediate(let value)) = last,
            Self.canBeChosen(kind)
        else { return false }
        emitStart(register, start)
        change(kind, width, value)
        return true
    }

    /// Computes what the first skipped instruction does, in the scratch register.
    private mutating func emitStart(_ register: Register, _ instruction: Instruction) {
        let scratch = X86Registers.scratch
        switch instruction {
        case .move(let width, _, .register(let source)): code.move(width, scratch, source.x86)
        case .move(let width, _, .immediate(let value)):
            code.move(
                scratch,
                constant: width == .word
                    ? UInt64(UInt32(bitPattern: value)) : UInt64(bitPattern: Int64(value)))
        case .arithmetic(let kind, let width, _, .immediate(let value)):
            code.move(.doubleWord, scratch, register.x86)
            change(kind, width, value)
        default: break
        }
    }

    private mutating func change(_ kind: Arithmetic, _ width: Width, _ value: Int32) {
        let scratch = X86Registers.scratch
        let distance = UInt8(truncatingIfNeeded: value) & (width == .word ? 31 : 63)
        switch kind {
        case .add: code.apply(.add, width, scratch, value)
        case .subtract: code.apply(.subtract, width, scratch, value)
        case .and: code.apply(.and, width, scratch, value)
        case .or: code.apply(.or, width, scratch, value)
        case .xor: code.apply(.xor, width, scratch, value)
        case .shiftLeft: shift(.left, width, distance)
        case .shiftRight: shift(.right, width, distance)
        case .shiftRightSigned: shift(.rightSigned, width, distance)
        default: break
        }
    }

    private mutating func shift(_ kind: X86Shift, _ width: Width, _ distance: UInt8) {
        if distance == 0 {
            code.move(width, X86Registers.scratch, X86Registers.scratch)
        } else {
            code.shift(kind, width, X86Registers.scratch, by: distance)
        }
    }

    private static func canBeChosen(_ kind: Arithmetic) -> Bool {
        switch kind {
        case .add, .subtract, .and, .or, .xor, .shiftLeft, .shiftRight, .shiftRightSigned: true
        case .multiply, .divide, .modulo, .divideSigned, .moduloSigned: false
        }
    }
}
