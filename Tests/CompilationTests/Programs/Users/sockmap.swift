// Sockets of one machine talk to each other without TCP in between.
import EBPFProgram

struct Peer {
    var local: IPv4Address; var remote: IPv4Address; var localPort: UInt32; var remotePort: UInt32
}
let sockets = SocketHash<Peer>(maxEntries: 1024)
let redirected = Global<UInt64>(0)

@section("sockops") @used
func remember(_ event: SocketEvent) -> Int32 {
    guard event.family == 2 else { return 0 }
    if event.operation == 4 || event.operation == 5 {
        sockets.add(
            event,
            at: Peer(
                local: event.local4, remote: event.remote4, localPort: event.localPort,
                remotePort: UInt32(event.remotePort)))
    }
    return 0
}

@section("sk_msg") @used
func shortcut(_ message: SocketMessage) -> SocketVerdict {
    guard message.family == 2 else { return .pass }
    let peer = Peer(
        local: message.remote4, remote: message.local4, localPort: UInt32(message.remotePort),
        remotePort: message.localPort)
    redirected.atomicAdd(1)
    return sockets.redirect(message, to: peer, ingress: true)
}
