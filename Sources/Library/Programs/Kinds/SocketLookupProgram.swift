public import EBPFBytecode

/// A program that selects the listening socket of a new connection or datagram in a network
/// namespace (`BPF_PROG_TYPE_SK_LOOKUP`).
public struct SocketLookupProgram: ContextProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketLookup] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }
}
