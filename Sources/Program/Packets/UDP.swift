/// The header of a UDP datagram (RFC 768).
public struct UDP: BitwiseCopyable, Sendable {
    /// The port it was sent from.
    public var source: BigEndian<UInt16>
    /// The port it is for.
    public var destination: BigEndian<UInt16>
    /// The length of header and data in bytes.
    public var length: BigEndian<UInt16>
    /// The checksum; 0 for none, in IPv4.
    public var checksum: BigEndian<UInt16>

    /// The header of a datagram; without a checksum unless one is given.
    ///
    /// - Parameter length: header and data together.
    @inline(__always)
    public init(source: UInt16, destination: UInt16, length: UInt16, checksum: UInt16 = 0) {
        self.source = BigEndian(source)
        self.destination = BigEndian(destination)
        self.length = BigEndian(length)
        self.checksum = BigEndian(checksum)
    }
}
