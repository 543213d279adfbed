public import EBPFBytecode

/// A program at the entry or exit of a kernel function, or at a tracepoint, with typed arguments
/// (`BPF_PROG_TYPE_TRACING`: fentry, fexit, fmod_ret, tp_btf).
///
/// The place is a part of the loaded program.
public struct TracingProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.tracing] }
    /// Where such programs are attached.
    public static var attachTypes: [AttachType] {
        [.traceFunctionEntry, .traceFunctionExit, .modifyReturn, .traceRawTracepoint]
    }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
