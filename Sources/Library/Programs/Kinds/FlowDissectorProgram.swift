public import EBPFBytecode

/// A program that finds the headers that identify a flow, for a network namespace
/// (`BPF_PROG_TYPE_FLOW_DISSECTOR`).
public struct FlowDissectorProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.flowDissector] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
