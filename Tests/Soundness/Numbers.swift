/// Numbers that look random and are the same for a seed every time (SplitMix64).
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A number of a range.
    mutating func pick(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

    /// One of several.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[pick(0...elements.count - 1)]
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

    /// A constant at which something is likely to change: powers of two, limits, small numbers.
    mutating func edge() -> Int32 {
        switch pick(0...5) {
        case 0: Int32(pick(-3...9))
        case 1: Int32(truncatingIfNeeded: (1 << pick(0...31)) + pick(-1...1))
        case 2: 0 &- Int32(truncatingIfNeeded: (1 << pick(0...31)) + pick(-1...1))
        case 3: pick([.max, .min, .max - 1, .min + 1, 0xffff, 0x7fff, 0xff, 0x7f])
        case 4: Int32(pick(0...300))
        default: Int32(truncatingIfNeeded: next())
        }
    }

    /// The same for 64 bits.
    mutating func wideEdge() -> UInt64 {
        switch pick(0...3) {
        case 0: UInt64(truncatingIfNeeded: Int64(edge()))
        case 1: (1 << UInt64(pick(0...63))) &+ UInt64(bitPattern: Int64(pick(-1...1)))
        case 2: 0 &- ((1 << UInt64(pick(0...63))) &+ UInt64(bitPattern: Int64(pick(-1...1))))
        default: next()
        }
    }
}
