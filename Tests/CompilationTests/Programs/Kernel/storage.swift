import EBPFProgram
let tasks = TaskStorage<UInt64>()
let groups = CgroupStorage<UInt64>()
@section("tp_btf/sched_switch") @used
func storage(_ context: ArgumentsContext) -> Int32 {
    if let count = tasks.lookup(.current) { count.pointee += 1 }
    let next = context.object(2, Task.self)
    if let count = tasks.lookup(next, creating: false) { count.pointee += 1 }
    return 0
}
