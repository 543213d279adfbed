// Latency of system calls of one process, in powers of two, and errors.
import EBPFProgram
struct Enter { var common: UInt64; var number: Int64; var arguments: InlineArray<6, UInt> }
struct Leave { var common: UInt64; var number: Int64; var result: Int64 }
struct Key { var number: UInt32; var bucket: UInt32 }
let starts = LRUHashMap<UInt32, UInt64>(maxEntries: 8192)
let histogram = PerCPUHashMap<Key, UInt64>(maxEntries: 8192)
let errors = HashMap<Int32, UInt64>(maxEntries: 256)
let target = Config<UInt32>(0)
extension UInt64 {
    var bucket: UInt32 {
        var (value, result) = (self, UInt32(0))
        while value > 1 { value >>= 1; result += 1 }
        return result
    }
}
@section("tracepoint/raw_syscalls/sys_enter") @used
func enter(_ context: TracepointContext<Enter>) -> Int32 {
    guard target.value == 0 || target.value == Process.id else { return 0 }
    starts[Process.thread] = KernelTime.sinceBoot
    return 0
}
@section("tracepoint/raw_syscalls/sys_exit") @used
func leave(_ context: TracepointContext<Leave>) -> Int32 {
    guard let start = starts[Process.thread] else { return 0 }
    starts.remove(Process.thread)
    let elapsed = KernelTime.sinceBoot - start
    histogram[Key(number: UInt32(context.fields.number), bucket: elapsed.bucket), default: 0] += 1
    if context.fields.result < 0 { errors[Int32(context.fields.result), default: 0] += 1 }
    return 0
}
