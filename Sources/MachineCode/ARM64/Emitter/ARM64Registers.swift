import EBPFBytecode

/// Which registers of arm64 hold what.
///
/// ```
///  x0 … x5     r0 … r5: not preserved by C functions, as eBPF's are not by helpers
///  x9 … x12    free between instructions
///  x13 … x15   windows: the differences of the regions that a function accesses most
///  x16, x17    free between instructions; an address that is being judged, what it leads to
///  x18         the platform's
///  x19 … x22   r6 … r9: preserved by C functions, as eBPF's are
///  x23         r10 as a number: the program's address of the frame's top, if a function needs it
///  x25         r10 as a base: the host's address of the frame's first byte
///  x26         the run's ``RunState``
///  x27         what is left of the budget, while machine code runs
///  x28         the table of differences in the run's state
/// ```
enum ARM64Registers {
    /// The ``RunState``.
    static let state = ARM64Register.x26
    /// Its first table.
    static let tables = ARM64Register.x28
    /// What is left of the budget.
    static let budget = ARM64Register.x27
    /// The first byte of the stack frame, 512 below the top: so that offsets are positive, of which
    /// loads and stores hold more.
    static let frame = ARM64Register.x25
    /// The program's address of the frame's top.
    static let frameAddress = ARM64Register.x23
    /// Differences of regions.
    static let windows: [ARM64Register] = [.x13, .x14, .x15]

    /// Holds what an address leads to, or a constant.
    static let scratch = ARM64Register.x16
    /// Holds the program's address of an access that the runtime may have to make.
    static let address = ARM64Register.x17
    /// Holds a value that comes from no register.
    static let value = ARM64Register.x12
    /// More of them.
    static let scratch2 = ARM64Register.x9
    static let scratch3 = ARM64Register.x10

    private static let homes: [ARM64Register] = [
        .x0, .x1, .x2, .x3, .x4, .x5, .x19, .x20, .x21, .x22, frameAddress,
    ]

    /// Where the value of a register of the program is.
    @inline(__always)
    static func home(of register: Register) -> ARM64Register { homes[Int(register.rawValue)] }
}

extension Register {
    /// Where its value is in machine code for arm64.
    @inline(__always)
    var arm64: ARM64Register { ARM64Registers.home(of: self) }
}
