import EBPFProgram
let counts = ArrayMap<UInt64>(maxEntries: 4)
let narrow = ArrayMap<UInt32>(maxEntries: 4)
let total = Global<UInt64>(0)
@section("xdp") @used
func atomics(_ packet: XDPContext) -> XDPAction {
    guard let place = counts.lookup(0), let other = narrow.lookup(1) else { return .aborted }
    place.atomicAdd(1)
    var seen = place.atomicFetchAdd(2)
    seen &+= place.atomicAnd(0xff) &+ place.atomicOr(1) &+ place.atomicXor(2)
    seen &+= place.atomicExchange(9)
    seen &+= place.atomicCompareExchange(expected: 9, with: 10)
    other.atomicAdd(1)
    other.atomicExchange(UInt32(packet.queue))
    total.atomicAdd(seen)
    return .pass
}
