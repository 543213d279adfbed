import EBPFObjectFile

/// Where ways meet: keeping states, comparing with them, and ending paths that bring nothing new.
extension Walk {
    /// How long a history may grow before a state is kept whatever it is worth.
    private static let historyLimit = 40

    /// Whether the state is covered by one that was here before; if not, it may be kept.
    mutating func isKnown(_ place: ControlFlow.Slot) throws(Fault) -> Bool {
        state.slot = Int32(slot)
        // Out of the walk, which would be copied while a part of it changes.
        var comparison = StateComparison(.loose)
        swap(&comparison, &self.comparison)
        defer { swap(&comparison, &self.comparison) }
        let mustKeep =
            environment.keepsAllStates || place.isCheckpoint
            || state.history.count > Self.historyLimit
        var keeps = mustKeep || (cadence.jumps >= 2 && cadence.instructions >= 8)
        var previous: Int32 = -1
        var index = explored.first(at: slot)
        var standing: Standing?
        while index >= 0 {
            let next = explored.notes[Int(index)].next
            if !isListed(Int(index)) {
                previous = index
                index = next
                continue
            }
            let isOpen = explored.notes[Int(index)].branches > 0
            if isOpen {
                if try comesBack(to: Int(index), &comparison) {
                    return try end(at: index, place.callsBack ? .calledBack : .within)
                }
                if !mustKeep, cadence.jumps < 20, cadence.instructions < 100 { keeps = false }
            } else {
                let here = standing ?? self.standing()
                standing = here
                if isCovered(by: Int(index), here, &comparison) {
                    return try end(at: index, here == .unsettled ? .within : .covered)
                }
            }
            if keeps { explored.notes[Int(index)].misses += 1 }
            // A state that seldom helps costs more than it is worth.
            let patience: Int32 = place.isCheckpoint && isOpen ? 64 : 3
            if explored.notes[Int(index)].misses > explored.notes[Int(index)].hits * patience
                + patience
            {
                explored.remove(index, after: previous, at: slot)
            } else {
                previous = index
            }
            index = next
        }
        if keeps { keep() }
        return false
    }

    /// Whether a state is looked at: Linux has a list for each slot and call of the running function.
    @inline(__always)
    private func isListed(_ index: Int) -> Bool {
        let other = explored.notes[index].callSlot
        let own = state.frames[state.current].callSlot
        if own == other { return true }
        // Some of them share a list.
        let count = UInt32(subject.instructions.count)
        let here = UInt32(bitPattern: state.slot)
        return (here ^ UInt32(bitPattern: own)) % count
            == (here ^ UInt32(bitPattern: other)) % count
    }

    static func haveSameCalls(_ first: State, _ second: State) -> Bool {
        guard first.frames.count == second.frames.count else { return false }
        for frame in first.frames.indices
        where first.frames[frame].callSlot != second.frames[frame].callSlot { return false }
        return true
    }

    /// Whether a path has come back to a state from which it set out, and may end there. A path
    /// that comes back with nothing changed never ends.
    private func comesBack(
        to index: Int, _ comparison: inout StateComparison
    ) throws(Fault) -> Bool {
        try Self.comesBack(
            to: explored.entries[index].state, state, flow, at: slot, &comparison)
    }

    /// Whether a state is covered by one that was here before, and is done with.
    private mutating func isCovered(
        by index: Int, _ standing: Standing, _ comparison: inout StateComparison
    ) -> Bool {
        guard Self.haveSameCalls(explored.entries[index].state, state) else { return false }
        switch standing {
        case .settled:
            clean(index)
            comparison.restart(looseness)
        case .onTrial:
            comparison.restart(looseness, alive: aliveSlots(of: explored.entries[index].state))
        case .unsettled:
            comparison.restart(.within)
        }
        return comparison.covers(explored.entries[index].state, state, flow, at: slot)
    }

    /// What is said of numbers must hold of all of them.
    var looseness: StateComparison.Closeness { facts.hasRanges ? .contained : .loose }

