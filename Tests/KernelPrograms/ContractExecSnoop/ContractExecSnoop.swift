// As the contract of kernel programs in Swift has it: it compiles as it is written.
import EBPFProgram

struct ExecEvent { var pid: UInt32; var parent: UInt32; var command: FixedString<16>; var file: FixedString<128> }
struct SysEnterExecve { var common: UInt64; var number: Int64; var filename: UInt; var arguments: UInt; var environment: UInt }

let onlyChildrenOf = Config<UInt32>(0)
let events = RingBuffer<ExecEvent>(byteCount: 256 * 1024)
let dropped = Global<UInt64>(0)

@section("tracepoint/syscalls/sys_enter_execve") @used
func onExecve(_ context: TracepointContext<SysEnterExecve>) -> Int32 {
    let parent = KernelPointer<Task>.current.field("task_struct.real_parent", as: KernelPointer<Task>.self).field("task_struct.tgid", as: UInt32.self)
    guard onlyChildrenOf.value == 0 || onlyChildrenOf.value == parent else { return 0 }
    guard let record = events.reserve() else { dropped.value += 1; return 0 }
    record.event.pid = Process.id
    record.event.parent = parent
    record.event.command.readCurrentCommand()
    record.event.file.readUserString(at: context.fields.filename)
    record.submit()                     // consuming: once, checked by the compiler
    return 0
}
