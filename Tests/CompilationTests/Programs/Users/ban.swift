// Bans senders of too many packets: a timer counts, an application commands (XDP).
import EBPFProgram
struct Window { var timer: KernelTimer; var count: UInt64; var armed: UInt32; var pad: UInt32 = 0 }
struct Command { var address: IPv4Address; var ban: UInt32 }
let windows = HashMap<IPv4Address, Window>(maxEntries: 4096)
let banned = HashMap<IPv4Address, UInt64>(maxEntries: 4096)
let commands = UserRingBuffer<Command>(byteCount: 4096)
let executed = Global<UInt64>(0)
@section("xdp") @used
func protect(_ packet: XDPContext) -> XDPAction {
    guard let ip = packet.header(IPv4.self, at: 14) else { return .pass }
    let source = ip.value.source
    if banned[source] != nil { return .drop }
    guard let window = windows.lookup(source) else {
        windows.update(source, Window(timer: KernelTimer(), count: 1, armed: 0))
        return .pass
    }
    window.pointee.count += 1
    if window.pointee.armed == 0 {
        window.pointee.armed = 1
        window.pointee.timer.start(in: windows, after: 1_000_000_000) { _, key, value in
            let window = windows.value(value)
            if window.pointee.count > 1000 { banned[windows.key(key)] = KernelTime.sinceBoot }
            window.pointee.count = 0
            window.pointee.armed = 0
            return .done
        }
    }
    return .pass
}
@section("syscall") @used
func obey(_ context: UnsafeRawPointer) -> Int32 {
    var bans = 0
    commands.drain { message in
        guard let command: Command = message.read() else { return .stop }
        if command.ban == 1 {
            banned[command.address] = 0; bans += 1
        } else {
            banned.remove(command.address)
        }
        return .next
    }
    executed.value += UInt64(bans)
    return Int32(bans)
}
