// Kinds of QUIC packets, and the connections that begin (XDP).
import EBPFProgram
enum Packet { case initial(version: UInt32, length: UInt8), short, unknown }
let seen = HashMap<UInt64, UInt32>(maxEntries: 1024)
let kinds = PerCPUArray<UInt64>(maxEntries: 3)
func parse(_ context: XDPContext, at offset: Int) -> Packet {
    guard let first = context.header(UInt8.self, at: offset) else { return .unknown }
    guard first.value & 0x80 != 0 else { return .short }
    guard let version = context.header(BigEndian<UInt32>.self, at: offset + 1),
        let length = context.header(UInt8.self, at: offset + 5)
    else { return .unknown }
    return .initial(version: version.value.value, length: length.value)
}
@section("xdp") @used
func quic(_ context: XDPContext) -> XDPAction {
    guard let ip = context.header(IPv4.self, at: 14), ip.value.protocol == .udp else {
        return .pass
    }
    let start = 14 + ip.value.headerLength + 8
    switch parse(context, at: start) {
    case .initial(let version, let length) where length <= 20:
        kinds[0, default: 0] += 1
        guard length >= 8, let id = context.header(BigEndian<UInt64>.self, at: start + 6) else {
            return .pass
        }
        seen[id.value.value] = version
    case .initial: return .drop
    case .short: kinds[1, default: 0] += 1
    case .unknown: kinds[2, default: 0] += 1
    }
    return .pass
}
