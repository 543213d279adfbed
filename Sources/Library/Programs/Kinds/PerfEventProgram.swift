public import EBPFBytecode

/// A program that runs when a performance counter overflows (`BPF_PROG_TYPE_PERF_EVENT`).
public struct PerfEventProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.perfEvent] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
