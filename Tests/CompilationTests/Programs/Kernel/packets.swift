import EBPFProgram
let names = HashMap<UInt16, UInt64>(maxEntries: 16)
@section("xdp") @used
func packets(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self) else { return .aborted }
    if ethernet.value.destination.isGroup { return .pass }
    var type = ethernet.value.type
    var offset = 14
    if type == .vlan {
        guard let tag = packet.header(VLANTag.self, at: 14) else { return .aborted }
        if tag.value.identifier == 7 { return .drop }
        type = tag.value.type
        offset += 4
    }
    if type == .arp {
        guard let arp = packet.header(ARP.self, at: offset) else { return .aborted }
        if arp.value.operation.value == 1, arp.value.target == IPv4Address(10, 0, 0, 1) {
            return .transmit
        }
        return .pass
    }
    if type == .ipv6 {
        guard let payload = packet.ipv6Payload(at: offset) else { return .drop }
        if payload.isLaterFragment { return .pass }
        guard payload.protocol == .udp, payload.offset < 512,
            let udp = packet.header(UDP.self, at: payload.offset)
        else { return .pass }
        if udp.value.destination.value == 53,
            let dns = packet.header(DNSHeader.self, at: payload.offset + 8)
        {
            names[dns.value.identifier.value, default: 0] += 1
            return dns.value.isAnswer ? .drop : .pass
        }
        return .pass
    }
    guard type == .ipv4, let ip = packet.header(IPv4.self, at: offset) else { return .pass }
    if ip.value.isLaterFragment { return .pass }
    let transport = offset + ip.value.headerLength
    switch ip.value.protocol {
    case .tcp:
        guard let tcp = packet.header(TCP.self, at: transport) else { return .drop }
        if tcp.value.flags.contains(.syn), !tcp.value.flags.contains(.ack) { return .drop }
        let old = tcp.value.destination
        tcp.value.destination = BigEndian(8080)
        tcp.value.checksum.update(from: old, to: tcp.value.destination)
        let address = IPv4Address(10, 1, 2, 3)
        tcp.value.checksum.update(from: ip.value.destination, to: address)
        ip.value.checksum.update(from: ip.value.destination, to: address)
        ip.value.destination = address
        ip.value.decrementTimeToLive()
    case .icmp:
        guard let icmp = packet.header(ICMP.self, at: transport) else { return .drop }
        if icmp.value.type == 8 { icmp.value.type = 0 }
    default: break
    }
    return .pass
}
