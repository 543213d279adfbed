/// What an XDP program decides about a packet (`enum xdp_action` in `linux/bpf.h`).
public struct XDPAction: RawRepresentable, Hashable, Sendable {
    /// The number that the program returned.
    public var rawValue: UInt32

    /// The decision that a number stands for; numbers without meaning drop the packet.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The program failed: the packet is dropped and an error traced (`XDP_ABORTED`).
    public static let aborted = XDPAction(rawValue: 0)
    /// The packet ends here (`XDP_DROP`).
    public static let drop = XDPAction(rawValue: 1)
    /// The packet goes up the network stack (`XDP_PASS`).
    public static let pass = XDPAction(rawValue: 2)
    /// The packet goes back out where it came in (`XDP_TX`).
    public static let transmit = XDPAction(rawValue: 3)
    /// The packet goes where a redirect helper said (`XDP_REDIRECT`).
    public static let redirect = XDPAction(rawValue: 4)
}

extension XDPAction: CustomStringConvertible {
    /// The name in C, `XDP_PASS`, or the number.
    public var description: String {
        let names = ["XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT"]
        return rawValue < names.count ? names[Int(rawValue)] : String(rawValue)
    }
}
