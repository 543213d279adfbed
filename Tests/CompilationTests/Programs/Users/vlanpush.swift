// Pushes a VLAN tag by source address; pops at ingress.
import EBPFProgram

let tags = HashMap<MACAddress, UInt16>(maxEntries: 128)

@section("tc") @used
func push(_ buffer: SocketBuffer) -> TrafficControlAction {
    guard let ethernet = buffer.header(Ethernet.self), ethernet.value.type != .vlan,
        let tag = tags[ethernet.value.source]
    else { return .pass }
    return buffer.pushVLAN(tag) ? .pass : .drop
}

@section("tc") @used
func pop(_ buffer: SocketBuffer) -> TrafficControlAction {
    guard buffer.vlanIsPresent else { return .pass }
    printk("tag \(buffer.vlanTag)")
    return buffer.popVLAN() ? .pass : .drop
}
