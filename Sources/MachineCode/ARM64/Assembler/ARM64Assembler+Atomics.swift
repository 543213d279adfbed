import EBPFBytecode

/// What an atomic instruction does to memory (`FEAT_LSE`, Armv8.1).
enum ARM64Atomic: UInt32, CaseIterable, Sendable {
    /// Adds.
    case ldadd = 0
    /// Clears the bits that the register has.
    case ldclr = 0x1000
    /// Exclusive or.
    case ldeor = 0x2000
    /// Sets the bits that the register has.
    case ldset = 0x3000
    /// Writes the register.
    case swp = 0x8000
}

/// Atomic operations and ordered accesses. The address is a register alone, and must be a multiple
/// of the size (Arm ARM, section C4.1, "Loads and Stores").
extension ARM64Assembler {
    /// Changes memory by `rs` and gives what was there, in one step, acquiring and releasing
    /// (`ldaddal`, `swpal` …): sequentially consistent.
    ///
    /// `size 111 0 00 A R 1 Rs o3 opc 00 Rn Rt`
    mutating func atomic(
        _ operation: ARM64Atomic, _ size: MemorySize, _ rs: ARM64Register, _ rt: ARM64Register,
        at base: ARM64Register
    ) {
        emit(
            ARM64Word(0x38e0_0000 | operation.rawValue | size.logarithm << 30)
                .rs(rs).rt(rt).rnOrSP(base))
    }

    /// Changes memory without asking what was there, releasing only (`staddl` …).
    ///
    /// The register is never the zero register's place of a load, so nothing is acquired.
    mutating func atomicStore(
        _ operation: ARM64Atomic, _ size: MemorySize, _ rs: ARM64Register, at base: ARM64Register
    ) {
        emit(
            ARM64Word(0x3860_0000 | operation.rawValue | size.logarithm << 30)
                .rs(rs).rt(.zero).rnOrSP(base))
    }

    /// Writes `rt` if memory equals `rs`; `rs` becomes what was there (`casal`).
    ///
    /// `size 001000 1 L 1 Rs o0 11111 Rn Rt`
    mutating func casal(
        _ size: MemorySize, _ rs: ARM64Register, _ rt: ARM64Register, at base: ARM64Register
    ) {
        emit(ARM64Word(0x08e0_fc00 | size.logarithm << 30).rs(rs).rt(rt).rnOrSP(base))
    }

    /// Loads; what follows is not done before (`ldarb`, `ldarh`, `ldar`).
    mutating func ldar(_ size: MemorySize, _ rt: ARM64Register, at base: ARM64Register) {
        emit(ARM64Word(0x08df_fc00 | size.logarithm << 30).rt(rt).rnOrSP(base))
    }

    /// Stores; what came before is done first (`stlrb`, `stlrh`, `stlr`).
    mutating func stlr(_ size: MemorySize, _ rt: ARM64Register, at base: ARM64Register) {
        emit(ARM64Word(0x089f_fc00 | size.logarithm << 30).rt(rt).rnOrSP(base))
    }

    /// Orders all accesses before with all after it, for all CPUs (`dmb ish`).
    mutating func dmb() {
        emit(ARM64Word(0xd503_3bbf))
    }
}
