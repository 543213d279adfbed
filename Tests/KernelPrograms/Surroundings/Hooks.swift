// Programs of control groups, functions and sockets, and what they read of the kernel's objects.
import EBPFProgram

enum Sock {}

struct Family {
    var own: Int32
    var parent: Int32
    var command: FixedString<16>
    var hasCookie: UInt32
    var port: UInt32
}

let family = Global(
    Family(own: 0, parent: 0, command: FixedString(), hasCookie: 0, port: 0))

@section("kprobe/tcp_connect") @used
func onConnect(_ registers: RegistersContext) -> Int32 {
    let task = KernelPointer<Task>.current
    family.value.own = task.field("task_struct.tgid")
    family.value.parent = task.field("task_struct.real_parent", as: KernelPointer<Task>.self)
        .field("task_struct.tgid")
    task.read("task_struct.comm", into: &family.value.command)
    family.value.hasCookie = KernelTypes.exists("task_struct.no_such_field") ? 1 : 0
    let socket = KernelPointer<Sock>(address: registers.argument(0))
    family.value.port = UInt32(
        socket.field("sock.__sk_common.skc_dport", as: BigEndian<UInt16>.self).value)
    return Int32(truncatingIfNeeded: registers.argument(1) &+ registers.returnValue)
}

@section("cgroup/connect4") @used
func redirect(_ context: SocketAddressContext) -> Permission {
    if context.address4 == IPv4Address(169, 254, 169, 254) || context.protocol != .tcp {
        return .deny
    }
    if context.port == 80 {
        context.address4 = IPv4Address(127, 0, 0, 1)
        context.port = 8080
    }
    return .allow
}

@section("cgroup/dev") @used
func openDevice(_ device: DeviceContext) -> Permission {
    device.major == 1 && device.minor == 3 && device.accessType == 2 << 16 | 2 ? .allow : .deny
}

@section("cgroup/sysctl") @used
func changeSetting(_ setting: SysctlContext) -> Permission { setting.isWrite ? .deny : .allow }

@section("cgroup/sock_create") @used
func makeSocket(_ socket: SocketContext) -> Permission {
    socket.family == 10 && socket.protocol == .udp ? .deny : .allow
}

let measured = Global<UInt32>(0)

@section("sockops") @used
func follow(_ event: SocketEvent) -> Int32 {
    guard event.operation == 12, event.remote4 == IPv4Address(198, 51, 100, 7),
        event.remotePort == 443, event.localPort == 40000
    else {
        measured.value = event.argument(1)
        return 0
    }
    measured.value = event.smoothedRoundTrip >> 3
    return 1
}

@section("sk_lookup") @used
func findSocket(_ lookup: SocketLookup) -> SocketVerdict {
    lookup.localPort == 7 && lookup.remotePort == 5555 && lookup.local4 == IPv4Address(10, 0, 0, 1)
        ? .drop : .pass
}

@section("perf_event") @used
func sampled(_ context: PerfEventContext) -> Int32 { Int32(truncatingIfNeeded: context.period) }

@section("sk_msg") @used
func judgeMessage(_ message: SocketMessage) -> SocketVerdict {
    guard let first = message.header(UInt32.self), message.remote4 == IPv4Address(198, 51, 100, 1)
    else { return .pass }
    return message.byteCount == 5 && first.value == 0x2054_4547 && message.localPort == 40000
            && message.remotePort == 80
        ? .drop : .pass
}

@section("cgroup/setsockopt") @used
func changeOption(_ option: SocketOptionContext) -> Permission {
    guard option.level == 6, option.name == 1, let value = option.header(UInt32.self) else {
        return .deny
    }
    value.value += 1
    option.byteCount = 4
    return .allow
}

@section("sk_reuseport") @used
func chooseSocket(_ arrival: ReusePortContext) -> SocketVerdict {
    guard let udp = arrival.header(UDP.self), arrival.protocol == .udp else { return .drop }
    return udp.value.destination.value == 53 && arrival.hash == 7 && arrival.byteCount == 9
        ? .pass : .drop
}

@section("netfilter") @used
func judgePacket(_ context: NetfilterContext) -> NetfilterVerdict {
    context.packet.field("sk_buff.len", as: UInt32.self) > 1000 ? .drop : .accept
}
