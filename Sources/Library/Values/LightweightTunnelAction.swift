/// What a program of a lightweight-tunnel route decides about a packet
/// (`enum bpf_ret_code` in `linux/bpf.h`).
public struct LightweightTunnelAction: RawRepresentable, Hashable, Sendable {
    /// The number that the program returned.
    public var rawValue: UInt32

    /// The decision that a number stands for.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The packet goes on (`BPF_OK`).
    public static let pass = LightweightTunnelAction(rawValue: 0)
    /// The packet ends here (`BPF_DROP`).
    public static let drop = LightweightTunnelAction(rawValue: 2)
    /// The packet goes where a redirect helper said (`BPF_REDIRECT`).
    public static let redirect = LightweightTunnelAction(rawValue: 7)
    /// The packet was changed, and is to be routed again (`BPF_LWT_REROUTE`).
    public static let reroute = LightweightTunnelAction(rawValue: 128)
}
