/// The loops that a walk is in the middle of.
///
/// A path that comes back to a state from which other paths are still being walked ends there, but
/// what those paths will rely on is not known yet: it is passed on once the loop's first state is
/// done with.
struct LoopVisits {
    private var visits: [Region: Visit] = [:]

    /// A loop, reached along a chain of calls: see ``StackLiveness``.
    struct Region: Hashable {
        fileprivate let bits: UInt64

        /// A loop by its number, or, with the complement of its slot, a call that calls back: a
        /// function that is called again and again is a loop that the program's text does not show.
        fileprivate init(calls: Int32, loop: Int32) {
            bits = UInt64(UInt32(bitPattern: calls)) << 32 | UInt64(UInt32(bitPattern: loop))
        }

        fileprivate init(bits: UInt64) { self.bits = bits }

        var isCallback: Bool { Int32(truncatingIfNeeded: bits) < 0 }
    }

    /// The regions that a state is in, the outermost first: calls that call back, and the outermost
    /// loop of the program.
    struct Regions: RandomAccessCollection {
        private var bits = SIMD16<UInt64>.zero
        private(set) var endIndex = 0
        var startIndex: Int { 0 }

        init(of state: State, at slot: Int, _ flow: ControlFlow) {
            var isInLoop = false
            for frame in state.frames.indices {
                let place =
                    frame == state.current ? Int32(slot) : state.frames[frame + 1].callSlot
                guard place >= 0 else { return }
                let calls = state.frames[frame].instance
                let loop = flow.slots[Int(place)].loop
                if loop != 0, !isInLoop {
                    isInLoop = true
                    append(Region(calls: calls, loop: loop))
                }
                if flow.slots[Int(place)].callsBack { append(Region(calls: calls, loop: ~place)) }
            }
        }

        subscript(index: Int) -> Region { Region(bits: bits[index]) }

        /// The loop of the program.
        var loop: Region? { first { !$0.isCallback } }

        private mutating func append(_ region: Region) {
            bits[endIndex] = region.bits
            endIndex += 1
        }

        mutating func popLast() -> Region? {
            if isEmpty { return nil }
            endIndex -= 1
            return Region(bits: bits[endIndex])
        }
    }

    /// A path that ended in a loop, because its state was like another one.
    struct Return {
        let state: State
        let like: Int32
        /// How the two were compared, if that must be done again when the loop is done: more may
        /// matter then than was known.
        let closeness: StateComparison.Closeness?
    }

    private struct Visit {
        /// The first state that was kept in the loop.
        let entry: Int32
        var returns: [Return] = []
        /// Whether states are compared closely in it from now on.
        var isUnsettled = false
    }

    var isEmpty: Bool { visits.isEmpty }

    /// Whether a visit began with a state.
    func begin(with entry: Int32) -> Bool { visits.values.contains { $0.entry == entry } }

    mutating func enter(_ region: Region, with entry: Int32) {
        if visits[region] == nil { visits[region] = Visit(entry: entry) }
    }

    /// Whether a path came back into the region.
    func hasReturns(_ region: Region) -> Bool { !(visits[region]?.returns.isEmpty ?? true) }

    /// Whether states must be compared closely in the region, for what they rely on is not settled.
    func isUnsettled(_ region: Region) -> Bool { visits[region]?.isUnsettled ?? false }

    mutating func unsettle(_ region: Region) { visits[region]?.isUnsettled = true }

    mutating func add(_ returns: [Return], to region: Region) {
        visits[region]?.returns.append(contentsOf: returns)
    }

    /// Ends the visit that began with a state; gives what came back.
    mutating func leave(_ region: Region, from entry: Int32) -> [Return] {
        guard let visit = visits[region], visit.entry == entry else { return [] }
        visits[region] = nil
        return visit.returns
    }
}
