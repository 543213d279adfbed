public import EBPFBytecode

/// A program at a tracepoint of the kernel, with the tracepoint's own arguments
/// (`BPF_PROG_TYPE_RAW_TRACEPOINT`, also writable).
public struct RawTracepointProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.rawTracepoint, .rawTracepointWritable] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
