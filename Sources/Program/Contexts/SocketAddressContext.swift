/// An address that a process gives to or gets from the kernel: `bind`, `connect`, `sendmsg`,
/// `recvmsg`, `getpeername`, `getsockname` at a control group (`struct bpf_sock_addr`).
public struct SocketAddressContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The family of the address: 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var userFamily: UInt32 { load(0) }

    /// The address, of IPv4.
    @inline(__always)
    public var address4: IPv4Address {
        get { load(4) }
        nonmutating set { store(newValue, at: 4) }
    }

    /// The address, of IPv6.
    @inline(__always)
    public var address6: IPv6Address { address6(8) }

    /// The family of the socket.
    @inline(__always)
    public var family: UInt32 { load(28) }

    /// 1 for streams, 2 for datagrams.
    @inline(__always)
    public var type: UInt32 { load(32) }

    /// The number of its protocol.
    @inline(__always)
    public var `protocol`: IPProtocol {
        IPProtocol(UInt8(truncatingIfNeeded: load(36, as: UInt32.self)))
    }

    /// The address that a datagram is sent from.
    @inline(__always)
    public var messageSource4: IPv4Address {
        get { load(40) }
        nonmutating set { store(newValue, at: 40) }
    }

    /// The port.
    @inline(__always)
    public var port: UInt16 {
        get { UInt16(bigEndian: UInt16(truncatingIfNeeded: load(24, as: UInt32.self))) }
        nonmutating set { store(UInt32(newValue.bigEndian), at: 24) }
    }

    /// Sets the address, of IPv6.
    @inline(__always)
    public func setAddress6(_ address: IPv6Address) {
        store(address.words.0, at: 8)
        store(address.words.1, at: 12)
        store(address.words.2, at: 16)
        store(address.words.3, at: 20)
    }

    /// A number that no other socket has, until the system is started again
    /// (`bpf_get_socket_cookie`).
    @inline(__always)
    public var cookie: UInt64 { Helpers.getSocketCookie(pointer) }

    /// Binds the socket to an address before it connects (`bpf_bind`); the port is 0 for any.
    @inline(__always) @discardableResult
    public func bind(to address: SocketAddress4) -> Bool {
        var address = address
        return Helpers.bind(
            pointer, &address, Int32(truncatingIfNeeded: MemoryLayout<SocketAddress4>.size)) == 0
    }
}
