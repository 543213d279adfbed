/// A connection or datagram for a group of sockets on one port (`struct sk_reuseport_md`).
public struct ReusePortContext: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The length of the packet in bytes.
    @inline(__always)
    public var byteCount: Int { Int(load(16, as: UInt32.self)) }

    /// The number of its protocol.
    @inline(__always)
    public var `protocol`: IPProtocol {
        IPProtocol(UInt8(truncatingIfNeeded: load(24, as: UInt32.self)))
    }

    /// The hash of its flow.
    @inline(__always)
    public var hash: UInt32 { load(32) }

    /// The first byte in reach.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { widePointer(0) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { widePointer(8) }

    /// Chooses the socket at an index of a map (`bpf_sk_select_reuseport`).
    @inline(__always) @discardableResult
    public func select(_ sockets: borrowing SocketMap, _ index: UInt32) -> Bool {
        var index = index
        return Helpers.skSelectReuseport(pointer, sockets.address, &index, 0) == 0
    }
}
