// Who sends most: a count-min sketch, and a table that a closure looks through (TC).
import EBPFProgram
let sketch = ArrayMap<UInt32>(maxEntries: 4096)
let top = HashMap<IPv4Address, UInt32>(maxEntries: 16)
func mix(_ value: UInt32, _ seed: UInt32) -> UInt32 {
    var hash = value ^ seed
    hash = (hash ^ (hash >> 16)) &* 0x45d9f3b
    hash = (hash ^ (hash >> 16)) &* 0x45d9f3b
    return hash ^ (hash >> 16)
}
@section("tc") @used
func measure(_ buffer: SocketBuffer) -> TrafficControlAction {
    guard let ip = buffer.header(IPv4.self, at: 14) else { return .pass }
    let source = ip.value.source
    var estimate = UInt32.max
    for row in 0..<4 as Range<UInt32> {
        let index = row * 1024 + mix(source.stored, row) % 1024
        guard let cell = sketch.lookup(index) else { continue }
        cell.pointee += 1
        estimate = min(estimate, cell.pointee)
    }
    var smallest: (address: IPv4Address, count: UInt32)? = nil
    var size = 0
    top.forEach { _, key, value in
        let (address, count) = (top.key(key), top.value(value).pointee)
        size += 1
        if smallest == nil || count < smallest!.count { smallest = (address, count) }
        return .next
    }
    if size < 16 || top.lookup(source) != nil {
        top[source] = estimate
    } else if let smallest, smallest.count < estimate {
        top[smallest.address] = nil
        top[source] = estimate
    }
    return .pass
}
