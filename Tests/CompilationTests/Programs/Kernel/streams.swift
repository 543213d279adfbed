import EBPFProgram
struct Event { var a: UInt64; var b: UInt32; var c: UInt32 }
let ring = RingBuffer<Event>(byteCount: 4096)
let perf = PerfEventArray<Event>()
let stacks = StackTraces(maxEntries: 64)
let messages = UserRingBuffer<UInt64>(byteCount: 4096)
let total = Global<UInt64>(0)
@section("raw_tracepoint/sched_switch") @used
func streams(_ context: RawTracepointContext) -> Int32 {
    var sum: UInt64 = 0
    messages.drain { message in
        if let number = message.read(as: UInt64.self) { sum &+= number }
        return .next
    }
    total.value &+= sum
    ring.send(Event(a: 1, b: 2, c: 3))
    perf.send(Event(a: 1, b: 2, c: 3), context)
    if let record = ring.reserve() {
        record.event = Event(a: context.argument(0), b: 0, c: stacks.capture(context) ?? 0)
        record.submit()
    }

    return 0
}
