import EBPFProgram
struct Mark { var value: UInt32 }
@section("xdp") @used
func arrive(_ packet: XDPContext) -> XDPAction {
    guard packet.adjustMetadata(by: -4) else { return .aborted }
    guard let mark = packet.metadata(Mark.self) else { return .aborted }
    mark.value.value = 7
    if let type = packet.copy(UInt16.self, at: 12), type == 0x0608 { packet.write(UInt8(1), at: 0) }
    guard packet.byteCount > 64 else { return packet.adjustHead(by: -8) ? .transmit : .drop }
    if let ip = packet.header(IPv4.self, at: 14) {
        var route = RouteLookup(
            from: ip.value.source, to: ip.value.destination, by: packet.interface)
        if route.find(packet) == 0, let frame = packet.header(Ethernet.self) {
            frame.value.destination = route.nextHardware
            frame.value.source = route.ownHardware
            return packet.redirect(to: route.interface)
        }
    }
    return packet.adjustTail(by: -4) ? .pass : .drop
}
@section("tc") @used
func leave(_ packet: SocketBuffer) -> TrafficControlAction {
    packet.pull(64)
    guard let ttl = packet.copy(UInt8.self, at: 22) else { return .pass }
    packet.updateHeaderChecksum(at: 24, from: UInt64(ttl), to: UInt64(ttl &- 1), size: 2)
    packet.updateChecksum(at: 40, from: 1, to: 2, size: 2)
    packet.write(ttl &- 1, at: 22)
    packet.pushVLAN(7)
    packet.popVLAN()
    packet.clone(to: 1)
    if packet.cookie == 3 { return packet.redirectToPeer(of: 5) }
    return ttl == 3 ? packet.redirect(to: 1, ingress: true) : packet.redirectToNeighbour(by: 2)
}
