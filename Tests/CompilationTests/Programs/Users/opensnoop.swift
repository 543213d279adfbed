// Opens of files whose name begins with a prefix, by process.
import EBPFProgram

struct Openat {
    var common: UInt64; var number: Int64; var directory: Int64; var path: UInt; var flags: Int64;
    var mode: Int64
}
struct Exit { var common: UInt64; var number: Int64; var result: Int64 }
struct Start { var path: FixedString<64>; var flags: Int32; var pad: Int32 = 0 }
struct Opened {
    var pid: UInt32; var result: Int32; var flags: Int32; var uid: UInt32;
    var command: FixedString<16>; var path: FixedString<64>
}

let prefix = Config<FixedString<16>>("/etc/")
let pending = HashMap<UInt64, Start>(maxEntries: 4096)
let opened = RingBuffer<Opened>(byteCount: 1 << 18)
let perProcess = HashMap<FixedString<16>, UInt64>(maxEntries: 512)
let lost = Global<UInt64>(0)

@section("tracepoint/syscalls/sys_enter_openat") @used
func onOpen(_ context: TracepointContext<Openat>) -> Int32 {
    var start = Start(path: FixedString(), flags: Int32(truncatingIfNeeded: context.fields.flags))
    guard start.path.readUserString(at: context.fields.path), begins(start.path) else { return 0 }
    pending[UInt64(Process.thread)] = start
    return 0
}

@section("tracepoint/syscalls/sys_exit_openat") @used
func onOpened(_ context: TracepointContext<Exit>) -> Int32 {
    let key = UInt64(Process.thread)
    guard let start = pending.lookup(key) else { return 0 }
    defer { pending.remove(key) }
    perProcess[Process.command, default: 0] += 1
    guard let record = opened.reserve() else { lost.atomicAdd(1); return 0 }
    record.event.pid = Process.id
    record.event.result = Int32(truncatingIfNeeded: context.fields.result)
    record.event.flags = start.pointee.flags
    record.event.uid = Process.user
    record.event.command = Process.command
    record.event.path = start.pointee.path
    record.submit()
    return 0
}
func begins(_ path: FixedString<64>) -> Bool {
    for index in 0..<16 {
        let byte = prefix.value[index]
        if byte == 0 { return true }
        if path[index] != byte { return false }
    }
    return true
}
