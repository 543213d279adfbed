public import EBPFBytecode

/// A program that sees packets before the network stack does (`BPF_PROG_TYPE_XDP`).
///
/// ```swift
/// let program = try object.program("drop", as: XDPProgram.self)
/// print(try program.run(packet: frame).verdict)
/// ```
public struct XDPProgram: PacketProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.xdp] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }

    /// The decision that a result stands for.
    public static func verdict(_ returned: UInt32) -> XDPAction {
        XDPAction(rawValue: returned)
    }
}
