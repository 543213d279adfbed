// Texts: read, compared, kept in maps and printed.
import EBPFProgram

struct Call { var common: UInt64; var number: Int64; var path: UInt }

let seenNames = HashMap<FixedString<16>, UInt64>(maxEntries: 16)

/// What a program finds out about two texts, a bit each.
@section("tracepoint/syscalls/sys_enter_chroot") @used
func judgeTexts(_ context: TracepointContext<Call>) -> Int32 {
    let command = Process.command
    var path = FixedString<32>()
    guard path.readUserString(at: context.fields.path) else { return -1 }
    seenNames[command, default: 0] += 1
    if seenNames["shell"] != nil { printk("\(command) in \(path): \(path.count) \(path.isEmpty)") }
    var found: Int32 = 0
    if command == "shell" { found |= 1 }
    if command != "shell" { found |= 2 }
    if path.hasPrefix("/etc/") { found |= 4 }
    if path.hasSuffix(".conf") { found |= 8 }
    switch path {
    case "/etc/resolv.conf": found |= 16
    case "/etc/hosts": found |= 32
    default: found |= 64
    }
    if path == FixedString("/etc/hosts") { found |= 128 }
    if path[1] == UInt8(ascii: "e") { found |= 256 }
    return found
}

/// Prints where a packet comes from.
@section("tc") @used
func printAddresses(_ packet: SocketBuffer) -> TrafficControlAction {
    if let ip = packet.header(IPv4.self, at: 14), ip.value.version == 4 {
        printk("\(ip.value.source) to \(ip.value.destination)")
        return .pass
    }
    guard let ip = packet.header(IPv6.self, at: 14) else { return .drop }
    printk("\(ip.value.source)")
    return .next
}
