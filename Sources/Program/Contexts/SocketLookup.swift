/// A connection or datagram that looks for its socket (`struct bpf_sk_lookup`).
public struct SocketLookup: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var family: UInt32 { load(8) }

    /// The number of the protocol.
    @inline(__always)
    public var `protocol`: IPProtocol {
        IPProtocol(UInt8(truncatingIfNeeded: load(12, as: UInt32.self)))
    }

    /// The peer's address, of IPv4.
    @inline(__always)
    public var remote4: IPv4Address { load(16) }

    /// The peer's address, of IPv6.
    @inline(__always)
    public var remote6: IPv6Address { address6(20) }

    /// The address it is for, of IPv4.
    @inline(__always)
    public var local4: IPv4Address { load(40) }

    /// The address it is for, of IPv6.
    @inline(__always)
    public var local6: IPv6Address { address6(44) }

    /// The port it is for.
    @inline(__always)
    public var localPort: UInt32 { load(60) }

    /// The number of the interface that it came in by.
    @inline(__always)
    public var interface: UInt32 { load(64) }

    /// The port of the peer.
    @inline(__always)
    public var remotePort: UInt16 { UInt16(bigEndian: load(36)) }

    /// Gives it to the socket at an index of a map (`bpf_sk_assign`); returns whether that could be
    /// done.
    @inline(__always)
    public func assign(_ sockets: borrowing SocketMap, _ index: UInt32) -> Bool {
        var index = index
        guard let socket = Helpers.mapLookupElem(sockets.address, &index) else { return false }
        let result = Helpers.skAssign(pointer, socket, 0)
        Helpers.skRelease(socket)
        return result == 0
    }
}
