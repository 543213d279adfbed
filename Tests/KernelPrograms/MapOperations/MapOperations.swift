// What programs can do with each kind of map; `results` says what came of it.
import EBPFProgram

let results = ArrayMap<UInt64>(maxEntries: 32)

func note(_ index: UInt32, _ value: UInt64?) { results[index] = value ?? 999 }
func note(_ index: UInt32, _ done: Bool) { results[index] = done ? 1 : 0 }

let hash = HashMap<UInt32, UInt64>(maxEntries: 3)

@section("xdp") @used
func useHash(_ packet: XDPContext) -> XDPAction {
    note(0, hash.update(1, 10))
    note(1, hash.update(1, 11, .ifAbsent))
    note(2, hash.update(2, 20, .ifPresent))
    note(3, hash[1])
    hash[1, default: 0] += 5
    note(4, hash[1])
    hash[7, default: 3] += 1
    note(5, hash[7])
    note(6, hash.remove(7))
    note(7, hash.remove(7))
    hash[2] = 22
    hash[3] = 33
    note(8, hash.update(4, 44))
    hash[2] = nil
    note(9, hash[2])
    hash.lookup(3)?.atomicAdd(100)
    note(10, hash[3])
    return .pass
}

let recent = LRUHashMap<UInt32, UInt64>(maxEntries: 64)

@section("xdp") @used
func useRecent(_ packet: XDPContext) -> XDPAction {
    recent[5, default: 1] += 1
    note(0, recent[5])
    note(1, recent[6])
    note(2, recent.remove(5))
    return .pass
}

let array = ArrayMap<UInt64>(maxEntries: 4)

@section("xdp") @used
func useArray(_ packet: XDPContext) -> XDPAction {
    array[1] = 7
    array[1, default: 0] += 1
    array[9] = 5
    array[9, default: 4] += 1
    note(0, array[1])
    note(1, array[2])
    note(2, array[9])
    note(3, array.update(2, 6, .ifAbsent))
    note(4, array.update(2, 6))
    return .pass
}

struct Pair { var first: UInt32; var second: UInt64 }

let perProcessor = PerCPUArray<UInt64>(maxEntries: 2)
let perProcessorHash = PerCPUHashMap<UInt32, UInt64>(maxEntries: 4)

@section("xdp") @used
func usePerProcessor(_ packet: XDPContext) -> XDPAction {
    perProcessor.lookup(0)?.pointee += 3
    perProcessorHash[4, default: 0] += 2
    note(0, perProcessor.lookup(0)?.pointee)
    note(1, perProcessor.lookup(0, processor: Processor.id)?.pointee)
    note(2, perProcessor.lookup(0, processor: 100_000) == nil)
    return .pass
}

let networks = LPMTrie<IPv4Address, UInt64>(maxEntries: 8)

@section("xdp") @used
func useNetworks(_ packet: XDPContext) -> XDPAction {
    networks.update(LPMKey(prefixLength: 8, address: IPv4Address(10, 0, 0, 0)), 8)
    networks.update(LPMKey(prefixLength: 24, address: IPv4Address(10, 1, 2, 0)), 24)
    note(0, networks.longestMatch(IPv4Address(10, 1, 2, 3))?.pointee)
    note(1, networks.longestMatch(IPv4Address(10, 9, 9, 9))?.pointee)
    note(2, networks.longestMatch(IPv4Address(11, 0, 0, 1))?.pointee)
    note(3, networks.remove(LPMKey(prefixLength: 24, address: IPv4Address(10, 1, 2, 0))))
    note(4, networks.longestMatch(IPv4Address(10, 1, 2, 3))?.pointee)
    return .pass
}

let queue = Queue<UInt64>(maxEntries: 2)
let stack = Stack<UInt64>(maxEntries: 2)

@section("xdp") @used
func useQueues(_ packet: XDPContext) -> XDPAction {
    note(0, queue.push(1))
    note(1, queue.push(2))
    note(2, queue.push(3))
    note(3, queue.push(4, replacing: true))
    note(4, queue.peek())
    note(5, queue.pop())
    stack.push(5)
    stack.push(6)
    note(6, stack.pop())
    note(7, stack.peek())
    note(8, stack.pop())
    note(9, stack.pop())
    return .pass
}

let known = BloomFilter<UInt64>(maxEntries: 1000)

@section("xdp") @used
func useFilter(_ packet: XDPContext) -> XDPAction {
    note(0, known.mayContain(17))
    note(1, known.insert(17))
    note(2, known.mayContain(17))
    return .pass
}

let events = RingBuffer<Pair>(byteCount: 4096)
let reports = PerfEventArray<Pair>()

@section("xdp") @used
func sendEvents(_ packet: XDPContext) -> XDPAction {
    note(0, events.send(Pair(first: 1, second: 2)))
    if let record = events.reserve() {
        record.event.first = 3
        record.event.second = 4
        record.submit()
    }
    if let record = events.reserve() { record.event.first = 5 }
    note(1, reports.send(Pair(first: 6, second: 7), packet))
    return .pass
}

let numbers = HashMap<UInt32, UInt64>(maxEntries: 8)

@section("xdp") @used
func visit(_ packet: XDPContext) -> XDPAction {
    var sum: UInt64 = 0
    let visited = numbers.forEach { _, key, value in
        sum &+= numbers.value(value).pointee &* UInt64(numbers.key(key))
        return .next
    }
    note(0, sum)
    note(1, UInt64(truncatingIfNeeded: visited))
    var turns: UInt64 = 0
    let rounds = loop(100) { index in
        turns &+= UInt64(index)
        return index == 10 ? .stop : .next
    }
    note(2, turns)
    note(3, UInt64(truncatingIfNeeded: rounds))
    return .pass
}

let interfaces = DeviceMap(maxEntries: 4)
let processors = CPUMap(maxEntries: 4)

@section("xdp") @used
func send(_ packet: XDPContext) -> XDPAction {
    note(0, UInt64(truncatingIfNeeded: interfaces.redirect(to: 2, else: .drop).rawValue))
    note(1, UInt64(truncatingIfNeeded: processors.redirect(to: 1, else: .pass).rawValue))
    return interfaces.redirect(to: 1)
}
