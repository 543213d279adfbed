import EBPFBytecode

/// Which registers of x86-64 hold what.
///
/// The arguments lie where C functions want them. What eBPF preserves across calls, C does, too.
enum X86Registers {
    private static let homes: [X86Register] = [
        .rax, .rdi, .rsi, .rdx, .rcx, .r8, .rbx, .r13, .r14, .r15, .rbp,
    ]

    /// Where a register of the program lives; r10 is the host's address of the frame's top.
    @inline(__always)
    static func home(of register: Register) -> X86Register { homes[Int(register.rawValue)] }

    /// The run's ``RunState``.
    static let state = X86Register.r12
    /// Free between instructions.
    static let scratch = X86Register.r11
    static let scratch2 = X86Register.r10
    /// The difference of the region that a function accesses most, or free.
    static let window = X86Register.r9
}

extension Register {
    /// Where it lives in machine code for x86-64.
    @inline(__always)
    var x86: X86Register { X86Registers.home(of: self) }
}

extension X86Place {
    /// A field of the ``RunState``.
    static func field(_ field: RunState.Field) -> X86Place {
        X86Place(X86Registers.state, RunState.offset(of: field))
    }

    /// A register's word of the bank.
    static func bank(_ register: Register) -> X86Place {
        X86Place(X86Registers.state, Int32(register.rawValue) * 8)
    }
}
