// Measures how long each server takes to answer (tc): of TCP the time from SYN to SYN-ACK, of UDP
// from the first datagram to the first one that comes back.
import EBPFProgram

/// An address of IPv6; one of IPv4 is written as in ::ffff:192.0.2.1.
public struct Address: BitwiseCopyable {
    public var high: UInt64
    public var low: UInt64

    init(mapped address: IPv4Address) {
        high = 0
        low = UInt64(address.bits) << 32 | 0xffff_0000
    }
}

/// The two ends of a connection.
public struct Flow: BitwiseCopyable {
    public var client: Address
    public var server: Address
    public var clientPort: UInt16 = 0
    public var serverPort: UInt16 = 0

    /// The same connection in a packet that the server sent.
    var reversed: Flow {
        Flow(client: server, server: client, clientPort: serverPort, serverPort: clientPort)
    }
}

public struct Handshake: BitwiseCopyable {
    public var flow: Flow
    public var retransmissions: UInt32
    public var nanoseconds: UInt64
}

public struct Pending: BitwiseCopyable {
    public var since: UInt64
    public var retransmissions: UInt64
}

/// SYNs that nobody has answered yet; the oldest make room for new ones.
let unanswered = LRUHashMap<Flow, Pending>(maxEntries: 16384)
let handshakes = RingBuffer<Handshake>(byteCount: 256 * 1024)

/// Datagrams that nobody has answered yet, and the answers.
let asked = LRUHashMap<Flow, Pending>(maxEntries: 16384)
let answers = RingBuffer<Handshake>(byteCount: 256 * 1024)

let refused = Global<UInt64>(0)  // SYNs answered by RST
let lost = Global<UInt64>(0)  // answers for which a ring buffer had no room

/// The header of an IPv6 packet (RFC 8200).
struct IPv6Header {
    var versionAndFlow: UInt32
    var length: BigEndian<UInt16>
    var next: IPProtocol
    var hopLimit: UInt8
    var source: Address
    var destination: Address
}

/// The header of a TCP segment (RFC 9293).
struct TCPHeader {
    var source: BigEndian<UInt16>
    var destination: BigEndian<UInt16>
    var sequence: UInt32
    var acknowledgment: UInt32
    var offset: UInt8
    var flags: UInt8
    var window: UInt16
    var checksum: UInt16
    var urgent: UInt16

    var isSYN: Bool { flags & 0x02 != 0 }
    var isRST: Bool { flags & 0x04 != 0 }
    var isACK: Bool { flags & 0x10 != 0 }
}

/// What TCP and UDP begin with.
struct Ports {
    var source: BigEndian<UInt16>
    var destination: BigEndian<UInt16>
}

/// The addresses of a packet, what it carries, and where that begins; `nil` if it has none.
func readAddresses(_ packet: SocketBuffer) -> (flow: Flow, carries: IPProtocol, at: Int)? {
    if packet.type == .ipv4 {
        guard let ip = packet.copy(IPv4.self, at: 14), !ip.isLaterFragment else { return nil }
        let flow = Flow(
            client: Address(mapped: ip.source), server: Address(mapped: ip.destination))
        return (flow, ip.protocol, 14 + ip.headerLength)
    }
    if packet.type == .ipv6 {
        guard let ip = packet.copy(IPv6Header.self, at: 14) else { return nil }
        return (Flow(client: ip.source, server: ip.destination), ip.next, 14 + 40)
    }
    return nil
}

@section("tc") @used
func flowLatency(_ packet: SocketBuffer) -> TrafficControlAction {
    guard let (addresses, carries, start) = readAddresses(packet),
        carries == .tcp || carries == .udp, let ports = packet.copy(Ports.self, at: start)
    else { return .pass }
    var flow = addresses
    flow.clientPort = ports.source.value
    flow.serverPort = ports.destination.value

    guard carries == .tcp else {
        exchange(flow)
        return .pass
    }
    guard let tcp = packet.copy(TCPHeader.self, at: start) else { return .pass }
    if tcp.isSYN && !tcp.isACK {
        begin(flow)
    } else if tcp.isACK && (tcp.isSYN || tcp.isRST) {
        end(flow.reversed, refused: !tcp.isSYN)
    }
    return .pass
}

func begin(_ flow: Flow) {
    if let earlier = unanswered.lookup(flow) {
        earlier.pointee.retransmissions.atomicAdd(1)
    } else {
        unanswered.update(flow, Pending(since: KernelTime.now, retransmissions: 0), .ifAbsent)
    }
}

/// A datagram answers the first one that went the other way, or waits for an answer itself.
func exchange(_ flow: Flow) {
    if let pending = asked.lookup(flow.reversed) {
        report(flow.reversed, pending.pointee, to: answers)
        asked.remove(flow.reversed)
    } else if let earlier = asked.lookup(flow) {
        earlier.pointee.retransmissions.atomicAdd(1)
    } else {
        asked.update(flow, Pending(since: KernelTime.now, retransmissions: 0), .ifAbsent)
    }
}

func end(_ flow: Flow, refused isRefusal: Bool) {
    guard let pending = unanswered.lookup(flow) else { return }
    if isRefusal {
        refused.atomicAdd(1)
    } else {
        report(flow, pending.pointee, to: handshakes)
    }
    unanswered.remove(flow)
}

func report(_ flow: Flow, _ pending: Pending, to events: borrowing RingBuffer<Handshake>) {
    guard let record = events.reserve() else {
        lost.atomicAdd(1)
        return
    }
    record.event.flow = flow
    record.event.retransmissions = UInt32(truncatingIfNeeded: pending.retransmissions)
    record.event.nanoseconds = KernelTime.now &- pending.since
    record.submit()
}
