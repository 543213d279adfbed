// Tells of every program that is started and of the process that starts it, with a greeting for
// its user (config map, ring buffer, a field of the running kernel).
import EBPFProgram

/// Only this process, if set before loading; 0 watches all.
let process = Config<UInt32>(0)

public struct Greeting: BitwiseCopyable {
    public var message: FixedString<12>
}

public struct StartEvent: BitwiseCopyable {
    public var process: UInt32
    public var parent: UInt32
    public var user: UInt32
    public var command: FixedString<16>
    public var message: FixedString<12>
}

/// What the application configures: a greeting for each user.
let greetings = HashMap<UInt32, Greeting>(maxEntries: 1024)

let starts = RingBuffer<StartEvent>(byteCount: 256 * 1024)

/// How many events found no room in the ring buffer.
let lost = Global<UInt64>(0)

/// What the tracepoint records (`/sys/kernel/tracing/events/syscalls/sys_enter_execve/format`).
struct SysEnterExecve {
    var common: UInt64
    var number: Int64
    var filename: UInt
    var arguments: UInt
    var environment: UInt
}

/// The process that started this one, read where the running kernel has it.
func parent() -> UInt32 {
    KernelPointer<Task>.current
        .field("task_struct.real_parent", as: KernelPointer<Task>.self)
        .field("task_struct.tgid")
}

@section("tracepoint/syscalls/sys_enter_execve") @used
func reportStart(_ context: TracepointContext<SysEnterExecve>) -> Int32 {
    let caller = Process.id
    guard process.value == 0 || caller == process.value else { return 0 }
    guard let start = starts.reserve() else {
        lost.atomicAdd(1)
        return 0
    }
    start.event.process = caller
    start.event.parent = parent()
    start.event.user = Process.user
    start.event.command.readCurrentCommand()
    start.event.message = greetings[Process.user]?.message ?? FixedString()
    start.submit()
    return 0
}
