// Lifetimes of processes, kept with their tasks.
import EBPFProgram
struct Life { var forked: UInt64; var execs: UInt32; var depth: UInt32 }
struct Ended {
    var pid: Int32; var parent: Int32; var nanoseconds: UInt64; var execs: UInt32; var code: Int32;
    var command: FixedString<16>
}
let lives = TaskStorage<Life>()
let ended = RingBuffer<Ended>(byteCount: 1 << 16)
let averages = Global<(sum: UInt64, count: UInt64)>((0, 0))
@section("tp_btf/sched_process_fork") @used
func forked(_ context: RawTracepointContext) -> Int32 {
    let (parent, child): (TrustedPointer<Task>, TrustedPointer<Task>) = (
        context.object(0), context.object(1)
    )
    guard let life = lives.lookup(child) else { return 0 }
    life.pointee.depth = (lives.lookup(parent, creating: false)?.pointee.depth ?? 0) + 1
    return 0
}
@section("tp_btf/sched_process_exit") @used
func exited(_ context: RawTracepointContext) -> Int32 {
    let task: TrustedPointer<Task> = context.object(0)
    guard let life = lives.lookup(task, creating: false) else { return 0 }
    let age = KernelTime.sinceBoot - life.pointee.forked
    averages.value.sum += age
    averages.value.count += 1
    guard let record = ended.reserve() else { return 0 }

    record.event.pid = task.field("task_struct.tgid")
    record.event.nanoseconds = age
    record.event.command = Process.command
    record.event.code = task.field("task_struct.exit_code", as: Int32.self) >> 8
    record.event.execs = life.pointee.execs
    record.event.parent = 0
    record.submit()
    return 0
}
