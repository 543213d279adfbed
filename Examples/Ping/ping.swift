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

/// All headers of a ping, in an IPv4 packet without options.
struct Ping {
    var ethernet: Ethernet
    var ip: IPv4
    var message: ControlMessage

    var isRequest: Bool {
        ethernet.type == .ipv4 && ip.headerLength == 20 && ip.protocol == .icmp
            && message.type == ControlMessage.echoRequest
    }

    /// Makes the answer of a request, on its way back.
    mutating func turnIntoReply() {
        swap(&ethernet.source, &ethernet.destination)
        swap(&ip.source, &ip.destination)
        message.type = ControlMessage.echoReply
        // From a request (8) to a reply (0): the checksum grows by what the type shrinks.
        let sum = UInt32(message.checksum) + UInt32(ControlMessage.echoRequest)
        message.checksum = UInt16(truncatingIfNeeded: sum + sum >> 16)
    }
}

@section("xdp") @used
func dropPings(_ packet: XDPContext) -> XDPAction {
    guard let ping = packet.header(Ping.self), ping.value.isRequest else { return .pass }
    dropped.atomicAdd(1)
    return .drop
}

@section("xdp") @used
func answerPings(_ packet: XDPContext) -> XDPAction {
    guard let ping = packet.header(Ping.self), ping.value.isRequest else { return .pass }
    ping.value.turnIntoReply()
    answered.atomicAdd(1)
    return .transmit
}

@section("tc") @used
func stopPings(_ packet: SocketBuffer) -> TrafficControlAction {
    guard let ping = packet.header(Ping.self), ping.value.isRequest else { return .pass }
    stopped.atomicAdd(1)
    return .drop
}
