import EBPFProgram
let hash = HashMap<UInt32, UInt64>(maxEntries: 16)
let total = Global<UInt64>(0)
@section("xdp") @used
func loops(_ packet: XDPContext) -> XDPAction {
    var sum: UInt64 = 0
    var odd: UInt64 = 0
    loop(100) { index in
        sum &+= UInt64(index)
        if index & 1 == 1 { odd &+= 1 }
        return index == 50 ? .stop : .next
    }
    hash[1, default: 0] += sum
    hash.forEach { _, key, value in
        if hash.key(key) > 0 { sum &+= hash.value(value).pointee }
        return .next
    }
    total.value = sum &+ odd
    return .pass
}
