/// Data that a process sends through a socket (`struct sk_msg_md`).
public struct SocketMessage: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var family: UInt32 { load(16) }

    /// The peer's address, of IPv4.
    @inline(__always)
    public var remote4: IPv4Address { load(20) }

    /// Our address, of IPv4.
    @inline(__always)
    public var local4: IPv4Address { load(24) }

    /// The peer's address, of IPv6.
    @inline(__always)
    public var remote6: IPv6Address { address6(28) }

    /// Our address, of IPv6.
    @inline(__always)
    public var local6: IPv6Address { address6(44) }

    /// The port of the peer.
    @inline(__always)
    public var remotePort: UInt16 {
        UInt16(bigEndian: UInt16(truncatingIfNeeded: load(60, as: UInt32.self) >> 16))
    }

    /// Our port.
    @inline(__always)
    public var localPort: UInt32 { load(64) }

    /// How many bytes are sent.
    @inline(__always)
    public var byteCount: Int { Int(load(68, as: UInt32.self)) }

    /// The first byte in reach.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { widePointer(0) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { widePointer(8) }

    /// Applies the verdict to so many bytes (`bpf_msg_apply_bytes`).
    @inline(__always)
    public func apply(_ count: UInt32) { Helpers.msgApplyBytes(pointer, count) }

    /// Waits until there are so many bytes (`bpf_msg_cork_bytes`).
    @inline(__always)
    public func cork(_ count: UInt32) { Helpers.msgCorkBytes(pointer, count) }

    /// Brings bytes into reach (`bpf_msg_pull_data`); returns whether that could be done.
    @inline(__always) @discardableResult
    public func pull(_ range: Range<UInt32>) -> Bool {
        Helpers.msgPullData(pointer, range.lowerBound, range.upperBound, 0) == 0
    }
}
