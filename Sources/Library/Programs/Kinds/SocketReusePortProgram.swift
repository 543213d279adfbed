public import EBPFBytecode

/// A program that selects the socket of a group that shares a port
/// (`BPF_PROG_TYPE_SK_REUSEPORT`).
public struct SocketReusePortProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketReusePort] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
