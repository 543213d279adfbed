public import EBPFBytecode

/// A program at a function of an application or a library (`BPF_PROG_TYPE_KPROBE`, uprobes).
public struct UprobeProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.kprobe] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
