// Walks IPv6 extension headers, drops routing headers of type 0 and too long chains.
import EBPFProgram

struct Extension { var next: UInt8; var length: UInt8; var first: UInt8; var second: UInt8 }
let kinds = ArrayMap<UInt64>(maxEntries: 256)

@section("xdp") @used
func walk(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self), ethernet.value.type == .ipv6,
        let ip = packet.header(IPv6.self, at: 14)
    else { return .pass }
    var next = ip.value.next
    var offset = 54
    for _ in 0..<8 {
        kinds[UInt32(next.value), default: 0] += 1
        switch next {
        case .hopByHop, .ipv6Routing, .destinationOptions:
            guard let header = packet.header(Extension.self, at: offset) else { return .drop }
            if next == .ipv6Routing && header.value.first == 0 { return .drop }
            next = IPProtocol(header.value.next)
            offset += (Int(header.value.length) + 1) * 8
        case .ipv6Fragment:
            guard let header = packet.header(Extension.self, at: offset) else { return .drop }
            next = IPProtocol(header.value.next)
            offset += 8
        default: return .pass
        }
    }
    return .drop
}
