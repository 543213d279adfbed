public import EBPFBytecode

/// A program that sees the messages that the sockets in a socket map send
/// (`BPF_PROG_TYPE_SK_MSG`).
public struct SocketMessageProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketMessage] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
