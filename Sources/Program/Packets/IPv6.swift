/// The header of an IPv6 packet, without extension headers (RFC 8200).
public struct IPv6: BitwiseCopyable, Sendable {
    /// Version, traffic class and flow label.
    public var versionAndFlow: BigEndian<UInt32>
    /// The length of all that follows, in bytes.
    public var payloadLength: BigEndian<UInt16>
    /// What follows: an extension header, or what the packet carries.
    public var next: IPProtocol
    /// How many routers it may still pass.
    public var hopLimit: UInt8
    /// Who sent it.
    public var source: IPv6Address
    /// Who gets it.
    public var destination: IPv6Address

    /// The header of a packet.
    ///
    /// - Parameter payloadLength: all that follows.
    @inline(__always)
    public init(
        source: IPv6Address, destination: IPv6Address, next: IPProtocol, payloadLength: UInt16,
        hopLimit: UInt8 = 64
    ) {
        versionAndFlow = BigEndian(0x6000_0000)
        self.payloadLength = BigEndian(payloadLength)
        self.next = next
        self.hopLimit = hopLimit
        self.source = source
        self.destination = destination
    }

    /// The version: 6.
    @inline(__always)
    public var version: UInt8 { UInt8(truncatingIfNeeded: versionAndFlow.value >> 28) }

    /// The traffic class.
    @inline(__always)
    public var trafficClass: UInt8 { UInt8(truncatingIfNeeded: versionAndFlow.value >> 20) }

    /// The label of its flow.
    @inline(__always)
    public var flowLabel: UInt32 { versionAndFlow.value & 0xf_ffff }
}

/// The first two bytes of an extension header of IPv6 (RFC 8200, section 4).
public struct IPv6Extension: BitwiseCopyable, Sendable {
    /// What follows it.
    public var next: IPProtocol
    /// Its length in units of 8 bytes, without the first 8.
    public var length: UInt8
}

/// What an IPv6 packet carries, behind its extension headers.
public struct IPv6Payload: BitwiseCopyable, Sendable {
    /// What it is.
    public let `protocol`: IPProtocol
    /// Where it begins, in bytes from the start of the packet.
    public let offset: Int
    /// Whether it is a fragment that is not the first: it has no header of its protocol.
    public let isLaterFragment: Bool
}
