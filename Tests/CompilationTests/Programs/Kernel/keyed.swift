import EBPFProgram
let hash = HashMap<UInt32, UInt64>(maxEntries: 16)
let lru = LRUHashMap<UInt32, UInt64>(maxEntries: 16)
let percpu = PerCPUHashMap<UInt32, UInt64>(maxEntries: 16)
let lrupercpu = LRUPerCPUHashMap<UInt32, UInt64>(maxEntries: 16)
let array = ArrayMap<UInt64>(maxEntries: 4)
let each = PerCPUArray<UInt64>(maxEntries: 4)
let trie = LPMTrie<IPv4Address, UInt64>(maxEntries: 16)
@section("xdp") @used
func keyed(_ packet: XDPContext) -> XDPAction {
    hash[1, default: 0] += 1
    lru[2] = 5
    percpu[3, default: 1] += 2
    lrupercpu.remove(4)
    array[1, default: 0] += 1
    if let other = each.lookup(0, processor: 0) { other.pointee += 1 }
    trie.update(LPMKey(prefixLength: 8, address: IPv4Address(10, 0, 0, 0)), 7)
    trie[LPMKey(prefixLength: 8, address: IPv4Address(10, 0, 0, 0))] = nil
    return .pass
}
