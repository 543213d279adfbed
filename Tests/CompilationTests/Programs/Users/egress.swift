// Egress of a control group only to permitted networks.
import EBPFProgram

let allowed4 = LPMTrie<IPv4Address, UInt32>(maxEntries: 256)
let allowed6 = LPMTrie<IPv6Address, UInt32>(maxEntries: 256)
let verdicts = ArrayMap<UInt64>(maxEntries: 2)

@section("cgroup_skb/egress") @used
func egress(_ buffer: SocketBuffer) -> Permission {
    var permitted = false
    switch buffer.type {
    case .ipv4:
        if let ip = buffer.header(IPv4.self) {
            permitted = allowed4.longestMatch(ip.value.destination) != nil
        }
    case .ipv6:
        if let ip = buffer.header(IPv6.self) {
            permitted = allowed6.longestMatch(ip.value.destination) != nil
        }
    default: permitted = true
    }
    verdicts[permitted ? 1 : 0, default: 0] += 1
    return permitted ? .allow : .deny
}

@section("cgroup/sendmsg6") @used
func datagram(_ address: SocketAddressContext) -> Permission {
    allowed6.longestMatch(address.address6) == nil ? .deny : .allow
}
