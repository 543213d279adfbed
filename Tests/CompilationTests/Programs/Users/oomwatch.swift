// Who is killed for want of memory.
import EBPFProgram

struct Victim {
    var common: UInt64; var pid: Int32; var command: DataLocation; var totalVM: UInt64;
    var anon: UInt64
}
struct Killed {
    var pid: Int32; var uid: UInt32; var pages: UInt64; var by: FixedString<16>;
    var command: FixedString<16>
}
let killed = PerfEventArray<Killed>()
let count = Global<UInt32>(0)

@section("tracepoint/oom/mark_victim") @used
func onVictim(_ context: TracepointContext<Victim>) -> Int32 {
    count.atomicAdd(1)
    var event = Killed(
        pid: context.fields.pid, uid: Process.user, pages: context.fields.totalVM,
        by: Process.command, command: FixedString())
    event.command.readKernelString(at: context.address(of: context.fields.command))
    killed.send(event, context)
    return 0
}

@section("raw_tracepoint/sched_process_exit") @used
func onExit(_ context: RawTracepointContext) -> Int32 {
    let task: TrustedPointer<Task> = context.object(0)
    if task.untrusted.field("task_struct.exit_code", as: Int32.self) & 0x7f == 9 {
        count.value += 1
    }
    return 0
}
