/// A socket at a control group: being made, bound or released (`struct bpf_sock`).
public struct SocketContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The number of the interface it is bound to; 0 for none.
    @inline(__always)
    public var boundInterface: UInt32 {
        get { load(0) }
        nonmutating set { store(newValue, at: 0) }
    }

    /// 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var family: UInt32 { load(4) }

    /// 1 for streams, 2 for datagrams.
    @inline(__always)
    public var type: UInt32 { load(8) }

    /// The number of its protocol.
    @inline(__always)
    public var `protocol`: IPProtocol {
        IPProtocol(UInt8(truncatingIfNeeded: load(12, as: UInt32.self)))
    }

    /// The mark of its packets.
    @inline(__always)
    public var mark: UInt32 {
        get { load(16) }
        nonmutating set { store(newValue, at: 16) }
    }

    /// The priority of its packets.
    @inline(__always)
    public var priority: UInt32 {
        get { load(20) }
        nonmutating set { store(newValue, at: 20) }
    }

    /// Its address, of IPv4.
    @inline(__always)
    public var source4: IPv4Address { load(24) }

    /// Its address, of IPv6.
    @inline(__always)
    public var source6: IPv6Address { address6(28) }

    /// Its port.
    @inline(__always)
    public var sourcePort: UInt32 { load(44) }

    /// Its state, as of TCP: 1 is established, 10 listens.
    @inline(__always)
    public var state: UInt32 { load(72) }
}
