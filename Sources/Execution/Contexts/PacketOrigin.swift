/// Where a packet came from; what the context says about it besides its bytes.
public struct PacketOrigin: Hashable, Sendable {
    /// The index of the interface that received it.
    public var interface: UInt32
    /// The receive queue.
    public var queue: UInt32
    /// The index of the interface that will send it, for XDP programs in a devmap.
    public var egressInterface: UInt32
    /// The socket buffer's mark.
    public var mark: UInt32
    /// The socket buffer's priority.
    public var priority: UInt32
    /// When it was received, in nanoseconds.
    public var timestamp: UInt64
    /// Its length on the wire, where it was captured shorter.
    public var wireLength: Int?
    /// Whom it is for; `nil` tells by the destination address: a group, or this host.
    public var packetType: PacketType?
    /// The VLAN tag that the interface took out of the packet.
    public var vlan: VLANTag?
    /// The flow hash that the interface computed.
    public var hash: UInt32?
    /// The largest packet that interfaces send, without the link header (`bpf_check_mtu`).
    public var maximumTransmissionUnit: UInt32
    /// Whether data begins after the link header; `nil` lets the type of program decide.
    public var hidesLinkHeader: Bool?

    /// A packet from the first interface's first queue, unless said otherwise.
    public init(
        interface: UInt32 = 1,
        queue: UInt32 = 0,
        egressInterface: UInt32 = 0,
        mark: UInt32 = 0,
        priority: UInt32 = 0,
        timestamp: UInt64 = 0,
        wireLength: Int? = nil,
        packetType: PacketType? = nil,
        vlan: VLANTag? = nil,
        hash: UInt32? = nil,
        maximumTransmissionUnit: UInt32 = 1500,
        hidesLinkHeader: Bool? = nil
    ) {
        self.interface = interface
        self.queue = queue
        self.egressInterface = egressInterface
        self.mark = mark
        self.priority = priority
        self.timestamp = timestamp
        self.wireLength = wireLength
        self.packetType = packetType
        self.vlan = vlan
        self.hash = hash
        self.maximumTransmissionUnit = maximumTransmissionUnit
        self.hidesLinkHeader = hidesLinkHeader
    }
}

/// Whom a packet is for (`pkt_type`; `PACKET_…` in `linux/if_packet.h`).
public enum PacketType: UInt32, Sendable {
    /// This host (`PACKET_HOST`).
    case host = 0
    /// Everyone on the link (`PACKET_BROADCAST`).
    case broadcast
    /// A group (`PACKET_MULTICAST`).
    case multicast
    /// Another host, seen because the interface takes everything (`PACKET_OTHERHOST`).
    case otherHost
    /// Someone else: this host sends it (`PACKET_OUTGOING`).
    case outgoing

    /// By the destination address in an Ethernet header.
    init(destination: UnsafeRawBufferPointer) {
        guard let first = unsafe destination.first, first & 1 != 0 else {
            self = .host
            return
        }
        self = unsafe destination.prefix(6).allSatisfy { $0 == 0xff } ? .broadcast : .multicast
    }
}

/// A VLAN tag (IEEE 802.1Q), where it is kept beside the packet.
public struct VLANTag: Hashable, Sendable {
    /// The tag's type: 0x8100, or 0x88a8 for the outer one of two.
    public var type: UInt16
    /// Priority (3 bits), drop eligibility (1) and VLAN number (12).
    public var control: UInt16

    /// A tag of a type.
    public init(type: UInt16 = 0x8100, control: UInt16) {
        self.type = type
        self.control = control
    }
}
