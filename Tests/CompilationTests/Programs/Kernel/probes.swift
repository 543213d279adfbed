import EBPFProgram
let counts = HashMap<UInt64, UInt64>(maxEntries: 16)
@section("uprobe") @used
func enter(_ registers: RegistersContext) -> Int32 {
    if let word = UserMemory.read(registers.argument(0), as: UInt64.self) {
        counts[word, default: 0] += 1
    }
    if let byte = KernelMemory.read(registers.stack, as: UInt8.self) {
        counts[UInt64(byte)] = registers.cookie
    }
    return 0
}
@section("uretprobe") @used
func leave(_ registers: RegistersContext) -> Int32 {
    counts[UInt64(registers.returnValue)] = UInt64(registers.instruction)
    return 0
}
@section("perf_event") @used
func sample(_ context: PerfEventContext) -> Int32 {
    counts[context.period] = context.address &+ UInt64(context.registers.instruction)
    return 0
}
@section("tracepoint/syscalls/sys_enter_openat") @used
func open(_ context: TracepointContext<OpenAt>) -> Int32 {
    var name = FixedString<64>()
    guard name.readUserString(at: context.fields.name) else { return 0 }
    if name.bytes[0] == 47 { Process.signal(0) }
    return 0
}
struct OpenAt {
    var common: UInt64; var number: Int64; var directory: Int64; var name: UInt; var flags: Int64;
    var mode: Int64
}
@section("iter/task") @used
func tasks(_ context: IteratorContext<Task>) -> Int32 {
    guard let task = context.object else { return 0 }
    context.write(task.field("task_struct.pid", as: UInt32.self))
    return 0
}
@section("syscall") @used
func run(_ context: SyscallContext<Sum>) -> Int32 {
    context.fields.result = context.fields.first &+ context.fields.second
    return 0
}
struct Sum { var first: UInt64; var second: UInt64; var result: UInt64 }
