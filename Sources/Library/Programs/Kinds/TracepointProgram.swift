public import EBPFBytecode

/// A program at a tracepoint of the kernel, with the record that the tracepoint writes
/// (`BPF_PROG_TYPE_TRACEPOINT`).
public struct TracepointProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.tracepoint] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
