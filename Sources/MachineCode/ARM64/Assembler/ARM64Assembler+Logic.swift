import EBPFBytecode

/// The logical operations; those with a complement take their second operand's.
enum ARM64Logic: UInt32, CaseIterable, Sendable {
    case and = 0
    case bic = 0x0020_0000
    case orr = 0x2000_0000
    case orn = 0x2020_0000
    case eor = 0x4000_0000
    case eon = 0x4020_0000
    /// Sets the flags.
    case ands = 0x6000_0000

    /// Whether the second operand is complemented; such operations take no constant.
    var complements: Bool { self == .bic || self == .orn || self == .eon }
}

/// Logic, moves and constants of sixteen bits (Arm ARM, section C4.1, "Data Processing").
extension ARM64Assembler {
    mutating func and(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        logic(.and, width, rd, rn, operand)
    }

    mutating func orr(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        logic(.orr, width, rd, rn, operand)
    }

    mutating func eor(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        logic(.eor, width, rd, rn, operand)
    }

    mutating func ands(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        logic(.ands, width, rd, rn, operand)
    }

    /// Sets the flags to the bits that both operands have.
    mutating func tst(_ width: Width, _ rn: ARM64Register, _ operand: ARM64Operand) {
        logic(.ands, width, .zero, rn, operand)
    }

    /// All bits inverted.
    mutating func mvn(_ width: Width, _ rd: ARM64Register, _ rm: ARM64Register) {
        logic(.orn, width, rd, .zero, .register(rm))
    }

    /// Copies a register; of a word the upper half becomes zero.
    mutating func mov(_ width: Width, _ rd: ARM64Register, _ rm: ARM64Register) {
        if rd == .sp || rm == .sp {
            sum(.add, width, rd, rm, .immediate(0))
        } else {
            logic(.orr, width, rd, .zero, .register(rm))
        }
    }

    /// Any of them, in the form that the operand needs.
    mutating func logic(
        _ logic: ARM64Logic, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register,
        _ operand: ARM64Operand
    ) {
        switch operand {
        case .register(let rm):
            emit(ARM64Word(0x0a00_0000 | logic.rawValue, width).rd(rd).rn(rn).rm(rm))
        case .shifted(let rm, let shift, let distance):
            emit(
                ARM64Word(0x0a00_0000 | logic.rawValue, width).rd(rd).rn(rn).rm(rm)
                    .with(UInt32(shift.rawValue) << 22)
                    .unsigned(distance, width.shiftBitCount, at: 10))
        case .extended:
            emit(.invalid(.form))
        case .immediate(let value):
            // sf opc 100100 N immr imms Rn Rd
            guard !logic.complements else { return emit(.invalid(.form)) }
            guard let mask = ARM64BitMask(value, width)
            else { return emit(.invalid(.number(Int64(bitPattern: value)))) }
            let word = ARM64Word(0x1200_0000 | logic.rawValue, width).rn(rn)
                .with(mask.encoding << 10)
            emit(logic == .ands ? word.rd(rd) : word.rdOrSP(rd))
        }
    }

    // MARK: Constants of sixteen bits

    /// Sixteen bits at bit 16 × `quarter`, zeros around them.
    mutating func movz(_ width: Width, _ rd: ARM64Register, _ value: UInt16, quarter: Int = 0) {
        moveWide(0x5280_0000, width, rd, value, quarter)
    }

    /// The complement of what `movz` gives.
    mutating func movn(_ width: Width, _ rd: ARM64Register, _ value: UInt16, quarter: Int = 0) {
        moveWide(0x1280_0000, width, rd, value, quarter)
    }

    /// Sixteen bits at bit 16 × `quarter`; the others stay.
    mutating func movk(_ width: Width, _ rd: ARM64Register, _ value: UInt16, quarter: Int = 0) {
        moveWide(0x7280_0000, width, rd, value, quarter)
    }

    /// `sf opc 100101 hw imm16 Rd`
    private mutating func moveWide(
        _ form: UInt32, _ width: Width, _ rd: ARM64Register, _ value: UInt16, _ quarter: Int
    ) {
        emit(
            ARM64Word(form, width).rd(rd).unsigned(Int(value), 16, at: 5)
                .unsigned(quarter, width == .word ? 1 : 2, at: 21))
    }
}
