/// Whether a state is covered by an earlier one: what was safe then is safe now.
struct StateComparison {
    /// How closely states must agree.
    enum Closeness {
        /// Numbers that nothing hung on may differ.
        case loose
        /// All numbers must lie within the earlier ones.
        case contained
        /// So they must, and the bytes of stacks must be of the same kinds: it is not known yet
        /// what matters.
        case within
        /// Everything must be the same.
        case exact
    }

    private(set) var closeness: Closeness
    /// The stack slots of each frame of the earlier state that are still read, a bit each.
    private var alive = Self.everything
    /// What whoever loads the program may not do, as far as it makes states differ.
    var demands = Demands()
    /// Which numbers of the earlier state stand for which of the later one.
    private var pairs: ContiguousArray<(old: UInt32, new: UInt32)> = []
    private var lastTemporary: UInt32 = 0x8000_0000

    /// All stack slots of all frames.
    static let everything = SIMD8<UInt64>(repeating: .max)

    /// What makes more states differ than for those who may do everything.
    struct Demands {
        /// Whether bytes that nobody has written are as good as any others.
        var readsUnwritten = true
        /// Whether all numbers matter.
        var allMatter = false
        /// Whether numbers that are not the same are never alike.
        var tellsNumbersApart = false

        init() {}

        init(_ privileges: Privileges) {
            readsUnwritten = privileges.seesKernel
            allMatter = !privileges.isTrusted
        }
    }

    init(_ closeness: Closeness) { self.closeness = closeness }

    /// Begins anew, in the same memory.
    mutating func restart(_ closeness: Closeness, alive: SIMD8<UInt64> = Self.everything) {
        self.closeness = closeness
        self.alive = alive
        pairs.removeAll(keepingCapacity: true)
        lastTemporary = 0x8000_0000
    }

    /// Whether the two states are alike.
    mutating func covers(_ old: State, _ new: State, _ flow: ControlFlow, at slot: Int) -> Bool {
        guard old.frames.count == new.frames.count, references(old, new) else { return false }
        // What is only guessed says nothing about what happens.
        if old.isSpeculative, !new.isSpeculative { return false }
        for frame in old.frames.indices {
            let first = old.frames[frame], second = new.frames[frame]
            guard first.callSlot == second.callSlot, first.function == second.function,
                first.callback == second.callback
            else { return false }
            guard first.callbackDepth <= second.callbackDepth else { return false }
            let place = frame == old.current ? slot : Int(old.frames[frame + 1].callSlot)
            // In outer frames the call's arguments are gone; what counts is what comes after.
            let live = frame == old.current ? flow.slots[place].live : flow.liveAfterCall(place)
            var rest = live & 0x3ff
            while rest != 0 {
                let index = frame &* State.registerCount &+ rest.trailingZeroBitCount
                rest &= rest &- 1
                guard isCovered(old.registers, new.registers, at: index) else { return false }
            }
            guard stacks(old.stacks[frame], new.stacks[frame], alive[frame]) else {
                return false
            }
        }
        return true
    }

    // MARK: Registers

    /// Most registers are told apart, or are alike, by very little.
    @inline(__always)
    private mutating func isCovered(
        _ old: ContiguousArray<RegisterState>, _ new: ContiguousArray<RegisterState>, at index: Int
    ) -> Bool {
        if let answer = quickAnswer(old[index].kind, new[index].kind) { return answer }
        return registers(old[index], new[index])
    }

    @inline(__always)
    private func quickAnswer(_ old: RegisterState.Kind, _ new: RegisterState.Kind) -> Bool? {
        if closeness != .exact, old == .uninitialized { return true }
        return old == new ? nil : false
    }

    mutating func registers(_ old: RegisterState, _ new: RegisterState) -> Bool {
        if closeness == .exact { return isSame(old, new) }
        if old.kind == .uninitialized { return true }
        guard old.kind == new.kind,
            old.traits.subtracting(.linkedBySomeOffset)
                == new.traits.subtracting(.linkedBySomeOffset)
        else { return false }
        switch old.kind {
        case .scalar:
            if demands.tellsNumbersApart {
                return old.number == new.number && old.offset == new.offset
                    && pairScalars(old.id, new.id)
            }
            if !old.isPrecise, closeness == .loose, !demands.allMatter { return true }
            guard old.number.contains(new.number) else { return false }
            // A number that was linked to none was safe with any others.
            if old.id == 0 { return true }
            guard old.traits == new.traits else { return false }
            if old.isLinkedByOffset, old.offset != new.offset { return false }
            return pair(old.id, new.id != 0 ? new.id : temporary())
        case .mapKey, .mapValue, .memory, .buffer, .tracepointBuffer:
            return old.offset == new.offset && old.detail == new.detail
                && old.detail2 == new.detail2 && old.number.contains(new.number)
                && pair(old.id, new.id) && pair(old.reference, new.reference)
        case .packet, .packetMetadata:
            if old.range < 0 || new.range < 0 {
                guard old.range == new.range else { return false }
            } else if old.range > new.range {
                return false
            }
            return old.offset == new.offset && pair(old.id, new.id)
                && old.number.contains(new.number)
        case .arena: return true
        default: return isSame(old, new)
        }
    }

