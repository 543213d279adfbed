/// The header of an IPv4 packet, without options (RFC 791).
public struct IPv4: BitwiseCopyable {
    @usableFromInline var versionAndLength: UInt8
    /// Type of service.
    public var serviceType: UInt8
    /// The length of header and data in bytes.
    public var totalLength: BigEndian<UInt16>
    /// Which packet a fragment belongs to.
    public var identification: BigEndian<UInt16>
    /// Flags and offset of a fragment.
    public var fragment: BigEndian<UInt16>
    /// How many routers it may still pass.
    public var timeToLive: UInt8
    /// What it carries.
    public var `protocol`: IPProtocol
    /// The checksum of the header.
    public var checksum: BigEndian<UInt16>
    /// Who sent it.
    public var source: IPv4Address
    /// Who gets it.
    public var destination: IPv4Address

    /// The length of the header with its options: 20 to 60 bytes.
    @inline(__always)
    public var headerLength: Int { Int(versionAndLength & 15) &* 4 }

    /// The version: 4.
    @inline(__always)
    public var version: UInt8 { versionAndLength >> 4 }
}

/// What an IP packet carries (IANA protocol numbers).
public struct IPProtocol: BitwiseCopyable, Equatable {
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
}
