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
        var loop: Int32
    }

    struct Visit {
        /// The first state that was kept in the loop; -1 when the loop is done.
        var entry: Int32 = -1
        /// The states that ended by coming back, with the state that they were like.
        var comingBack: [(state: State, like: Int32)] = []
    }

    /// The outermost loop that a state is in.
    func key(of state: State, at slot: Int, _ flow: ControlFlow) -> Key? {
        for frame in state.frames.indices {
            let place =
                frame == state.current ? Int32(slot) : state.frames[frame + 1].callSlot
            guard place >= 0 else { return nil }
            let loop = flow.slots[Int(place)].loop
            if loop != 0 { return Key(calls: state.frames[frame].instance, loop: loop) }
        }
        return nil
    }

    mutating func enter(_ key: Key, with entry: Int32) {
        if visits[key] == nil { visits[key] = Visit(entry: entry) }
    }

    /// Whether a path came back into the loop, so that what its states rely on is not settled.
    func isUnsettled(_ key: Key) -> Bool {
        !visits.isEmpty && !(visits[key]?.comingBack.isEmpty ?? true)
    }

    mutating func comeBack(_ key: Key, _ state: State, like entry: Int32) {
        visits[key, default: Visit()].comingBack.append((state, entry))
    }

    /// Ends the visit that began with a state; gives what came back.
    mutating func leave(_ key: Key, from entry: Int32) -> [(state: State, like: Int32)]? {
        guard let visit = visits[key], visit.entry == entry else { return nil }
        visits[key] = nil
        return visit.comingBack
    }
}
