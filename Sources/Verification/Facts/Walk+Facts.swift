import EBPFBytecode

/// What is noted for others on the way.
extension Walk {
    /// An instruction is looked at.
    @inline(__always)
    mutating func noteVisit() {
        guard facts.isOn, !state.isSpeculative else { return }
        facts.reach(slot)
        if facts.hasRanges { noteNumbers() }
    }

    /// Registers that are not read any more may hold anything: states are not compared by them.
    private mutating func noteNumbers() {
        let live = flow.slots[slot].live
        for register in 0..<FactCollector.registerCount where live >> UInt16(register) & 1 != 0 {
            facts.note(state[register], in: register, at: slot)
        }
    }

    /// A branch goes one way, or both.
    @inline(__always)
    mutating func noteBranch(taken: Bool, passed: Bool) {
        guard facts.isOn, !state.isSpeculative else { return }
        facts.pass(slot, taken ? passed ? [.taken, .passed] : .taken : .passed)
    }

    /// An instruction loads or stores through a pointer.
    @inline(__always)
    mutating func noteAccess(_ pointer: RegisterState, _ displacement: Int64, _ size: Int) {
        guard facts.isOn, !state.isSpeculative else { return }
        facts.note(
            facts.access(through: pointer, displacement, currentFrame: state.current), at: slot)
        guard pointer.kind == .context else { return }
        let start = displacement &+ Int64(pointer.offset) &+ pointer.number.greatestSigned
        facts.touchContext(upTo: Int(start) + size)
    }
}
