public import EBPFBytecode

/// A program that decides how much of each packet a socket receives
/// (`BPF_PROG_TYPE_SOCKET_FILTER`).
public struct SocketFilterProgram: PacketProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.socketFilter] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }

    /// How many bytes of the packet the socket receives; 0 drops it.
    public static func verdict(_ returned: UInt32) -> UInt32 { returned }
}
