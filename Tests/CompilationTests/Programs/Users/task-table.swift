// How many tasks have which name, and a table of them (iter/task).
import EBPFProgram

let byName = HashMap<FixedString<16>, UInt64>(maxEntries: 1024)

@section("iter/task") @used
func tasks(_ context: IteratorContext<Task>) -> Int32 {
    guard let task = context.object else { return 0 }
    var name = FixedString<16>()
    task.untrusted.read("task_struct.comm", into: &name)
    byName[name, default: 0] += 1
    return 0
}
