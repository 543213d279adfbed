import EBPFBytecode

/// Branches, calls, and what goes no way at all (Arm ARM, section C4.1, "Branches, Exception
/// Generating and System instructions").
extension ARM64Assembler {
    /// Goes to a label: ±128 MB.
    mutating func b(_ label: Label) {
        emit(ARM64Word(0x1400_0000), to: label, .branch26)
    }

    /// Calls a label: ±128 MB; `x30` says where to return to.
    mutating func bl(_ label: Label) {
        emit(ARM64Word(0x9400_0000), to: label, .branch26)
    }

    /// Goes to a label if the flags say so (`b.eq`).
    mutating func b(if condition: ARM64Condition, _ label: Label) {
        conditional(
            ARM64Word(0x5400_0000).with(UInt32(condition.rawValue)),
            orElse: ARM64Word(0x5400_0000).with(UInt32(condition.inverted.rawValue)),
            label, .branch19)
    }

    /// Goes to a label if a register is zero.
    mutating func cbz(_ width: Width, _ rt: ARM64Register, _ label: Label) {
        conditional(
            ARM64Word(0x3400_0000, width).rt(rt), orElse: ARM64Word(0x3500_0000, width).rt(rt),
            label, .branch19)
    }

    /// Goes to a label if a register is not zero.
    mutating func cbnz(_ width: Width, _ rt: ARM64Register, _ label: Label) {
        conditional(
            ARM64Word(0x3500_0000, width).rt(rt), orElse: ARM64Word(0x3400_0000, width).rt(rt),
            label, .branch19)
    }

    /// Goes to a label if a bit, 0 … 63, of a register is clear.
    mutating func tbz(_ rt: ARM64Register, bit: Int, _ label: Label) {
        let (clear, set) = bitTests(rt, bit)
        conditional(clear, orElse: set, label, .branch14)
    }

    /// Goes to a label if a bit, 0 … 63, of a register is set.
    mutating func tbnz(_ rt: ARM64Register, bit: Int, _ label: Label) {
        let (clear, set) = bitTests(rt, bit)
        conditional(set, orElse: clear, label, .branch14)
    }

    /// `b5 011011 op b40 imm14 Rt`
    private func bitTests(_ rt: ARM64Register, _ bit: Int) -> (clear: ARM64Word, set: ARM64Word) {
        func test(_ form: UInt32) -> ARM64Word {
            ARM64Word(form).unsigned(bit >> 5, 1, at: 31).unsigned(bit & 31, 5, at: 19).rt(rt)
        }
        return (test(0x3600_0000), test(0x3700_0000))
    }

    /// A conditional branch, or where that may not reach, its opposite over an unconditional one.
    private mutating func conditional(
        _ branch: ARM64Word, orElse opposite: ARM64Word, _ label: Label, _ field: ReferenceField
    ) {
        switch reach {
        case .near: emit(branch, to: label, field)
        case .far:
            emit(opposite.unsigned(2, 3, at: 5))
            b(label)
        }
    }

    /// Goes where a register says.
    mutating func br(_ rn: ARM64Register) {
        emit(ARM64Word(0xd61f_0000).rn(rn))
    }

    /// Calls what is where a register says.
    mutating func blr(_ rn: ARM64Register) {
        emit(ARM64Word(0xd63f_0000).rn(rn))
    }

    /// Returns to where a register says.
    mutating func ret(_ rn: ARM64Register = .x30) {
        emit(ARM64Word(0xd65f_0000).rn(rn))
    }

    /// The address of a label: ±1 MB.
    mutating func adr(_ rd: ARM64Register, _ label: Label) {
        emit(ARM64Word(0x1000_0000).rd(rd), to: label, .address21)
    }

    /// The address of the 4096-byte page so many pages from that of the instruction.
    mutating func adrp(_ rd: ARM64Register, pages: Int) {
        emit(
            ARM64Word(0x9000_0000).rd(rd).signed(pages >> 2, 19, at: 5)
                .unsigned(pages & 3, 2, at: 29))
    }

    /// Does nothing.
    mutating func nop() {
        emit(ARM64Word(0xd503_201f))
    }

    /// Stops in a debugger; anywhere else the process ends.
    mutating func brk(_ number: Int) {
        emit(ARM64Word(0xd420_0000).unsigned(number, 16, at: 5))
    }

    /// Calls the operating system.
    mutating func svc(_ number: Int) {
        emit(ARM64Word(0xd400_0001).unsigned(number, 16, at: 5))
    }
}
