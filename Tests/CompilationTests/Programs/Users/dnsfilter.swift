// Drops DNS queries for names in a map (whole names, in wire form).
import EBPFProgram

struct Name { var bytes: InlineArray<64, UInt8> }
let blocked = HashMap<Name, UInt64>(maxEntries: 1024)
let queries = PerCPUArray<UInt64>(maxEntries: 1)

@section("xdp") @used
func dnsFilter(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self), ethernet.value.type == .ipv4,
        let ip = packet.header(IPv4.self, at: 14), ip.value.protocol == .udp
    else { return .pass }
    let transport = 14 + ip.value.headerLength
    guard let udp = packet.header(UDP.self, at: transport), udp.value.destination.value == 53,
        let dns = packet.header(DNSHeader.self, at: transport + 8), dns.value.isQuestion
    else { return .pass }
    queries[0, default: 0] += 1
    var name = Name(bytes: InlineArray(repeating: 0))
    var offset = transport + 20
    for index in 0..<64 {
        guard let byte = packet.header(UInt8.self, at: offset) else { return .pass }
        if byte.value == 0 { break }
        var letter = byte.value
        if letter >= 65 && letter <= 90 { letter += 32 }
        name.bytes[index] = letter
        offset += 1
    }
    if let hits = blocked.lookup(name) {
        hits.atomicAdd(1)
        return .drop
    }
    return .pass
}
