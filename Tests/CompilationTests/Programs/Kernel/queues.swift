import EBPFProgram
let queue = Queue<UInt64>(maxEntries: 8)
let stack = Stack<UInt64>(maxEntries: 8)
let bloom = BloomFilter<UInt32>(maxEntries: 100)
@section("xdp") @used
func queues(_ packet: XDPContext) -> XDPAction {
    queue.push(3)
    if let x = queue.pop() { stack.push(x, replacing: true) }
    if stack.peek() == nil { return .drop }
    bloom.insert(4)
    return bloom.mayContain(4) ? .pass : .aborted
}
