// What becomes of pings: counted and dropped, or answered before the system sees them (XDP), or
// dropped on their way out (tc).
import EBPFProgram

let dropped = Global<UInt64>(0)
let answered = Global<UInt64>(0)
let stopped = Global<UInt64>(0)

/// A control message of IPv4 (RFC 792).
struct ControlMessage {
    static var echoRequest: UInt8 { 8 }
    static var echoReply: UInt8 { 0 }

    var type: UInt8
    var code: UInt8
    var checksum: UInt16
    var rest: UInt32
}

/// The headers of a request, in an IPv4 packet without options.
struct Ping {
    let ethernet: Header<Ethernet>
    let ip: Header<IPv4>
    let message: Header<ControlMessage>

    /// Finds a request in a packet.
    init?(_ packet: some PacketContext) {
        guard let ethernet = packet.header(Ethernet.self, at: 0), ethernet.value.type == .ipv4,
            let ip = packet.header(IPv4.self, at: 14), ip.value.headerLength == 20,
            ip.value.protocol == .icmp,
            let message = packet.header(ControlMessage.self, at: 34),
            message.value.type == ControlMessage.echoRequest
        else { return nil }
        (self.ethernet, self.ip, self.message) = (ethernet, ip, message)
    }

    /// Makes the answer of it, on its way back.
    func turnIntoReply() {
        ethernet.value.turnAround()
        ip.value.turnAround()
        message.value.type = ControlMessage.echoReply
        // From a request (8) to a reply (0): the checksum grows by what the type shrinks.
        let sum = UInt32(message.value.checksum) + UInt32(ControlMessage.echoRequest)
        message.value.checksum = UInt16(truncatingIfNeeded: sum + sum >> 16)
    }
}

extension Ethernet {
    mutating func turnAround() { swap(&source, &destination) }
}

extension IPv4 {
    mutating func turnAround() { swap(&source, &destination) }
}

@section("xdp") @used
func dropPings(_ packet: XDPContext) -> XDPAction {
    guard Ping(packet) != nil else { return .pass }
    dropped.atomicAdd(1)
    return .drop
}

@section("xdp") @used
func answerPings(_ packet: XDPContext) -> XDPAction {
    guard let ping = Ping(packet) else { return .pass }
    ping.turnIntoReply()
    answered.atomicAdd(1)
    return .transmit
}

@section("tc") @used
func stopPings(_ packet: SocketBuffer) -> TrafficControlAction {
    guard Ping(packet) != nil else { return .pass }
    stopped.atomicAdd(1)
    return .drop
}
