public import EBPFBytecode

/// A program of a lightweight-tunnel route (`BPF_PROG_TYPE_LWT_IN`, `…_OUT`, `…_XMIT`).
///
/// Routes with programs are made by `ip route add … encap bpf`, from a pinned program.
public struct LightweightTunnelProgram: PacketProgram {
    /// The kinds of programs that can be opened so.
    public static var programTypes: [ProgramType] { [.lwtIn, .lwtOut, .lwtTransmit] }
    /// The program, checked.
    public let program: AnyProgram

    /// Takes over a program that has been checked.
    public init(checked program: AnyProgram) { self.program = program }

    /// The decision that a result stands for.
    public static func verdict(_ returned: UInt32) -> LightweightTunnelAction {
        LightweightTunnelAction(rawValue: returned)
    }
}
