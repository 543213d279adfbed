// A table of connections with states; both directions are one entry.
import EBPFProgram

struct Tuple: Equatable {
    var source: IPv4Address
    var destination: IPv4Address
    var sourcePort: UInt16
    var destinationPort: UInt16
    var number: UInt32

    var reversed: Tuple {
        Tuple(
            source: destination, destination: source, sourcePort: destinationPort,
            destinationPort: sourcePort, number: number)
    }
}
enum State: UInt32 { case new, established, closing, closed }
struct Connection {
    var packets: UInt64 = 0; var bytes: UInt64 = 0; var lastSeen: UInt64 = 0;
    var state: State = .new; var pad: UInt32 = 0
}

let connections = LRUHashMap<Tuple, Connection>(maxEntries: 16384)

func step(_ state: State, _ tcp: TCP) -> State {
    switch (state, tcp.flags.contains(.syn), !tcp.flags.isDisjoint(with: [.fin, .rst])) {
    case (_, _, true): state == .closing ? .closed : .closing
    case (.new, false, _): .established
    case (let state, _, _): state
    }
}

@section("tc") @used
func track(_ buffer: SocketBuffer) -> TrafficControlAction {
    guard buffer.type == .ipv4, let ip = buffer.header(IPv4.self, at: 14),
        ip.value.protocol == .tcp,
        let tcp = buffer.header(TCP.self, at: 14 + ip.value.headerLength)
    else { return .pass }
    let tuple = Tuple(
        source: ip.value.source, destination: ip.value.destination,
        sourcePort: tcp.value.source.value, destinationPort: tcp.value.destination.value, number: 6)
    let known = connections.lookup(tuple) ?? connections.lookup(tuple.reversed)
    if let known {
        known.pointee.packets += 1
        known.pointee.bytes += UInt64(ip.value.totalLength.value)
        known.pointee.lastSeen = KernelTime.sinceBoot
        known.pointee.state = step(known.pointee.state, tcp.value)
    } else if tcp.value.flags.contains(.syn) {
        connections[tuple] = Connection(packets: 1)
    } else {
        return .drop
    }
    return .pass
}
