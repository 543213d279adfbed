import EBPFProgram
let sockets = SocketMap(maxEntries: 8)
let hash = SocketHash<UInt32>(maxEntries: 8)
@section("sk_msg") @used
func message(_ message: SocketMessage) -> SocketVerdict {
    message.apply(100)
    return hash.redirect(message, to: message.localPort, ingress: true)
}
@section("sockops") @used
func event(_ event: SocketEvent) -> Int32 {
    if event.operation == 4 { hash.add(event, at: event.localPort); sockets.add(event, at: 0) }
    return 1
}
@section("sk_skb/stream_verdict") @used
func verdict(_ packet: SocketBuffer) -> SocketVerdict { sockets.redirect(packet, to: 0) }
@section("sk_lookup") @used
func find(_ lookup: SocketLookup) -> SocketVerdict {
    if lookup.localPort == 80, lookup.assign(sockets, 1) { return .pass }
    return .drop
}