    private mutating func isSame(_ old: RegisterState, _ new: RegisterState) -> Bool {
        old.kind == new.kind && old.traits == new.traits && old.offset == new.offset
            && old.detail == new.detail && old.detail2 == new.detail2 && old.number == new.number
            && pair(old.id, new.id) && pair(old.reference, new.reference)
    }

    // MARK: Numbers

    /// Whether an id stands for another, and for no third one.
    @inline(__always)
    mutating func pair(_ old: UInt32, _ new: UInt32) -> Bool {
        if old == 0 || new == 0 { return old == new }
        return pairOthers(old, new)
    }

    private mutating func pairOthers(_ old: UInt32, _ new: UInt32) -> Bool {
        for known in pairs {
            if known.old == old { return known.new == new }
            if known.new == new { return false }
        }
        pairs.append((old, new))
        return true
    }

    /// A number that is linked to none is like one linked to nothing else.
    private mutating func pairScalars(_ old: UInt32, _ new: UInt32) -> Bool {
        if old == 0, new == 0 { return true }
        return pair(old != 0 ? old : temporary(), new != 0 ? new : temporary())
    }

    private mutating func temporary() -> UInt32 {
        lastTemporary += 1
        return lastTemporary
    }

    // MARK: Stacks

    private mutating func stacks(
        _ old: ContiguousArray<StackSlot>, _ new: ContiguousArray<StackSlot>, _ alive: UInt64
    ) -> Bool {
        for index in old.indices where alive >> UInt64(index) & 1 != 0 {
            let bytes = old[index].bytes
            let isMissing = index >= new.count
            if closeness == .within || closeness == .exact {
                guard !isMissing, bytes == new[index].bytes else { return false }
            }
            if bytes == .all(.invalid) || (bytes == .all(.number) && demands.readsUnwritten) {
                continue
            }
            if isMissing {
                guard (0..<8).allSatisfy({ isAnything(bytes[$0]) }) else { return false }
                continue
            }
            if bytes == .all(.saved), new[index].bytes == bytes {
                if let answer = quickAnswer(old[index].register.kind, new[index].register.kind) {
                    guard answer else { return false }
                    continue
                }
                guard registers(old[index].register, new[index].register) else { return false }
                continue
            }
            guard slots(old[index], new[index]) else { return false }
        }
        return true
    }

    /// Whether a byte may be anything, so that nothing can be relied on.
    private func isAnything(_ byte: StackSlot.Byte) -> Bool {
        byte == .invalid || (byte == .number && demands.readsUnwritten)
    }

    /// The number that a load of all eight bytes would give, if it is one.
    private func scalar(_ slot: StackSlot) -> RegisterState? {
        if slot.isSavedWhole, slot.register.kind == .scalar { return slot.register }
        for index in 0..<8
        where slot.bytes[index] != .number
            && (slot.bytes[index] != .invalid || !demands.readsUnwritten)
        {
            return nil
        }
        return .unknown
    }

    private mutating func slots(_ old: StackSlot, _ new: StackSlot) -> Bool {
        if let first = scalar(old), let second = scalar(new) {
            return registers(first, second)
        }
        for index in 0..<8 {
            switch (old.bytes[index], new.bytes[index]) {
            case (.invalid, _), (.number, .number), (.number, .zero): continue
            case (.number, _) where demands.readsUnwritten: continue
            case (let first, let second) where first != second: return false
            default: continue
            }
        }
        switch old.bytes[0] {
        case .saved: return registers(old.register, new.register)
        case .dynptr:
            return old.register.detail == new.register.detail
                && old.register.traits == new.register.traits
                && pair(old.register.reference, new.register.reference)
        case .iterator:
            return old.register.detail == new.register.detail
                && old.register.detail2 & 0xff == new.register.detail2 & 0xff
                && old.register.traits == new.register.traits
                && pair(old.register.reference, new.register.reference)
        case .interruptFlag:
            return old.register.detail == new.register.detail
                && pair(old.register.reference, new.register.reference)
        case .invalid, .number, .zero: return true
        }
    }

    // MARK: What is held

    /// The upper half says what kind of thing holds a lock, the lower one which of them.
    private mutating func isSameOwner(_ old: UInt64, _ new: UInt64) -> Bool {
        old >> 32 == new >> 32
            && pair(UInt32(truncatingIfNeeded: old), UInt32(truncatingIfNeeded: new))
    }

    private mutating func references(_ old: State, _ new: State) -> Bool {
        guard old.references.count == new.references.count,
            old.sections.locks == new.sections.locks, old.sections.rcu == new.sections.rcu,
            old.sections.preemption == new.sections.preemption,
            isSameOwner(old.sections.lastLockOwner, new.sections.lastLockOwner),
            pair(old.sections.interrupts, new.sections.interrupts),
            pair(old.sections.lastLock, new.sections.lastLock)
        else { return false }
        for index in old.references.indices {
            let first = old.references[index], second = new.references[index]
            guard first.kind == second.kind, pair(first.id, second.id) else { return false }
            if first.kind.isLock, !isSameOwner(first.owner, second.owner) { return false }
        }
        return true
    }
}

extension ControlFlow {
    /// The registers that matter after a call has returned: not those that calls overwrite.
    func liveAfterCall(_ slot: Int) -> UInt16 {
        guard slots[slot].next >= 0 else { return 0 }
        return slots[Int(slots[slot].next)].live & 0b11_1100_0000
    }
}