    @inline(__always)
    private static func comesBack(
        to old: State, _ state: State, _ flow: ControlFlow, at slot: Int,
        _ comparison: inout StateComparison
    ) throws(Fault) -> Bool {
        func isCovered(
            _ closeness: StateComparison.Closeness, _ comparison: inout StateComparison
        ) -> Bool {
            comparison.restart(closeness)
            return comparison.covers(old, state, flow, at: slot)
        }
        let place = flow.slots[slot]
        if let first = old.frames.last, let second = state.frames.last,
            first.callback == .asynchronous,
            first.asynchronousEntries != second.asynchronousEntries
        {
            return false
        }
        if place.isIteratorNext {
            guard isCovered(.within, &comparison) else { return false }
            return iteratorIsActive(state)
        }
        if place.isCheckpoint, !place.callsBack {
            if old.mayGotoDepth != state.mayGotoDepth, isCovered(.within, &comparison) {
                return true
            }
        }
        if place.callsBack { return isCovered(.within, &comparison) }
        guard mayBeLooping(old, state), isCovered(.exact, &comparison),
            !hasOtherIteratorDepths(old, state), old.mayGotoDepth == state.mayGotoDepth,
            old.unrolledCallbacks == state.unrolledCallbacks
        else { return false }
        throw Fault(
            .endlessLoop,
            "the loop comes back here with every register and stack slot unchanged: it may never end"
        )
    }

    /// Whether the iterator that r1 names still has elements.
    private static func iteratorIsActive(_ state: State) -> Bool {
        let pointer = state[1]
        guard pointer.kind == .stack, pointer.number.isConstant else { return false }
        let (index, _) = place(Int64(pointer.offset))
        let frame = Int(pointer.detail)
        guard index >= 0, index < state.stacks[frame].count else { return false }
        return state.stacks[frame][index].register.detail2 & 0xff == IteratorProgress.active
    }

    /// A quick look before the costly one.
    private static func mayBeLooping(_ old: State, _ state: State) -> Bool {
        guard old.frames.count == state.frames.count else { return false }
        for register in 0..<10 {
            let first = old[register], second = state[register]
            guard first.kind == second.kind, first.id == second.id, first.number == second.number,
                first.offset == second.offset
            else { return false }
        }
        for register in 0..<10 {
            var first = old[register], second = state[register]
            first.isPrecise = false
            second.isPrecise = false
            guard first == second else { return false }
        }
        return true
    }

    private static func hasOtherIteratorDepths(_ old: State, _ state: State) -> Bool {
        for frame in old.stacks.indices {
            for index in old.stacks[frame].indices
            where old.stacks[frame][index].bytes[0] == .iterator
                && old.stacks[frame][index].register.traits.contains(.firstSlot)
            {
                guard frame < state.stacks.count, index < state.stacks[frame].count else {
                    return true
                }
                let first = old.stacks[frame][index].register.detail2
                let second = state.stacks[frame][index].register.detail2
                if first & 0xff == IteratorProgress.active, first != second { return true }
            }
        }
        return false
    }

    // MARK: Keeping

    private mutating func keep() {
        cadence.jumps = 0
        cadence.instructions = 0
        // What will turn out to matter is noted anew.
        state.forEachRegister { if $0.kind == .scalar { $0.isPrecise = false } }
        let index = explored.keep(state, at: slot)
        if !slotCosts.isEmpty { slotCosts[slot].states += 1 }
        enterLoops(of: state, at: slot, with: index)
        state.parent = index
        state.firstSlot = Int32(slot)
        state.depth += 1
        state.history.removeAll(keepingCapacity: true)
        hasOwnEntry = false
    }

    /// Ends the path, because it is like one that was here before: what mattered there matters here.
    private mutating func end(at index: Int32, _ likeness: Likeness) throws(Fault) -> Bool {
        explored.notes[Int(index)].hits += 1
        if !slotCosts.isEmpty { slotCosts[slot].pruned += 1 }
        hasOwnEntry = false
        if flow.slots[slot].isJumpPoint { _ = ownEntry() }
        _ = try passPrecision(from: Int(index), to: state)
        noteReturn(to: index, likeness)
        return true
    }

    // MARK: Ending

