// What programs see besides maps: the process, the clock, chance, variables, the packet's context.
import EBPFProgram

struct Step { var by: UInt32 }

let step = Config<UInt32>(3)
let counted = Global<UInt64>(100)
let command = Global<FixedString<16>>(FixedString())

@section("xdp") @used
func count(_ packet: XDPContext) -> XDPAction {
    counted.value += UInt64(step.value)
    counted.atomicAdd(1)
    return .pass
}

struct Seen {
    var process: UInt32
    var thread: UInt32
    var user: UInt32
    var group: UInt32
    var time: UInt64
    var random: UInt32
    var processor: UInt32
}

let seen = Global(
    Seen(process: 0, thread: 0, user: 0, group: 0, time: 0, random: 0, processor: 0))

struct Record { var common: UInt64; var number: Int64; var text: UInt }

@section("tracepoint/syscalls/sys_enter_chdir") @used
func look(_ context: TracepointContext<Record>) -> Int32 {
    seen.value.process = Process.id
    seen.value.thread = Process.thread
    seen.value.user = Process.user
    seen.value.group = Process.group
    seen.value.time = KernelTime.now
    seen.value.random = randomNumber()
    seen.value.processor = Processor.id
    command.value.readCurrentCommand()
    printk("\(Process.id) calls \(context.fields.number) at \(hex: KernelTime.now)")
    return Int32(truncatingIfNeeded: context.fields.number)
}

let path = Global<FixedString<32>>(FixedString())

@section("tracepoint/syscalls/sys_enter_chdir") @used
func readPath(_ context: TracepointContext<Record>) -> Int32 {
    path.value.readUserString(at: context.fields.text) ? 1 : 0
}

@section("raw_tracepoint/sys_enter") @used
func add(_ context: RawTracepointContext) -> Int32 {
    Int32(truncatingIfNeeded: context.argument(0) &+ context.argument(1))
}

@section("syscall") @used
func double(_ context: SyscallContext<Step>) -> Int32 {
    context.fields.by = context.fields.by &* 2
    return 5
}

@section("tc") @used
func mark(_ packet: SocketBuffer) -> TrafficControlAction {
    packet.mark = 7
    packet.setScratch(1, packet.priority &+ UInt32(truncatingIfNeeded: packet.byteCount))
    guard packet.type == .ipv4, let ip = packet.header(IPv4.self, at: 14) else { return .next }
    return ip.value.protocol == .tcp ? .drop : .pass
}

@section("socket") @used
func filter(_ packet: SocketBuffer) -> Int32 {
    guard let ethernet = packet.copy(Ethernet.self, at: 0) else { return 0 }
    return ethernet.type == .arp ? 0 : 64
}

@section("cgroup_skb/ingress") @used
func admit(_ packet: SocketBuffer) -> Permission {
    guard let ip = packet.header(IPv4.self, at: 0) else { return .deny }
    return ip.value.protocol == .udp ? .allow : .deny
}

@section("xdp") @used
func enlarge(_ packet: XDPContext) -> XDPAction {
    guard packet.adjustHead(by: -4), packet.adjustMetadata(by: -4) else { return .aborted }
    guard let place = packet.metadata(UInt32.self), let first = packet.header(UInt32.self)
    else { return .aborted }
    place.value = 0x0a0b_0c0d
    first.value = 0x0102_0304
    return .transmit
}

struct Session { var timer: KernelTimer; var fired: UInt64 }
struct Balance { var lock: SpinLock; var padding: UInt32; var amount: UInt64 }

let sessions = HashMap<UInt32, Session>(maxEntries: 4)
let balances = HashMap<UInt32, Balance>(maxEntries: 4)

@section("tc") @used
func begin(_ packet: SocketBuffer) -> TrafficControlAction {
    sessions.update(1, Session(timer: KernelTimer(), fired: 0), .ifAbsent)
    guard let session = sessions.lookup(1) else { return .drop }
    let runs = session.pointee.timer.start(in: sessions, after: 1_000) { _, key, value in
        if sessions.key(key) == 1 { sessions.value(value).pointee.fired &+= 1 }
        return .done
    }
    return runs ? .pass : .drop
}

@section("tc") @used
func deposit(_ packet: SocketBuffer) -> TrafficControlAction {
    guard let balance = balances.lookup(1) else { return .drop }
    balance.pointee.lock.withLock { balance.pointee.amount &+= 10 }
    return .pass
}
