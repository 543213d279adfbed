import EBPFBytecode

/// Loads and stores (Arm ARM, section C4.1, "Loads and Stores").
extension ARM64Assembler {
    /// Loads a value and extends it with zeros (`ldrb`, `ldrh`, `ldr`).
    mutating func ldr(_ size: MemorySize, _ rt: ARM64Register, _ address: ARM64Address) {
        transfer(0x0040_0000, size, rt, address)
    }

    /// Loads a value and extends its sign to a width (`ldrsb`, `ldrsh`, `ldrsw`).
    mutating func ldrs(
        _ size: MemorySize, _ width: Width, _ rt: ARM64Register, _ address: ARM64Address
    ) {
        guard size.byteCount * 8 < width.bitCount else { return ldr(size, rt, address) }
        transfer(width == .word ? 0x00c0_0000 : 0x0080_0000, size, rt, address)
    }

    /// Stores the lowest bytes (`strb`, `strh`, `str`).
    mutating func str(_ size: MemorySize, _ rt: ARM64Register, _ address: ARM64Address) {
        transfer(0, size, rt, address)
    }

    /// `size 111 0 … opc … Rn Rt`, with what an address needs in between.
    private mutating func transfer(
        _ opc: UInt32, _ size: MemorySize, _ rt: ARM64Register, _ address: ARM64Address
    ) {
        let fixed = opc | size.logarithm << 30
        switch address {
        case .offset(let base, let offset):
            let isScaled = offset >= 0 && offset & (size.byteCount - 1) == 0
            guard isScaled else {
                return transfer(opc, size, rt, .unscaled(base, offset))
            }
            emit(
                ARM64Word(0x3900_0000 | fixed).rt(rt).rnOrSP(base)
                    .unsigned(offset / size.byteCount, 12, at: 10))
        case .unscaled(let base, let offset):
            emit(ARM64Word(0x3800_0000 | fixed).rt(rt).rnOrSP(base).signed(offset, 9, at: 12))
        case .postIndexed(let base, let offset):
            emit(ARM64Word(0x3800_0400 | fixed).rt(rt).rnOrSP(base).signed(offset, 9, at: 12))
        case .preIndexed(let base, let offset):
            emit(ARM64Word(0x3800_0c00 | fixed).rt(rt).rnOrSP(base).signed(offset, 9, at: 12))
        case .indexed(let base, let index, let kind, let scaled):
            switch kind {
            case .uxtw, .uxtx, .sxtw, .sxtx:
                emit(
                    ARM64Word(0x3820_0800 | fixed).rt(rt).rnOrSP(base).rm(index)
                        .with(UInt32(kind.rawValue) << 13 | (scaled ? 1 << 12 : 0)))
            case .uxtb, .uxth, .sxtb, .sxth:
                emit(.invalid(.form))
            }
        }
    }

    // MARK: Pairs

    /// Loads two registers that lie next to each other.
    mutating func ldp(
        _ width: Width, _ rt: ARM64Register, _ rt2: ARM64Register, _ address: ARM64Address
    ) {
        pair(0x2840_0000, width, rt, rt2, address)
    }

    /// Stores two registers next to each other.
    mutating func stp(
        _ width: Width, _ rt: ARM64Register, _ rt2: ARM64Register, _ address: ARM64Address
    ) {
        pair(0x2800_0000, width, rt, rt2, address)
    }

    /// `opc 101 0 index L imm7 Rt2 Rn Rt`; bit 31 is the width.
    private mutating func pair(
        _ form: UInt32, _ width: Width, _ rt: ARM64Register, _ rt2: ARM64Register,
        _ address: ARM64Address
    ) {
        let (mode, base, offset): (UInt32, ARM64Register, Int)
        switch address {
        case .postIndexed(let register, let distance):
            (mode, base, offset) = (1 << 23, register, distance)
        case .offset(let register, let distance):
            (mode, base, offset) = (2 << 23, register, distance)
        case .preIndexed(let register, let distance):
            (mode, base, offset) = (3 << 23, register, distance)
        case .unscaled, .indexed:
            return emit(.invalid(.form))
        }
        let size = width.bitCount / 8
        guard offset & (size - 1) == 0 else { return emit(.invalid(.number(Int64(offset)))) }
        emit(
            ARM64Word(form | mode, width).rt(rt).ra(rt2).rnOrSP(base)
                .signed(offset / size, 7, at: 15))
    }
}

extension MemorySize {
    /// The base-two logarithm of the number of bytes: the field `size`.
    var logarithm: UInt32 { UInt32(rawValue.trailingZeroBitCount) }
}
