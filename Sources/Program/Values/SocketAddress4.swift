/// An address of IPv4 with a port (`struct sockaddr_in`).
public struct SocketAddress4: BitwiseCopyable, Sendable {
    /// 2, `AF_INET`.
    public var family: UInt16
    /// The port.
    public var port: BigEndian<UInt16>
    /// The address.
    public var address: IPv4Address
    @usableFromInline var zeros: UInt64

    /// An address with a port; port 0 is any.
    @inline(__always)
    public init(_ address: IPv4Address, port: UInt16) {
        family = 2
        self.port = BigEndian(port)
        self.address = address
        zeros = 0
    }
}
