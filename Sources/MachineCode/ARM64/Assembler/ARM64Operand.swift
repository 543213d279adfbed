/// The last operand of an arithmetic or logical instruction.
enum ARM64Operand: Hashable, Sendable {
    /// `x1`.
    case register(ARM64Register)
    /// `x1, lsl #3`.
    case shifted(ARM64Register, ARM64Shift, by: Int)
    /// `w1, uxtw #2`: extended to the width of the operation, then shifted left by 0 … 4.
    case extended(ARM64Register, ARM64Extension, by: Int)
    /// `#7`. Arithmetic takes twelve bits, or twelve bits followed by twelve zeros; logic takes
    /// what ``ARM64BitMask`` can say.
    case immediate(UInt64)
}

/// How a register is shifted before it is used.
enum ARM64Shift: UInt8, CaseIterable, Sendable {
    /// To the left; to the right with zeros; to the right with the sign; around (only in logic).
    case lsl, lsr, asr, ror
}

/// How a narrower register is extended before it is used.
enum ARM64Extension: UInt8, CaseIterable, Sendable {
    /// With zeros, from 8, 16, 32 or (that is, not at all) 64 bits.
    case uxtb, uxth, uxtw, uxtx
    /// With the sign, from 8, 16, 32 or (not at all) 64 bits.
    case sxtb, sxth, sxtw, sxtx
}

/// Where a load or a store finds its memory. The base may be the stack pointer.
enum ARM64Address: Hashable, Sendable {
    /// `[x1]`, `[x1, #8]`: in whichever of the two forms below holds the offset.
    case offset(ARM64Register, Int)
    /// `[x1, #8]` of `ldur`: −256 … 255, need not be a multiple of the size.
    case unscaled(ARM64Register, Int)
    /// `[x1, #8]!`: the base is changed before the access.
    case preIndexed(ARM64Register, Int)
    /// `[x1], #8`: the base is changed after the access.
    case postIndexed(ARM64Register, Int)
    /// `[x1, w2, uxtw #3]`: the index, a `lsl` written as `uxtx`, is multiplied by the size of the
    /// access if it is `scaled`.
    case indexed(ARM64Register, ARM64Register, ARM64Extension, scaled: Bool)

    /// `[x1]`.
    static func base(_ register: ARM64Register) -> ARM64Address { .offset(register, 0) }
}
