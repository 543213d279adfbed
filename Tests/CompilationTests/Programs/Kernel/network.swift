import EBPFProgram
let sockets = SocketMap(maxEntries: 4)
@section("flow_dissector") @used
func dissect(_ context: FlowContext) -> FlowVerdict {
    guard let ip = context.header(IPv4.self) else { return .next }
    context.keys.pointee.protocol = ip.value.protocol
    return .next
}
@section("netfilter") @used
func filter(_ context: NetfilterContext) -> NetfilterVerdict {
    context.packet.field("sk_buff.len", as: UInt32.self) > 9000 ? .drop : .accept
}
@section("sk_reuseport") @used
func choose(_ context: ReusePortContext) -> SocketVerdict {
    context.select(sockets, context.hash & 3) ? .pass : .drop
}
@section("socket") @used
func capture(_ packet: SocketBuffer) -> Int32 {
    guard let type = packet.copy(UInt16.self, at: 12) else { return 0 }
    return type == 0x0008 ? -1 : 0
}
@section("lwt_xmit") @used
func route(_ packet: SocketBuffer) -> Int32 { packet.mark == 3 ? 2 : 0 }
