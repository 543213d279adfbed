/// The argument of an XDP program: a packet that has just arrived (`struct xdp_md`).
public struct XDPContext: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The number of the interface that the packet came in by.
    @inline(__always)
    public var interface: UInt32 { load(12) }

    /// The number of the queue that the packet came in by.
    @inline(__always)
    public var queue: UInt32 { load(16) }

    /// The number of the interface that it leaves by, in a program of a device map.
    @inline(__always)
    public var egressInterface: UInt32 { load(20) }

    /// The first byte of the packet.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { narrowPointer(0) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { narrowPointer(4) }

    /// The first byte of the metadata, which ends where the packet begins.
    @inline(__always)
    public var metadataStart: UnsafeMutableRawPointer { narrowPointer(8) }

    /// The length of the packet in bytes (`bpf_xdp_get_buff_len`, Linux 5.18).
    @inline(__always)
    public var byteCount: Int { Int(truncatingIfNeeded: Helpers.xdpGetBuffLen(pointer)) }
}
