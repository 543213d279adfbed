/// A packet on its way through the network: the argument of programs of traffic control, sockets,
/// routes and control groups (`struct __sk_buff`). Not every kind of program sees every field.
public struct SocketBuffer: PacketContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The length of the packet in bytes.
    @inline(__always)
    public var byteCount: Int { Int(load(0, as: UInt32.self)) }

    /// For whom it is: 0 for us, 1 for all, 2 for some, 3 for others, 4 from us (`PACKET_…`).
    @inline(__always)
    public var packetType: UInt32 { load(4) }

    /// The mark that firewalls and routes look at.
    @inline(__always)
    public var mark: UInt32 {
        get { load(8) }
        nonmutating set { store(newValue, at: 8) }
    }

    /// The queue of the device.
    @inline(__always)
    public var queue: UInt32 { load(12) }

    /// Whether a tag of a virtual network was taken off.
    @inline(__always)
    public var vlanIsPresent: Bool { load(20, as: UInt32.self) != 0 }

    /// The tag that was taken off.
    @inline(__always)
    public var vlanTag: UInt32 { load(24) }

    /// The priority in queues.
    @inline(__always)
    public var priority: UInt32 {
        get { load(32) }
        nonmutating set { store(newValue, at: 32) }
    }

    /// The number of the interface that it came in by.
    @inline(__always)
    public var ingressInterface: UInt32 { load(36) }

    /// The number of the interface that it is at.
    @inline(__always)
    public var interface: UInt32 { load(40) }

    /// The index for traffic control (`tc_index`).
    @inline(__always)
    public var trafficClassIndex: UInt32 {
        get { load(44) }
        nonmutating set { store(newValue, at: 44) }
    }

    /// The hash of its flow, if it was computed.
    @inline(__always)
    public var hash: UInt32 { load(68) }

    /// The class for traffic control (`tc_classid`).
    @inline(__always)
    public var classID: UInt32 {
        get { load(72) }
        nonmutating set { store(newValue, at: 72) }
    }

    /// The family of its socket: 2 for IPv4, 10 for IPv6.
    @inline(__always)
    public var family: UInt32 { load(88) }

    /// The port of the peer of its socket.
    @inline(__always)
    public var remotePort: UInt16 {
        UInt16(bigEndian: UInt16(truncatingIfNeeded: load(132, as: UInt32.self)))
    }

    /// When it is to be sent, in nanoseconds.
    @inline(__always)
    public var timestamp: UInt64 {
        get { load(152) }
        nonmutating set { store(newValue, at: 152) }
    }

    /// The length on the wire, with headers for each segment.
    @inline(__always)
    public var wireLength: UInt32 { load(160) }

    /// How many segments it will become.
    @inline(__always)
    public var segments: UInt32 { load(164) }

    /// How long each segment will be.
    @inline(__always)
    public var segmentSize: UInt32 { load(176) }

    /// The first byte of the packet.
    @inline(__always)
    public var dataStart: UnsafeMutableRawPointer { narrowPointer(76) }

    /// The byte after the last one in reach.
    @inline(__always)
    public var dataEnd: UnsafeMutableRawPointer { narrowPointer(80) }

    /// What it carries.
    @inline(__always)
    public var type: EtherType {
        EtherType(
            UInt16(bigEndian: UInt16(truncatingIfNeeded: load(16, as: UInt32.self))))
    }

    /// The port of its socket here.
    @inline(__always)
    public var localPort: UInt16 { UInt16(truncatingIfNeeded: load(136, as: UInt32.self)) }

    /// One of five words that programs of the same packet can share, `index` from 0 to 4 (`cb`).
    @inline(__always)
    public func scratch(_ index: Int) -> UInt32 { load(48 + 4 * index) }

    /// Sets one of the five words.
    @inline(__always)
    public func setScratch(_ index: Int, _ value: UInt32) { store(value, at: 48 + 4 * index) }
}
