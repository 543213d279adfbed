import EBPFBytecode

/// What the translation of one function needs to know about its frame.
struct ARM64Frame {
    /// The registers that it puts on the host's stack, from the lowest address up.
    private(set) var saved: [ARM64Register] = []
    /// The regions whose differences it keeps in ``ARM64Registers/windows``.
    private(set) var windows: [AccessPlan] = []

    init() {}

    /// - Parameter windows: the regions that the function accesses most.
    init(_ function: FunctionShape, windows: [AccessPlan]) {
        for register in Register.allCases where function.changed.contains(register) {
            saved.append(register.arm64)
        }
        self.windows = Array(windows.prefix(ARM64Registers.windows.count))
        if function.takesFrameAddress { saved.append(ARM64Registers.frameAddress) }
        if function.hasCalls { saved.append(.x30) }
    }

    /// How many bytes the registers take; the stack pointer is always a multiple of 16.
    var byteCount: Int { (saved.count * 8 + 15) & ~15 }

    /// Whether ``ARM64Registers/frameAddress`` holds the program's address of the frame's top.
    var keepsAddress: Bool { saved.contains(ARM64Registers.frameAddress) }

    /// Whether the return address is on the stack.
    var keepsLink: Bool { saved.last == .x30 }

    /// The register with the difference that an access needs, if there is one.
    func window(_ plan: AccessPlan) -> ARM64Register? {
        windows.firstIndex(of: plan).map { ARM64Registers.windows[$0] }
    }
}
