// TCP retransmissions by destination.
import EBPFProgram

struct Retransmit {
    var common: UInt64
    var socketBuffer: UInt64
    var socket: UInt64
    var state: Int32
    var sourcePort: UInt16
    var destinationPort: UInt16
    var family: UInt16
    var source4: IPv4Address
    var destination4: IPv4Address
    var source6: IPv6Address
    var destination6: IPv6Address
}
struct Event {
    var time: UInt64
    var pid: UInt32
    var state: Int32
    var source: IPv4Address
    var destination: IPv4Address
    var sourcePort: UInt16
    var destinationPort: UInt16
    var unused: UInt32 = 0
    var command: FixedString<16>
}
let events = RingBuffer<Event>(byteCount: 1 << 16)
let byPeer = HashMap<IPv4Address, UInt64>(maxEntries: 1024)

@section("tracepoint/tcp/tcp_retransmit_skb") @used
func onRetransmit(_ context: TracepointContext<Retransmit>) -> Int32 {
    let fields = context.fields
    guard fields.family == 2 else { return 0 }
    byPeer[fields.destination4, default: 0] += 1
    events.send(
        Event(
            time: KernelTime.sinceBoot, pid: Process.id, state: fields.state,
            source: fields.source4, destination: fields.destination4,
            sourcePort: fields.sourcePort, destinationPort: fields.destinationPort,
            command: Process.command))
    return 0
}
