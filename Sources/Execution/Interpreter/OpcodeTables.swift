import EBPFBytecode

/// Which opcode stands for an operation, a width and a kind of operand.

extension Arithmetic {
    func opcode(_ width: Width, _ source: Source) -> Opcode {
        let forms = self.forms
        return switch (width, source) {
        case (.doubleWord, .immediate): forms.0
        case (.doubleWord, .register): forms.1
        case (.word, .immediate): forms.2
        case (.word, .register): forms.3
        }
    }

    /// 64-bit with constant, with register; 32-bit with constant, with register.
    private var forms: (Opcode, Opcode, Opcode, Opcode) {
        switch self {
        case .add: (.add64Immediate, .add64Register, .add32Immediate, .add32Register)
        case .subtract:
            (
                .subtract64Immediate, .subtract64Register, .subtract32Immediate,
                .subtract32Register
            )
        case .multiply:
            (
                .multiply64Immediate, .multiply64Register, .multiply32Immediate,
                .multiply32Register
            )
        case .divide:
            (.divide64Immediate, .divide64Register, .divide32Immediate, .divide32Register)
        case .or: (.or64Immediate, .or64Register, .or32Immediate, .or32Register)
        case .and: (.and64Immediate, .and64Register, .and32Immediate, .and32Register)
        case .shiftLeft:
            (
                .shiftLeft64Immediate, .shiftLeft64Register, .shiftLeft32Immediate,
                .shiftLeft32Register
            )
        case .shiftRight:
            (
                .shiftRight64Immediate, .shiftRight64Register, .shiftRight32Immediate,
                .shiftRight32Register
            )
        case .modulo:
            (.modulo64Immediate, .modulo64Register, .modulo32Immediate, .modulo32Register)
        case .xor: (.xor64Immediate, .xor64Register, .xor32Immediate, .xor32Register)
        case .shiftRightSigned:
            (
                .shiftRightSigned64Immediate, .shiftRightSigned64Register,
                .shiftRightSigned32Immediate, .shiftRightSigned32Register
            )
        case .divideSigned:
            (
                .divideSigned64Immediate, .divideSigned64Register, .divideSigned32Immediate,
                .divideSigned32Register
            )
        case .moduloSigned:
            (
                .moduloSigned64Immediate, .moduloSigned64Register, .moduloSigned32Immediate,
                .moduloSigned32Register
            )
        }
    }
}

extension Comparison {
    func opcode(_ width: Width, _ source: Source) -> Opcode {
        let forms = self.forms
        return switch (width, source) {
        case (.doubleWord, .immediate): forms.0
        case (.doubleWord, .register): forms.1
        case (.word, .immediate): forms.2
        case (.word, .register): forms.3
        }
    }

    private var forms: (Opcode, Opcode, Opcode, Opcode) {
        switch self {
        case .equal:
            (.ifEqual64Immediate, .ifEqual64Register, .ifEqual32Immediate, .ifEqual32Register)
        case .notEqual:
            (
                .ifNotEqual64Immediate, .ifNotEqual64Register, .ifNotEqual32Immediate,
                .ifNotEqual32Register
            )
        case .greater:
            (
                .ifGreater64Immediate, .ifGreater64Register, .ifGreater32Immediate,
                .ifGreater32Register
            )
        case .greaterOrEqual:
            (
                .ifGreaterOrEqual64Immediate, .ifGreaterOrEqual64Register,
                .ifGreaterOrEqual32Immediate, .ifGreaterOrEqual32Register
            )
        case .less:
            (.ifLess64Immediate, .ifLess64Register, .ifLess32Immediate, .ifLess32Register)
        case .lessOrEqual:
            (
                .ifLessOrEqual64Immediate, .ifLessOrEqual64Register, .ifLessOrEqual32Immediate,
                .ifLessOrEqual32Register
            )
        case .greaterSigned:
            (
                .ifGreaterSigned64Immediate, .ifGreaterSigned64Register,
                .ifGreaterSigned32Immediate, .ifGreaterSigned32Register
            )
        case .greaterOrEqualSigned:
            (
                .ifGreaterOrEqualSigned64Immediate, .ifGreaterOrEqualSigned64Register,
                .ifGreaterOrEqualSigned32Immediate, .ifGreaterOrEqualSigned32Register
            )
        case .lessSigned:
            (
                .ifLessSigned64Immediate, .ifLessSigned64Register, .ifLessSigned32Immediate,
                .ifLessSigned32Register
            )
        case .lessOrEqualSigned:
            (
                .ifLessOrEqualSigned64Immediate, .ifLessOrEqualSigned64Register,
                .ifLessOrEqualSigned32Immediate, .ifLessOrEqualSigned32Register
            )
        case .anyBitSet:
            (
                .ifAnyBitSet64Immediate, .ifAnyBitSet64Register, .ifAnyBitSet32Immediate,
                .ifAnyBitSet32Register
            )
        }
    }
}
