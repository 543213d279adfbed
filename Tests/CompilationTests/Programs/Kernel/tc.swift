import EBPFProgram
@section("tc") @used
func tc(_ packet: SocketBuffer) -> TrafficControlAction {
    packet.mark = 7
    guard packet.type == .ipv4, let ip = packet.header(IPv4.self, at: 14) else { return .next }
    packet.setScratch(0, 3)
    return ip.value.protocol == .tcp ? .drop : .pass
}
