// Counts SYNs for each source and second, and drops what is too much (TC).
import EBPFProgram

struct Rate { var second: UInt64; var count: UInt32; var limit: UInt32 }
let rates = LRUHashMap<IPv4Address, Rate>(maxEntries: 4096)
let total = Global<UInt64>(0)
let cookies = Global<UInt64>(0)
let limit = Config<UInt32>(100)

@section("tc") @used
func countSYNs(_ buffer: SocketBuffer) -> TrafficControlAction {
    guard let ip = buffer.header(IPv4.self, at: 14), ip.value.protocol == .tcp else { return .pass }
    let place = 14 + ip.value.headerLength
    guard let tcp = buffer.header(TCP.self, at: place) else { return .pass }
    guard tcp.value.flags.contains(.syn), !tcp.value.flags.contains(.ack) else { return .pass }
    total.atomicAdd(1)
    let now = KernelTime.sinceBoot / 1_000_000_000
    let source = ip.value.source
    if let rate = rates.lookup(source) {
        if rate.pointee.second != now {
            rate.pointee.second = now
            rate.pointee.count = 0
        }
        rate.pointee.count += 1
        if rate.pointee.count > rate.pointee.limit { return .drop }
    } else {
        rates[source] = Rate(second: now, count: 1, limit: limit.value)
    }
    return .pass
}
