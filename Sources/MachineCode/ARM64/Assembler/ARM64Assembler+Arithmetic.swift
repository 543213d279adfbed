import EBPFBytecode

/// The four sums: with and without a look at the result by the flags.
enum ARM64Sum: UInt32, CaseIterable, Sendable {
    case add = 0
    case adds = 0x2000_0000
    case sub = 0x4000_0000
    case subs = 0x6000_0000

    /// Whether the flags are set; then the destination may be the zero register, not `sp`.
    var setsFlags: Bool { self == .adds || self == .subs }
}

/// Sums, products and quotients (Arm ARM, section C4.1, "Data Processing").
extension ARM64Assembler {
    mutating func add(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        sum(.add, width, rd, rn, operand)
    }

    mutating func sub(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        sum(.sub, width, rd, rn, operand)
    }

    mutating func adds(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        sum(.adds, width, rd, rn, operand)
    }

    mutating func subs(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ operand: ARM64Operand
    ) {
        sum(.subs, width, rd, rn, operand)
    }

    /// Sets the flags to the difference.
    mutating func cmp(_ width: Width, _ rn: ARM64Register, _ operand: ARM64Operand) {
        sum(.subs, width, .zero, rn, operand)
    }

    /// Sets the flags to the sum, that is, compares with a negative number.
    mutating func cmn(_ width: Width, _ rn: ARM64Register, _ operand: ARM64Operand) {
        sum(.adds, width, .zero, rn, operand)
    }

    mutating func neg(_ width: Width, _ rd: ARM64Register, _ rm: ARM64Register) {
        sum(.sub, width, rd, .zero, .register(rm))
    }

    /// Any of the four, in the form that the operand needs.
    mutating func sum(
        _ sum: ARM64Sum, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register,
        _ operand: ARM64Operand
    ) {
        switch operand {
        case .register(let rm) where rd == .sp || rn == .sp:
            // Only the form with an extension knows the stack pointer.
            extended(sum, width, rd, rn, rm, width == .word ? .uxtw : .uxtx, 0)
        case .register(let rm):
            emit(ARM64Word(0x0b00_0000 | sum.rawValue, width).rd(rd).rn(rn).rm(rm))
        case .shifted(_, .ror, _):
            emit(.invalid(.form))
        case .shifted(let rm, let shift, let distance):
            emit(
                ARM64Word(0x0b00_0000 | sum.rawValue, width).rd(rd).rn(rn).rm(rm)
                    .with(UInt32(shift.rawValue) << 22)
                    .unsigned(distance, width.shiftBitCount, at: 10))
        case .extended(let rm, let kind, let distance):
            extended(sum, width, rd, rn, rm, kind, distance)
        case .immediate(let value):
            immediate(sum, width, rd, rn, value)
        }
    }

    /// `sf op S 01011 00 1 Rm option imm3 Rn Rd`
    private mutating func extended(
        _ sum: ARM64Sum, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register,
        _ rm: ARM64Register, _ kind: ARM64Extension, _ distance: Int
    ) {
        guard distance <= 4 else { return emit(.invalid(.number(Int64(distance)))) }
        let word = ARM64Word(0x0b20_0000 | sum.rawValue, width).rnOrSP(rn).rm(rm)
            .with(UInt32(kind.rawValue) << 13).unsigned(distance, 3, at: 10)
        emit(sum.setsFlags ? word.rd(rd) : word.rdOrSP(rd))
    }

    /// `sf op S 100010 sh imm12 Rn Rd`
    private mutating func immediate(
        _ sum: ARM64Sum, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ value: UInt64
    ) {
        var word = ARM64Word(0x1100_0000 | sum.rawValue, width).rnOrSP(rn)
        word = sum.setsFlags ? word.rd(rd) : word.rdOrSP(rd)
        switch value {
        case 0..<0x1000: emit(word.with(UInt32(value) << 10))
        case _ where value < 0x100_0000 && value & 0xfff == 0:
            emit(word.with(1 << 22 | UInt32(value >> 12) << 10))
        default: emit(.invalid(.number(Int64(bitPattern: value))))
        }
    }

    // MARK: Products and quotients

    mutating func mul(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        madd(width, rd, rn, rm, .zero)
    }

    /// `rd = ra + rn * rm`
    mutating func madd(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register,
        _ ra: ARM64Register
    ) {
        emit(ARM64Word(0x1b00_0000, width).rd(rd).rn(rn).rm(rm).ra(ra))
    }

    /// `rd = ra - rn * rm`
    mutating func msub(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register,
        _ ra: ARM64Register
    ) {
        emit(ARM64Word(0x1b00_8000, width).rd(rd).rn(rn).rm(rm).ra(ra))
    }

    /// The upper half of the unsigned product of 64-bit numbers.
    mutating func umulh(_ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register) {
        emit(ARM64Word(0x9bc0_7c00).rd(rd).rn(rn).rm(rm))
    }

    /// The 64-bit product of unsigned 32-bit numbers.
    mutating func umull(_ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register) {
        emit(ARM64Word(0x9ba0_7c00).rd(rd).rn(rn).rm(rm))
    }

    /// Unsigned; by zero it gives zero, as eBPF wants it.
    mutating func udiv(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_0800, width).rd(rd).rn(rn).rm(rm))
    }

    /// Signed; by zero it gives zero, and the smallest number by −1 itself, as eBPF wants it.
    mutating func sdiv(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_0c00, width).rd(rd).rn(rn).rm(rm))
    }

    // MARK: Conditions

    /// `rn` if the condition holds, else `rm`.
    mutating func csel(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register,
        if condition: ARM64Condition
    ) {
        emit(
            ARM64Word(0x1a80_0000, width).rd(rd).rn(rn).rm(rm)
                .with(UInt32(condition.rawValue) << 12))
    }

    /// `rn` if the condition holds, else `rm + 1`.
    mutating func csinc(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register,
        if condition: ARM64Condition
    ) {
        emit(
            ARM64Word(0x1a80_0400, width).rd(rd).rn(rn).rm(rm)
                .with(UInt32(condition.rawValue) << 12))
    }

    /// 1 if the condition holds, else 0.
    mutating func cset(_ width: Width, _ rd: ARM64Register, if condition: ARM64Condition) {
        csinc(width, rd, .zero, .zero, if: condition.inverted)
    }

    /// Compares if the condition holds; else the flags become `otherwise` (N, Z, C, V from bit 3).
    mutating func ccmp(
        _ width: Width, _ rn: ARM64Register, _ rm: ARM64Register, otherwise: Int,
        if condition: ARM64Condition
    ) {
        emit(
            ARM64Word(0x7a40_0000, width).rn(rn).rm(rm).unsigned(otherwise, 4, at: 0)
                .with(UInt32(condition.rawValue) << 12))
    }
}

extension Width {
    /// How many bits say by how much a register of this width is shifted.
    var shiftBitCount: Int { self == .word ? 5 : 6 }
}
