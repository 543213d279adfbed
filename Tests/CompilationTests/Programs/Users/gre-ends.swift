// Takes GRE off packets, with or without a key (XDP).
import EBPFProgram
struct GRE { var flags: BigEndian<UInt16>; var type: EtherType }
let keys = HashMap<UInt32, UInt64>(maxEntries: 64)
@section("xdp") @used
func decapsulate(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self), ethernet.value.type == .ipv4,
        let outer = packet.header(IPv4.self, at: 14), outer.value.protocol == .gre,
        let gre = packet.header(GRE.self, at: 14 + outer.value.headerLength),
        gre.value.type == .ipv4
    else { return .pass }
    var length = outer.value.headerLength + 4
    if gre.value.flags.value & 0x2000 != 0 {
        guard let key = packet.header(BigEndian<UInt32>.self, at: 14 + length) else { return .drop }
        guard let count = keys.lookup(key.value.value) else { return .drop }
        count.pointee += 1
        length += 4
    }
    let old = ethernet.value
    guard packet.adjustHead(by: Int32(length)) else { return .aborted }
    guard let new = packet.header(Ethernet.self) else { return .aborted }
    new.value = old
    return .pass
}
