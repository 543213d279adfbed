// Histogram of block request latencies.
import EBPFProgram

struct Issue {
    var common: UInt64; var device: UInt32; var sector: UInt64; var sectors: UInt32;
    var bytes: UInt32; var flags: FixedString<8>; var command: FixedString<16>
}
struct Request: Hashable { var device: UInt32; var pad: UInt32 = 0; var sector: UInt64 }
struct Slot { var device: UInt32; var bucket: UInt32 }

let starts = HashMap<Request, UInt64>(maxEntries: 10240)
let histogram = HashMap<Slot, UInt64>(maxEntries: 4096)

func log2(_ value: UInt64) -> UInt32 {
    value == 0 ? 0 : UInt32(63 - value.leadingZeroBitCount)
}

@section("tracepoint/block/block_rq_issue") @used
func onIssue(_ context: TracepointContext<Issue>) -> Int32 {
    starts[Request(device: context.fields.device, sector: context.fields.sector)] =
        KernelTime.sinceBoot
    return 0
}
@section("tracepoint/block/block_rq_complete") @used
func onComplete(_ context: TracepointContext<Issue>) -> Int32 {
    let request = Request(device: context.fields.device, sector: context.fields.sector)
    guard let start = starts[request] else { return 0 }
    starts[request] = nil
    let microseconds = (KernelTime.sinceBoot - start) / 1000
    histogram[Slot(device: request.device, bucket: log2(microseconds)), default: 0] += 1
    return 0
}
