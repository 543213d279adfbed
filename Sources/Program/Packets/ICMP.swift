/// The header of a control message, of IPv4 or IPv6 (RFC 792, RFC 4443).
public struct ICMP: BitwiseCopyable, Sendable {
    /// What it is: in IPv4 0 answers an echo, 3 is unreachable, 8 asks for an echo, 11 is time
    /// exceeded; in IPv6 1 is unreachable, 128 asks for an echo, 129 answers, 135 and 136 ask for
    /// and tell a neighbour.
    public var type: UInt8
    /// What it is more precisely.
    public var code: UInt8
    /// The checksum.
    public var checksum: BigEndian<UInt16>
    /// Which process an echo belongs to.
    public var identifier: BigEndian<UInt16>
    /// Which echo it is.
    public var sequence: BigEndian<UInt16>

    /// The header of a message, whose checksum is still to be computed.
    @inline(__always)
    public init(type: UInt8, code: UInt8 = 0, identifier: UInt16 = 0, sequence: UInt16 = 0) {
        self.type = type
        self.code = code
        checksum = 0
        self.identifier = BigEndian(identifier)
        self.sequence = BigEndian(sequence)
    }
}

/// The header of a control message of IPv6, which has the same form.
public typealias ICMPv6 = ICMP
