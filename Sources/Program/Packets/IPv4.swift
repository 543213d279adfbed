/// The header of an IPv4 packet, without options (RFC 791).
public struct IPv4: BitwiseCopyable, Sendable {
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

    /// The header of a packet without options, with its checksum.
    ///
    /// - Parameter totalLength: header and data together.
    @inline(__always)
    public init(
        source: IPv4Address, destination: IPv4Address, protocol: IPProtocol, totalLength: UInt16,
        timeToLive: UInt8 = 64, identification: UInt16 = 0
    ) {
        versionAndLength = 0x45
        serviceType = 0
        self.totalLength = BigEndian(totalLength)
        self.identification = BigEndian(identification)
        fragment = 0
        self.timeToLive = timeToLive
        self.protocol = `protocol`
        checksum = 0
        self.source = source
        self.destination = destination
        updateChecksum()
    }

    /// Computes the checksum of the header, which must have no options.
    @inline(__always)
    public mutating func updateChecksum() {
        let addresses =
            UInt64(source.number >> 16) &+ UInt64(source.number & 0xffff)
            &+ UInt64(destination.number >> 16) &+ UInt64(destination.number & 0xffff)
        let words =
            UInt64(versionAndLength) << 8 &+ UInt64(serviceType) &+ UInt64(totalLength.value)
            &+ UInt64(identification.value) &+ UInt64(fragment.value) &+ UInt64(timeToLive) << 8
            &+ UInt64(`protocol`.value)
        checksum = BigEndian(Checksum.folded(addresses &+ words))
    }

    /// The length of the header with its options: 20 to 60 bytes.
    @inline(__always)
    public var headerLength: Int { Int(versionAndLength & 15) &* 4 }

    /// The version: 4.
    @inline(__always)
    public var version: UInt8 { versionAndLength >> 4 }

    /// Whether it is a fragment that is not the first: it has no header of its protocol.
    @inline(__always)
    public var isLaterFragment: Bool { fragment.value & 0x1fff != 0 }

    /// Whether more fragments follow.
    @inline(__always)
    public var hasMoreFragments: Bool { fragment.value & 0x2000 != 0 }

    /// Counts a router: the time to live, and the checksum with it.
    @inline(__always)
    public mutating func decrementTimeToLive() {
        timeToLive &-= 1
        // The field is the upper half of its word of the sum (RFC 1141).
        let sum = UInt32(checksum.value) &+ 0x0100
        checksum.value = UInt16(truncatingIfNeeded: sum &+ (sum >> 16))
    }
}
