// Only addresses with the hardware address that is on record may speak ARP.
import EBPFProgram

struct Violation { var claimed: IPv4Address; var actual: MACAddress; var expected: MACAddress }
let bindings = HashMap<IPv4Address, MACAddress>(maxEntries: 256)
let violations = RingBuffer<Violation>(byteCount: 4096)

@section("xdp") @used
func guardARP(_ packet: XDPContext) -> XDPAction {
    guard let ethernet = packet.header(Ethernet.self), ethernet.value.type == .arp,
        let arp = packet.header(ARP.self, at: 14)
    else { return .pass }
    let sender = arp.value.sender
    guard let expected = bindings[sender] else { return .pass }
    guard expected == arp.value.senderHardware, expected == ethernet.value.source else {
        violations.send(
            Violation(claimed: sender, actual: arp.value.senderHardware, expected: expected))
        return .drop
    }
    return .pass
}
