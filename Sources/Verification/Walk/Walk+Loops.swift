/// Loops: what paths that came back into them rely on is known only when all their paths are walked.
///
/// In the loops of the program, states are compared closely until then, as Linux does. Linux does not
/// do so for functions that are called back again and again (6.18 accepts programs for that which
/// are not safe). Here states are compared there as if all were known, too, so that both walk the
/// same paths, but on trial: at the end, all is looked at again with what is known then, and
/// paths that should not have ended are walked on.
extension Walk {
    /// How a path's state is like another one.
    enum Likeness {
        /// An iterator, or `may_goto`, came back, or the comparison was close for they might.
        case within
        /// A function that is called back came back to the call.
        case calledBack
        /// Numbers that nothing hung on were not compared.
        case covered
    }

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
        let regions = LoopVisits.Regions(of: state, at: slot, flow)
        if let loop = regions.loop, loops.isUnsettled(loop) { return .unsettled }
        return regions.contains(where: loops.hasReturns) ? .onTrial : .settled
    }

    /// A state was kept, perhaps the first one in a loop.
    mutating func enterLoops(of state: State, at slot: Int, with index: Int32) {
        for region in LoopVisits.Regions(of: state, at: slot, flow) {
            loops.enter(region, with: index)
        }
    }

    /// The path ends, because its state is like another one.
    mutating func noteReturn(to index: Int32, _ likeness: Likeness) {
        if loops.isEmpty { return }
        let regions = LoopVisits.Regions(of: state, at: slot, flow)
        if likeness == .covered {
            guard let region = regions.last(where: loops.hasReturns) else { return }
            let end = LoopVisits.Return(state: state, like: index, closeness: looseness)
            return loops.add([end], to: region)
        }
        guard let outer = regions.first, let inner = regions.last else { return }
        let end = LoopVisits.Return(state: state, like: index, closeness: nil)
        var region = inner
        if likeness == .within, let loop = regions.loop {
            loops.unsettle(loop)
            region = loop
        }
        loops.add([end], to: region)
        // On the way there may be states around the loop, too.
        if region != outer, !staysInside(region, since: index) { loops.add([end], to: outer) }
    }

    /// Whether all states on the way from an earlier one are in a region.
    private func staysInside(_ region: LoopVisits.Region, since earlier: Int32) -> Bool {
        var index = state.parent
        while index >= 0, index != earlier {
            let kept = explored.entries[Int(index)].state
            guard LoopVisits.Regions(of: kept, at: Int(kept.slot), flow).contains(region) else {
                return false
            }
            index = explored.notes[Int(index)].parent
        }
        return true
    }

    /// A state is done with: perhaps a loop that began with it is, too.
    mutating func leaveLoops(_ index: Int32) throws(Fault) {
        guard loops.begin(with: index) else { return }
        let kept = explored.entries[Int(index)].state
        var regions = LoopVisits.Regions(of: kept, at: Int(kept.slot), flow)
        while let region = regions.popLast() {
            let isUnsettled = loops.isUnsettled(region)
            let returns = loops.leave(region, from: index)
            if returns.isEmpty { continue }
            try settle(returns)
            let doubtful = returns.filter { !isConfirmed($0) }
            if doubtful.isEmpty {
                // More may come from the loop around it.
                if let outer = regions.last(where: loops.hasReturns) {
                    loops.add(returns, to: outer)
                }
                continue
            }
            enterLoops(of: kept, at: Int(kept.slot), with: index)
            if isUnsettled { loops.unsettle(region) }
            loops.add(returns.filter { isConfirmed($0) }, to: region)
            for end in doubtful { try takeUp(end.state, below: index) }
            return
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

    /// Whether a state that ended a path is still covered, now that it is known what matters.
    private mutating func isConfirmed(_ end: LoopVisits.Return) -> Bool {
        guard let closeness = end.closeness else { return true }
        var comparison = StateComparison(closeness)
        comparison.demands = demands
        comparison.restart(
            closeness, alive: aliveSlots(of: explored.entries[Int(end.like)].state))
        return comparison.covers(
            explored.entries[Int(end.like)].state, end.state, flow, at: Int(end.state.slot))
    }

    /// Has a path walked on that had ended.
    private mutating func takeUp(_ state: State, below entry: Int32) throws(Fault) {
        var state = state
        // The note about the instruction will be made again.
        if flow.slots[Int(state.slot)].isJumpPoint { _ = state.history.popLast() }
        for index in explored.reopen(state.parent, below: entry).reversed() {
            let kept = explored.entries[Int(index)].state
            enterLoops(of: kept, at: Int(kept.slot), with: index)
        }
        try wait(state)
    }
}
