/// Something that happens to a TCP connection, at a control group (`struct bpf_sock_ops`).
public struct SocketEvent: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// What happens (`BPF_SOCK_OPS_…`).
    @inline(__always)
    public var operation: UInt32 { load(0) }

    /// What the program answers.
    @inline(__always)
    public var reply: UInt32 {
        get { load(4) }
        nonmutating set { store(newValue, at: 4) }
    }

    /// 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var family: UInt32 { load(20) }

    /// The peer's address, of IPv4.
    @inline(__always)
    public var remote4: IPv4Address { load(24) }

    /// Our address, of IPv4.
    @inline(__always)
    public var local4: IPv4Address { load(28) }

    /// The peer's address, of IPv6.
    @inline(__always)
    public var remote6: IPv6Address { address6(32) }

    /// Our address, of IPv6.
    @inline(__always)
    public var local6: IPv6Address { address6(48) }

    /// Our port.
    @inline(__always)
    public var localPort: UInt32 { load(68) }

    /// Whether all fields are there.
    @inline(__always)
    public var isFullSocket: Bool { load(72, as: UInt32.self) != 0 }

    /// The congestion window in segments.
    @inline(__always)
    public var congestionWindow: UInt32 { load(76) }

    /// The smoothed round-trip time in eighths of a microsecond.
    @inline(__always)
    public var smoothedRoundTrip: UInt32 { load(80) }

    /// Which events are asked for (`BPF_SOCK_OPS_…_CB_FLAG`).
    @inline(__always)
    public var callbackFlags: UInt32 { load(84) }

    /// The state of TCP.
    @inline(__always)
    public var state: UInt32 { load(88) }

    /// The port of the peer.
    @inline(__always)
    public var remotePort: UInt16 {
        UInt16(bigEndian: UInt16(truncatingIfNeeded: load(64, as: UInt32.self) >> 16))
    }

    /// An argument of the event, `index` from 0 to 3.
    @inline(__always)
    public func argument(_ index: Int) -> UInt32 { load(4 + 4 * index) }

    /// Asks for more events (`bpf_sock_ops_cb_flags_set`).
    @inline(__always) @discardableResult
    public func subscribe(_ flags: Int32) -> Bool {
        Helpers.sockOpsCbFlagsSet(pointer, flags) == 0
    }
}
