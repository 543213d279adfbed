import EBPFProgram
let parents = HashMap<UInt32, UInt64>(maxEntries: 16)
let command = Global<FixedString<16>>(FixedString())
@section("tp_btf/sched_switch") @used
func core(_ context: ArgumentsContext) -> Int32 {
    let task = KernelPointer<Task>.current
    let parent = task.field("task_struct.real_parent", as: KernelPointer<Task>.self)
    parents[parent.field("task_struct.tgid", as: UInt32.self), default: 0] += 1
    let next = context.object(2, Task.self)
    var sum = next.field("task_struct.pid", as: UInt32.self)
    if KernelTypes.exists("task_struct.start_boottime") { sum &+= 1 }
    if KernelTypes.typeExists("bpf_arena") { sum &+= 2 }
    if KernelTypes.typeSize("task_struct") > 4096 { sum &+= 4 }
    if KernelTypes.enumeratorExists("bpf_map_type.BPF_MAP_TYPE_ARENA") {
        sum &+= UInt32(
            truncatingIfNeeded: KernelTypes.enumerator("bpf_map_type.BPF_MAP_TYPE_ARENA"))
    }
    task.read("task_struct.comm", into: &command.value)
    ReadSection.run { sum &+= 1 }
    return 0
}
