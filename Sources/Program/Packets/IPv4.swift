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