    /// A path has ended: states from which no other path is open are done with.
    mutating func countDown(from state: State) throws(Fault) {
        var index = state.parent
        while index >= 0 {
            explored.notes[Int(index)].branches -= 1
            guard explored.notes[Int(index)].branches == 0 else { return }
            try leaveLoops(index)
            guard explored.notes[Int(index)].branches == 0 else { return }
            index = explored.notes[Int(index)].parent
        }
    }

    /// Forgets, in a state that is done with, what nothing reads any more.
    private mutating func clean(_ index: Int) {
        guard !explored.notes[index].isClean else { return }
        explored.notes[index].isClean = true
        let alive = aliveSlots(of: explored.entries[index].state)
        let slot = Int(explored.notes[index].slot)
        let current = explored.entries[index].state.current
        for frame in 0...current {
            let place =
                frame == current
                ? slot : Int(explored.entries[index].state.frames[frame + 1].callSlot)
            let live = frame == current ? flow.slots[place].live : flow.liveAfterCall(place)
            for register in 0..<10 where live >> UInt16(register) & 1 == 0 {
                explored.entries[index].state[frame, register] = .uninitialized
            }
            for stackSlot in explored.entries[index].state.stacks[frame].indices
            where alive[frame] >> UInt64(stackSlot) & 1 == 0 {
                explored.entries[index].state.stacks[frame][stackSlot] = .empty
            }
        }
    }

    /// The stack slots of each frame that some function of the chain still reads.
    mutating func aliveSlots(of state: State) -> SIMD8<UInt64> {
        stackLiveness.update(flow)
        var alive = SIMD8<UInt64>.zero
        for frame in 0...state.current { alive[frame] = aliveSlots(state, frame) }
        return alive
    }

    private func aliveSlots(_ state: State, _ frame: Int) -> UInt64 {
        var alive: UInt64 = 0
        for inner in frame...state.current {
            let place =
                inner == state.current
                ? Int(state.slot) : Int(flow.slots[Int(state.frames[inner + 1].callSlot)].next)
            guard place >= 0 else { continue }
            alive |= stackLiveness.alive(
                instance: Int(state.frames[inner].instance), slot: place, frame: frame)
            // A callback may be called once more.
            if inner < state.current, flow.slots[Int(state.frames[inner + 1].callSlot)].callsBack {
                alive |= stackLiveness.alive(
                    instance: Int(state.frames[inner].instance),
                    slot: Int(state.frames[inner + 1].callSlot), frame: frame)
            }
        }
        return alive
    }

    // MARK: Loops that iterate

    /// The state before, on the same path, at the same instruction.
    func earlierState(at slot: Int, of state: State, from parent: Int32) -> Int32? {
        var index = parent
        while index >= 0 {
            if explored.notes[Int(index)].slot == Int32(slot),
                explored.notes[Int(index)].branches > 0,
                Self.haveSameCalls(explored.entries[Int(index)].state, state)
            {
                return index
            }
            index = explored.notes[Int(index)].parent
        }
        return nil
    }

    /// Forgets the numbers that changed since an earlier time round and on which nothing hung.
    func widen(_ state: inout State, since earlier: Int32) {
        let old = explored.entries[Int(earlier)].state
        var comparison = StateComparison(.exact)
        for index in state.registers.indices where index < old.registers.count {
            Self.widen(&state.registers[index], since: old.registers[index], &comparison)
        }
        for frame in state.stacks.indices where frame < old.stacks.count {
            for index in state.stacks[frame].indices
            where index < old.stacks[frame].count && state.stacks[frame][index].isSaved
                && old.stacks[frame][index].isSaved
            {
                Self.widen(
                    &state.stacks[frame][index].register,
                    since: old.stacks[frame][index].register, &comparison)
            }
        }
    }

    private static func widen(
        _ new: inout RegisterState, since old: RegisterState, _ comparison: inout StateComparison
    ) {
        guard old.kind == .scalar, new.kind == .scalar, !old.isPrecise, !new.isPrecise,
            !comparison.registers(old, new)
        else { return }
        new = .unknown
    }
}

/// How far an iterator is: the lower byte of its second detail; the rest counts elements.
enum IteratorProgress {
    static let active: UInt32 = 1
    static let drained: UInt32 = 2
    static let step: UInt32 = 0x100
}
