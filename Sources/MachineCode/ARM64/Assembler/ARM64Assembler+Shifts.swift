import EBPFBytecode

/// Shifts, extensions and bytes in other orders (Arm ARM, section C4.1, "Data Processing").
extension ARM64Assembler {
    // MARK: By a register: the distance is taken modulo the width, as eBPF wants it

    mutating func lsl(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_2000, width).rd(rd).rn(rn).rm(rm))
    }

    mutating func lsr(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_2400, width).rd(rd).rn(rn).rm(rm))
    }

    mutating func asr(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_2800, width).rd(rd).rn(rn).rm(rm))
    }

    mutating func ror(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register
    ) {
        emit(ARM64Word(0x1ac0_2c00, width).rd(rd).rn(rn).rm(rm))
    }

    // MARK: By a constant below the width

    mutating func lsl(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, by distance: Int) {
        guard distance >= 0, distance < width.bitCount
        else { return emit(.invalid(.number(Int64(distance)))) }
        ubfm(
            width, rd, rn, (width.bitCount - distance) % width.bitCount,
            width.bitCount - 1 - distance)
    }

    mutating func lsr(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, by distance: Int) {
        ubfm(width, rd, rn, distance, width.bitCount - 1)
    }

    mutating func asr(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, by distance: Int) {
        sbfm(width, rd, rn, distance, width.bitCount - 1)
    }

    /// Around to the right.
    mutating func ror(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, by distance: Int) {
        extr(width, rd, rn, rn, distance)
    }

    // MARK: Extensions

    /// The lowest bytes, with zeros above them (`uxtb`, `uxth`).
    mutating func uxt(_ size: MemorySize, _ rd: ARM64Register, _ rn: ARM64Register) {
        switch size {
        case .byte, .halfWord: ubfm(.word, rd, rn, 0, size.byteCount * 8 - 1)
        case .word: mov(.word, rd, rn)
        case .doubleWord: mov(.doubleWord, rd, rn)
        }
    }

    /// The lowest bytes, with their sign above them (`sxtb`, `sxth`, `sxtw`).
    mutating func sxt(
        _ size: MemorySize, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register
    ) {
        guard size.byteCount * 8 < width.bitCount else { return mov(width, rd, rn) }
        sbfm(width, rd, rn, 0, size.byteCount * 8 - 1)
    }

    /// `count` bits from bit `low` up, with zeros above them.
    mutating func ubfx(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, low: Int, count: Int
    ) {
        ubfm(width, rd, rn, low, low &+ count &- 1)
    }

    /// The lowest `count` bits, moved up to bit `low`, zeros around them.
    mutating func ubfiz(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, low: Int, count: Int
    ) {
        guard low >= 0, low < width.bitCount
        else { return emit(.invalid(.number(Int64(low)))) }
        ubfm(width, rd, rn, (width.bitCount - low) % width.bitCount, count &- 1)
    }

    /// `sf 10 100110 N immr imms Rn Rd`: moves bits, zeros around them.
    mutating func ubfm(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ immr: Int, _ imms: Int
    ) {
        bitfield(0x5300_0000, width, rd, rn, immr, imms)
    }

    /// `sf 00 100110 N immr imms Rn Rd`: moves bits, their sign above them, zeros below.
    mutating func sbfm(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ immr: Int, _ imms: Int
    ) {
        bitfield(0x1300_0000, width, rd, rn, immr, imms)
    }

    /// `sf 01 100110 N immr imms Rn Rd`: moves bits, those around them stay.
    mutating func bfm(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ immr: Int, _ imms: Int
    ) {
        bitfield(0x3300_0000, width, rd, rn, immr, imms)
    }

    private mutating func bitfield(
        _ form: UInt32, _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ immr: Int,
        _ imms: Int
    ) {
        emit(
            ARM64Word(form, width).with(width == .doubleWord ? 1 << 22 : 0).rd(rd).rn(rn)
                .unsigned(immr, width.shiftBitCount, at: 16)
                .unsigned(imms, width.shiftBitCount, at: 10))
    }

    /// `sf 00 100111 N 0 Rm imms Rn Rd`: as many bits as a register has, from `rn` above `rm`.
    mutating func extr(
        _ width: Width, _ rd: ARM64Register, _ rn: ARM64Register, _ rm: ARM64Register, _ low: Int
    ) {
        emit(
            ARM64Word(0x1380_0000, width).with(width == .doubleWord ? 1 << 22 : 0).rd(rd).rn(rn)
                .rm(rm).unsigned(low, width.shiftBitCount, at: 10))
    }

    // MARK: The order of bytes, and counting

    /// All bytes the other way round.
    mutating func rev(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register) {
        emit(ARM64Word(width == .word ? 0x5ac0_0800 : 0x5ac0_0c00, width).rd(rd).rn(rn))
    }

    /// The bytes of each sixteen bits the other way round.
    mutating func rev16(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register) {
        emit(ARM64Word(0x5ac0_0400, width).rd(rd).rn(rn))
    }

    /// The bytes of both words the other way round.
    mutating func rev32(_ rd: ARM64Register, _ rn: ARM64Register) {
        emit(ARM64Word(0xdac0_0800).rd(rd).rn(rn))
    }

    /// How many zeros there are above the highest bit.
    mutating func clz(_ width: Width, _ rd: ARM64Register, _ rn: ARM64Register) {
        emit(ARM64Word(0x5ac0_1000, width).rd(rd).rn(rn))
    }
}
