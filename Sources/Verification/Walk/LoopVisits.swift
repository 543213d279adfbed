/// The loops that a walk is in the middle of.
///
/// A path that comes back to a state from which other paths are still being walked ends there, but
/// what those paths will rely on is not known yet: it is passed on once the loop's first state is
/// done with.
struct LoopVisits {
    private var visits: [Key: Visit] = [:]

    /// A loop, reached along a chain of calls: see ``StackLiveness``.
    struct Key: Hashable {
        var calls: Int32
        /// The loop's number, or a call that calls back: see ``callingBack(calls:slot:)``.
        var loop: Int32

        /// The loop that is not in the program: a function that is called back again and again.
        static func callingBack(calls: Int32, slot: Int32) -> Key { Key(calls: calls, loop: ~slot) }
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
    }

    /// The outermost loop of the program that a state is in.
    static func key(of state: State, at slot: Int, _ flow: ControlFlow) -> Key? {
        for frame in state.frames.indices {
            let place =
                frame == state.current ? Int32(slot) : state.frames[frame + 1].callSlot
            guard place >= 0 else { return nil }
            let loop = flow.slots[Int(place)].loop
            if loop != 0 { return Key(calls: state.frames[frame].instance, loop: loop) }
        }
        return nil
    }

    /// The outermost call that calls back, unless a loop of the program is around it.
    static func callback(of state: State, at slot: Int, _ flow: ControlFlow) -> Key? {
        for frame in state.frames.indices {
            let place =
                frame == state.current ? Int32(slot) : state.frames[frame + 1].callSlot
            guard place >= 0, flow.slots[Int(place)].loop == 0 else { return nil }
            if flow.slots[Int(place)].callsBack {
                return .callingBack(calls: state.frames[frame].instance, slot: place)
            }
        }
        return nil
    }

    var isEmpty: Bool { visits.isEmpty }

    mutating func enter(_ key: Key, with entry: Int32) {
        if visits[key] == nil { visits[key] = Visit(entry: entry) }
    }

    /// Whether a path came back into the loop, so that what its states rely on is not settled.
    func isUnsettled(_ key: Key) -> Bool { !(visits[key]?.returns.isEmpty ?? true) }

    mutating func add(_ returns: [Return], to key: Key) {
        visits[key]?.returns.append(contentsOf: returns)
    }

    /// Ends the visit that began with a state; gives what came back.
    mutating func leave(_ key: Key, from entry: Int32) -> [Return] {
        guard let visit = visits[key], visit.entry == entry else { return [] }
        visits[key] = nil
        return visit.returns
    }
}
