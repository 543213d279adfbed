public import EBPFTypeFormat

/// A route whose packets pass programs (lightweight tunnels).
///
/// ```swift
/// let link = try program.attach(to: TunnelRoute("10.9.0.0/16", interface: "eth0"))
/// ```
public struct TunnelRoute: Hashable, Sendable {
    /// Where packets go: an IPv4 or IPv6 address.
    public var destination: NetworkAddress
    /// How many bits of it count.
    public var prefixLength: UInt8
    /// The interface that packets leave by; loopback for those to this machine.
    public var interface: InterfaceReference
    /// The next machine on the way, if the destination is not on the interface's own network.
    public var gateway: NetworkAddress?
    /// Whether the destination is this machine.
    public var isLocal: Bool
    /// The routing table; 254 is the main one.
    public var table: UInt32
    /// How many bytes a program may put before a packet (`LWT_BPF_XMIT_HEADROOM`), at most 256.
    public var headroom: UInt32

    /// A route to all addresses that begin like one.
    public init(
        _ destination: NetworkAddress, prefixLength: UInt8, interface: InterfaceReference,
        gateway: NetworkAddress? = nil, isLocal: Bool = false, table: UInt32 = 254,
        headroom: UInt32 = 0
    ) {
        self.destination = destination
        self.prefixLength = prefixLength
        self.interface = interface
        self.gateway = gateway
        self.isLocal = isLocal
        self.table = table
        self.headroom = headroom
    }

    /// A route to "10.9.0.0/16" or "2001:db8::1"; `nil` if that is no address.
    public init?(_ text: String, interface: InterfaceReference, isLocal: Bool = false) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2,
            let address = NetworkAddress(ipv4: first) ?? NetworkAddress(ipv6: first)
        else { return nil }
        let bits = UInt8(address.byteCount * 8)
        var length = bits
        if parts.count == 2 {
            guard let given = UInt8(parts[1]), given <= bits else { return nil }
            length = given
        }
        self.init(address, prefixLength: length, interface: interface, isLocal: isLocal)
    }

    /// `AF_INET` or `AF_INET6`.
    var family: UInt8 { destination.byteCount == 16 ? 10 : 2 }
}

extension TunnelRoute: CustomStringConvertible {
    /// "10.9.0.0/16 by eth0".
    public var description: String { "\(destination)/\(prefixLength) by \(interface)" }
}
