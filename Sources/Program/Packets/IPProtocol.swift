/// What an IP packet carries (IANA protocol numbers).
public struct IPProtocol: BitwiseCopyable, Hashable, Sendable {
    /// The number.
    public let value: UInt8

    /// A protocol by its number.
    @inline(__always)
    public init(_ value: UInt8) { self.value = value }

    @inline(__always)
    public static func == (left: Self, right: Self) -> Bool { left.value == right.value }

    /// Control messages of IPv4.
    public static var icmp: IPProtocol { @inline(__always) get { IPProtocol(1) } }
    /// TCP.
    public static var tcp: IPProtocol { @inline(__always) get { IPProtocol(6) } }
    /// UDP.
    public static var udp: IPProtocol { @inline(__always) get { IPProtocol(17) } }
    /// Control messages of IPv6.
    public static var icmpv6: IPProtocol { @inline(__always) get { IPProtocol(58) } }
    /// Generic routing encapsulation.
    public static var gre: IPProtocol { @inline(__always) get { IPProtocol(47) } }
    /// An IPv4 packet in another packet.
    public static var ipv4: IPProtocol { @inline(__always) get { IPProtocol(4) } }
    /// An IPv6 packet in another packet.
    public static var ipv6: IPProtocol { @inline(__always) get { IPProtocol(41) } }
    /// SCTP.
    public static var sctp: IPProtocol { @inline(__always) get { IPProtocol(132) } }
    /// Options of IPv6 for every router.
    public static var hopByHop: IPProtocol { @inline(__always) get { IPProtocol(0) } }
    /// The routing header of IPv6.
    public static var ipv6Routing: IPProtocol { @inline(__always) get { IPProtocol(43) } }
    /// The fragment header of IPv6.
    public static var ipv6Fragment: IPProtocol { @inline(__always) get { IPProtocol(44) } }
    /// The authentication header (RFC 4302).
    public static var authentication: IPProtocol { @inline(__always) get { IPProtocol(51) } }
    /// Nothing follows.
    public static var noNextHeader: IPProtocol { @inline(__always) get { IPProtocol(59) } }
    /// Options of IPv6 for who gets the packet.
    public static var destinationOptions: IPProtocol { @inline(__always) get { IPProtocol(60) } }

    /// Whether it is an extension header of IPv6 that can be passed over.
    @inline(__always)
    public var isIPv6Extension: Bool {
        value == 0 || value == 43 || value == 44 || value == 51 || value == 60
    }
}

extension IPProtocol: ExpressibleByIntegerLiteral {
    /// A number written in the source.
    @inline(__always)
    public init(integerLiteral value: UInt8) { self.init(value) }
}
