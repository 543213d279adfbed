public import EBPFBytecode

/// A program that parses or redirects the streams of the sockets in a socket map
/// (`BPF_PROG_TYPE_SK_SKB`).
public struct SocketStreamProgram: ProgramKind {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketSKB] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
