import EBPFBytecode

/// What the translation of one function needs to know about its frame.
struct X86Frame {
    /// The preserved registers that it puts on the host's stack, in the order of pushing.
    private(set) var saved: [X86Register] = []
    /// How many bytes lie below them.
    private(set) var localByteCount: Int32 = 0
    /// Whether it keeps the address of its eBPF stack frame.
    private(set) var keepsFrameAddress = false
    /// The region whose difference the window register holds; `checked` is the one in which
    /// unproved accesses are expected.
    private(set) var window: AccessPlan?
    /// The register that holds the budget while the function runs, if it has one to spare.
    private(set) var budget: X86Register?
    /// The region in which unproved accesses are expected.
    private var expectedRegion: AccessPlan?

    /// Where the program's address of the frame's top is.
    let frameAddress = X86Place(.rsp, 0)
    /// Where the difference of the frame's region is.
    let frameDifference = X86Place(.rsp, 8)

    init() {}

    /// - Parameters:
    ///   - window: the region that the function accesses most, or `checked`.
    ///   - expectedRegion: the region in which unproved accesses are expected.
    ///   - countsBudget: whether branches backwards count.
    init(
        _ function: FunctionShape, window: AccessPlan?, expectedRegion: AccessPlan?,
        countsBudget: Bool
    ) {
        for register in Register.allCases where function.changed.contains(register) {
            saved.append(register.x86)
        }
        // What is called counts, too, and finds the budget in its field.
        if countsBudget, function.hasLoops, !function.hasCalls,
            let spare = Self.preserved.last(where: { !function.mentioned.contains($0) })
        {
            budget = spare.x86
            saved.append(spare.x86)
        }
        keepsFrameAddress = function.takesFrameAddress
        localByteCount = keepsFrameAddress ? 16 : 0
        // Calls want the host's stack aligned to 16 bytes; the return address takes 8.
        if (saved.count * 8 + Int(localByteCount) + 8) % 16 != 0 { localByteCount += 8 }
        self.window = window
        self.expectedRegion = expectedRegion
    }

    private static let preserved: [Register] = [.r6, .r7, .r8, .r9]

    /// Whether the window register holds the difference that an access needs.
    func windowServes(_ plan: AccessPlan) -> Bool {
        plan == window || window == .checked && plan == expectedRegion
    }
}
