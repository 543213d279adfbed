public import EBPFBytecode

/// A program at a static probe of an application (`BPF_PROG_TYPE_KPROBE`, USDT).
public struct USDTProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.kprobe] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
