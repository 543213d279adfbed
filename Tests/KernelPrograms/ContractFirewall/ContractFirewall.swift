// As the contract of kernel programs in Swift has it: it compiles as it is written.
import EBPFProgram

let blockedPorts = HashMap<UInt16, UInt64>(maxEntries: 1024)
let blockedNetworks = LPMTrie<IPv4Address, UInt64>(maxEntries: 1024)
let types = HashMap<UInt16, UInt64>(maxEntries: 64)
let passed = PerCPUArray<UInt64>(maxEntries: 1)
let limit = Config<UInt32>(100)

struct Ports { var source: BigEndian<UInt16>; var destination: BigEndian<UInt16> }

@section("xdp") @used
func firewall(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self, at: 0) else { return .pass }
    types[ethernet.value.type.value, default: 0] += 1
    guard ethernet.value.type == .ipv4, let ip = packet.header(IPv4.self, at: 14) else { return .pass }
    if let hits = blockedNetworks.longestMatch(ip.value.source) { hits.atomicAdd(1); return .drop }
    guard ip.value.protocol == .tcp || ip.value.protocol == .udp,
          let ports = packet.header(Ports.self, at: 14 + ip.value.headerLength) else { return .pass }
    if let hits = blockedPorts.lookup(ports.value.destination.value) { hits.atomicAdd(1); return .drop }
    passed.lookup(0)?.pointee += 1
    return .pass
}
