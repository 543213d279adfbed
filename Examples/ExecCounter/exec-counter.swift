// Counts, for each user, how many programs were started (tracepoint, hash map).
import EBPFProgram

/// Only this process, if set before loading; 0 watches all.
let process = Config<UInt32>(0)

let startsByUser = HashMap<UInt32, UInt64>(maxEntries: 10240)

/// What the tracepoint records (`/sys/kernel/tracing/events/syscalls/sys_enter_execve/format`).
struct SysEnterExecve {
    var common: UInt64
    var number: Int64
    var filename: UInt
    var arguments: UInt
    var environment: UInt
}

@section("tracepoint/syscalls/sys_enter_execve") @used
func countStart(_ context: TracepointContext<SysEnterExecve>) -> Int32 {
    guard process.value == 0 || Process.id == process.value else { return 0 }
    if let count = startsByUser.lookup(Process.user) {
        count.atomicAdd(1)
    } else {
        startsByUser.update(Process.user, 1, .ifAbsent)
    }
    return 0
}
