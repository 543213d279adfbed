/// The header of a UDP datagram (RFC 768).
public struct UDP: BitwiseCopyable {
    /// The port it was sent from.
    public var source: BigEndian<UInt16>
    /// The port it is for.
    public var destination: BigEndian<UInt16>
    /// The length of header and data in bytes.
    public var length: BigEndian<UInt16>
    /// The checksum; 0 for none, in IPv4.
    public var checksum: BigEndian<UInt16>
}
