import EBPFProgram
@section("cgroup/connect4") @used
func connect(_ context: SocketAddressContext) -> Permission {
    if context.port == 80 { context.port = 8080; context.address4 = IPv4Address(127, 0, 0, 1) }
    context.bind(to: SocketAddress4(IPv4Address(127, 0, 0, 2), port: 0))
    return .allow
}
@section("cgroup/sysctl") @used
func sysctl(_ context: SysctlContext) -> Permission {
    var name = FixedString<32>()
    guard context.readName(into: &name) else { return .deny }
    return context.isWrite ? .deny : .allow
}
@section("cgroup/dev") @used
func device(_ context: DeviceContext) -> Permission { context.major == 1 ? .allow : .deny }
@section("cgroup/getsockopt") @used
func option(_ context: SocketOptionContext) -> Permission {
    if context.level == 1 { context.result = 0 }
    return .allow
}
@section("cgroup/sock_create") @used
func create(_ socket: SocketContext) -> Permission { socket.mark = 5; return .allow }
@section("cgroup_skb/ingress") @used
func arrive(_ packet: SocketBuffer) -> Permission { packet.byteCount > 1500 ? .deny : .allow }
