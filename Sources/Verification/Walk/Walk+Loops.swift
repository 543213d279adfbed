/// Loops: what paths that came back into them rely on is known only when all their paths are walked.
///
/// In the loops of the program, states are compared closely until then, as Linux does. Linux does not
/// do so for functions that are called back again and again (6.18 accepts programs for that which
/// are not safe). Here states are compared there as if all were known, too, so that both walk the
/// same paths, but on trial: at the end, all is looked at again with what is known then, and
/// paths that should not have ended are walked on.
extension Walk {
    /// What is known of states that are done with, in the loops that they are in.
    enum Standing {
        /// All that they rely on.
        case settled
        /// More may turn up: comparisons are made again later.
        case onTrial
        /// More may turn up: comparisons must not depend on it.
        case unsettled
    }

    /// What is known of states at the same place as the one at hand.
    func standing() -> Standing {
        if loops.isEmpty { return .settled }
        if let key = LoopVisits.key(of: state, at: slot, flow), loops.isUnsettled(key) {
            return .unsettled
        }
        if let key = LoopVisits.callback(of: state, at: slot, flow), loops.isUnsettled(key) {
            return .onTrial
        }
        return .settled
    }

    /// A state was kept, perhaps the first one in a loop.
    mutating func enterLoops(with index: Int32) {
        if let key = LoopVisits.key(of: state, at: slot, flow) { loops.enter(key, with: index) }
        if let key = LoopVisits.callback(of: state, at: slot, flow) {
            loops.enter(key, with: index)
        }
    }

    /// The path ends, because its state is like another one. `isLoop` says that they were compared
    /// without relying on what may still turn up.
    mutating func noteReturn(to index: Int32, isLoop: Bool) {
        if loops.isEmpty { return }
        if isLoop, let key = LoopVisits.key(of: state, at: slot, flow) {
            loops.add([LoopVisits.Return(state: state, like: index, closeness: nil)], to: key)
        } else if let key = LoopVisits.callback(of: state, at: slot, flow),
            isLoop || loops.isUnsettled(key)
        {
            let closeness = isLoop ? nil : looseness
            loops.add([LoopVisits.Return(state: state, like: index, closeness: closeness)], to: key)
        }
    }

    /// A state is done with: perhaps a loop that began with it is, too.
    mutating func leaveLoops(_ index: Int32) throws(Fault) {
        if loops.isEmpty { return }
        let slot = Int(explored.notes[Int(index)].slot)
        let callback = LoopVisits.callback(of: explored.entries[Int(index)].state, at: slot, flow)
        if let key = LoopVisits.key(of: explored.entries[Int(index)].state, at: slot, flow) {
            let returns = loops.leave(key, from: index)
            try settle(returns)
            // More may come from the callback that the loop is in.
            if let callback, loops.isUnsettled(callback) { loops.add(returns, to: callback) }
        }
        if let callback {
            let returns = loops.leave(callback, from: index)
            try settle(returns)
            try confirm(returns, of: callback, from: index)
        }
    }

    /// How often what comes back is passed on before everything is taken to matter.
    private static let roundLimit = 64

    /// Passes on what matters, until nothing new does.
    private mutating func settle(_ returns: [LoopVisits.Return]) throws(Fault) {
        if returns.isEmpty { return }
        for round in 0... {
            var hasChanged = false
            for end in returns {
                if round >= Self.roundLimit {
                    markAllPrecise(from: end.state.parent)
                } else if try passPrecision(from: Int(end.like), to: end.state) {
                    hasChanged = true
                }
            }
            if !hasChanged { return }
        }
    }

    /// Compares again what was compared on trial. Paths whose state is not covered are taken up.
    private mutating func confirm(
        _ returns: [LoopVisits.Return], of key: LoopVisits.Key, from entry: Int32
    ) throws(Fault) {
        var confirmed: [LoopVisits.Return] = []
        var doubtful: [State] = []
        for end in returns {
            if try isConfirmed(end) { confirmed.append(end) } else { doubtful.append(end.state) }
        }
        if doubtful.isEmpty { return }
        loops.enter(key, with: entry)
        loops.add(confirmed, to: key)
        for state in doubtful { try takeUp(state, below: entry) }
    }

    private mutating func isConfirmed(_ end: LoopVisits.Return) throws(Fault) -> Bool {
        guard let closeness = end.closeness else { return true }
        var comparison = StateComparison(closeness)
        comparison.restart(
            closeness, alive: aliveSlots(of: explored.entries[Int(end.like)].state))
        return comparison.covers(
            explored.entries[Int(end.like)].state, end.state, flow, at: Int(end.state.slot))
    }

    private mutating func takeUp(_ state: State, below entry: Int32) throws(Fault) {
        var state = state
        // The note about the instruction will be made again.
        if flow.slots[Int(state.slot)].isJumpPoint { _ = state.history.popLast() }
        for index in explored.reopen(state.parent, below: entry).reversed() {
            let kept = explored.entries[Int(index)].state
            if let key = LoopVisits.key(of: kept, at: Int(kept.slot), flow) {
                loops.enter(key, with: index)
            }
        }
        try wait(state)
    }
}
