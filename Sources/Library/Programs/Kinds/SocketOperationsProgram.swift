public import EBPFBytecode

/// A program that follows and tunes the TCP connections of a control group
/// (`BPF_PROG_TYPE_SOCK_OPS`).
public struct SocketOperationsProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketOperations] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
