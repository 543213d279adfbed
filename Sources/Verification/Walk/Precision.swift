import EBPFBytecode
import EBPFObjectFile

/// Which numbers mattered: walking a path backwards from where a number was relied on.
///
/// A state covers another if its numbers contain the other's; but only those on which something
/// hung must. Those are found by following a number back to where it came from, and marked in the
/// kept states on the way.
struct BackwardWalk {
    /// The registers whose numbers are followed in the frame that the walk is in, a bit each.
    private var registersHere: UInt16 = 0
    /// The stack slots.
    private var slotsHere: UInt64 = 0
    /// The same of other frames.
    private var otherRegisters = SIMD16<UInt16>.zero
    private var otherSlots = SIMD16<UInt64>.zero
    /// The frame that the walk is in.
    private(set) var frame: Int

    init(frame: Int) { self.frame = frame }

    @inline(__always)
    var isEmpty: Bool {
        registersHere == 0 && slotsHere == 0 && otherRegisters == .zero && otherSlots == .zero
    }

    /// The registers of the frame that the walk is in.
    @inline(__always)
    var registers: UInt16 { registersHere }

    @inline(__always)
    func registers(of frame: Int) -> UInt16 {
        frame == self.frame ? registersHere : otherRegisters[frame]
    }

    @inline(__always)
    func slots(of frame: Int) -> UInt64 { frame == self.frame ? slotsHere : otherSlots[frame] }

    @inline(__always)
    func has(_ register: Register) -> Bool { registersHere >> UInt16(register.rawValue) & 1 != 0 }
    @inline(__always)
    mutating func add(_ register: Register) { registersHere |= 1 << UInt16(register.rawValue) }
    @inline(__always)
    mutating func remove(_ register: Register) {
        registersHere &= ~(1 << UInt16(register.rawValue))
    }

    mutating func add(register: Int, frame: Int) {
        set(registers: registers(of: frame) | 1 << UInt16(register), of: frame)
    }
    mutating func remove(register: Int, frame: Int) {
        set(registers: registers(of: frame) & ~(1 << UInt16(register)), of: frame)
    }
    mutating func add(slot: Int, frame: Int) {
        set(slots: slots(of: frame) | 1 << UInt64(slot), of: frame)
    }
    mutating func remove(slot: Int, frame: Int) {
        set(slots: slots(of: frame) & ~(1 << UInt64(slot)), of: frame)
    }
    func has(slot: Int, frame: Int) -> Bool { slots(of: frame) >> UInt64(slot) & 1 != 0 }

    private mutating func set(registers: UInt16, of frame: Int) {
        if frame == self.frame {
            registersHere = registers
        } else {
            otherRegisters[frame] = registers
        }
    }

    private mutating func set(slots: UInt64, of frame: Int) {
        if frame == self.frame { slotsHere = slots } else { otherSlots[frame] = slots }
    }

    private mutating func enter(_ frame: Int) {
        otherRegisters[self.frame] = registersHere
        otherSlots[self.frame] = slotsHere
        registersHere = otherRegisters[frame]
        slotsHere = otherSlots[frame]
        otherRegisters[frame] = 0
        otherSlots[frame] = 0
        self.frame = frame
    }

    private static let arguments: UInt16 = 0b11_1110

    /// The way leads out of a function into its caller.
    mutating func leaveFunction(passingArguments: Bool) -> Bool {
        guard frame > 0 else { return false }
        let passed = passingArguments ? registersHere & Self.arguments : 0
        registersHere = 0
        slotsHere = 0
        enter(frame - 1)
        registersHere |= passed
        return true
    }

    /// The way leads into a function, through its end.
    mutating func enterFunction() -> Bool {
        guard frame < Walk.frameLimit else { return false }
        enter(frame + 1)
        return true
    }

    /// Follows all numbers that mattered in a state, as far as the walk knows its frames.
    mutating func addPrecise(of state: borrowing State) {
        for index in 0..<min(state.frames.count, frame + 1) {
            for register in 0..<10
            where state[index, register].isPrecise && state[index, register].kind == .scalar {
                add(register: register, frame: index)
            }
            for slot in 0..<state.stacks[index].count
            where state.stacks[index][slot].isSavedScalar
                && state.stacks[index][slot].register.isPrecise
            {
                add(slot: slot, frame: index)
            }
        }
    }

    mutating func removeArguments() { registersHere &= ~Self.arguments }
}

extension Walk {
    /// Something hangs on the exact range of a register's number.
    mutating func requirePrecision(of register: Register) throws(Fault) {
        guard state[Int(register.rawValue)].kind == .scalar else { return }
        var walk = BackwardWalk(frame: state.current)
        walk.add(register)
        _ = followBack(&walk, from: state, at: slot)
    }

    /// What mattered in a kept state matters in one that is like it. Says whether that is new.
    mutating func passPrecision(from index: Int, to other: State) throws(Fault) -> Bool {
        var walk = BackwardWalk(frame: other.current)
        walk.addPrecise(of: explored.entries[index].state)
        return followBack(&walk, from: other, at: Int(other.slot))
    }

    /// Follows numbers back to where they came from; says whether a mark was made.
    mutating func followBack(
        _ walk: inout BackwardWalk, from start: State, at slot: Int
    ) -> Bool {
        guard !walk.isEmpty else { return false }
        var hasChanged = false
        var parent = start.parent
        var history = start.history
        var first = Int(start.firstSlot)
        var last = slot
        var subsequent = -1
        var skipsFirst = true
        while true {
            var count = history.count
            var index = last
            while index >= 0 {
                if !skipsFirst {
                    let note =
                        count > 0 && history[count - 1].slot == Int32(index)
                        ? history[count - 1] : nil
                    let followed = walk.registers | ControlFlow.Slot.alwaysFollowed
                    if note != nil || flow.slots[index].followed & followed != 0 {
                        guard followOver(index, subsequent, note, &walk) else {
                            return markAllPrecise(from: start.parent)
                        }
                    }
                }
                skipsFirst = false
                if walk.isEmpty { return hasChanged }
                subsequent = index
                guard let next = Self.previous(index, first, history, &count) else { break }
                index = next
            }
            guard parent >= 0 else { break }
            hasChanged = mark(&walk, in: Int(parent)) || hasChanged
            if walk.isEmpty { return hasChanged }
            subsequent = first
            last = Int(explored.notes[Int(parent)].lastSlot)
            first = Int(explored.notes[Int(parent)].firstSlot)
            history = explored.notes[Int(parent)].history
            parent = explored.notes[Int(parent)].parent
            if last < 0 { break }
        }
        if globalFunction != nil { return hasChanged }
        return markAllPrecise(from: start.parent) || hasChanged
    }

    /// The instruction before one, on the way that was taken.
    static func previous(
        _ index: Int, _ first: Int, _ history: ContiguousArray<HistoryEntry>, _ count: inout Int
    ) -> Int? {
        if index == first {
            if count == 0 { return nil }
            if count == 1, history[0].slot == Int32(index) { return nil }
        }
        if count > 0, history[count - 1].slot == Int32(index) {
            count -= 1
            return Int(history[count].previous)
        }
        return index - 1
    }

    /// Marks in a kept state what is followed; what needs no following any more is dropped.
    private mutating func mark(_ walk: inout BackwardWalk, in index: Int) -> Bool {
        var hasChanged = false
        for frame in stride(from: walk.frame, through: 0, by: -1) {
            guard frame < explored.entries[index].state.frames.count else { continue }
            let registers = walk.registers(of: frame)
            for register in 0..<10 where registers >> UInt16(register) & 1 != 0 {
                let known = explored.entries[index].state[frame, register]
                if known.kind != .scalar || known.isPrecise {
                    walk.remove(register: register, frame: frame)
                } else {
                    explored.entries[index].state[frame, register].isPrecise = true
                    hasChanged = true
                }
            }
            let slots = walk.slots(of: frame)
            guard slots != 0 else { continue }
            for slot in 0..<64 where slots >> UInt64(slot) & 1 != 0 {
                guard slot < explored.entries[index].state.stacks[frame].count,
                    explored.entries[index].state.stacks[frame][slot].isSavedScalar,
                    !explored.entries[index].state.stacks[frame][slot].register.isPrecise
                else {
                    walk.remove(slot: slot, frame: frame)
                    continue
                }
                explored.entries[index].state.stacks[frame][slot].register.isPrecise = true
                hasChanged = true
            }
        }
        return hasChanged
    }

    /// When the way back is lost, everything is taken to matter.
    @discardableResult
    mutating func markAllPrecise(from parent: Int32) -> Bool {
        var index = parent
        var hasChanged = false
        while index >= 0 {
            explored.entries[Int(index)].state.forEachRegister {
                if $0.kind == .scalar, !$0.isPrecise {
                    $0.isPrecise = true
                    hasChanged = true
                }
            }
            index = explored.notes[Int(index)].parent
        }
        return hasChanged
    }

    // MARK: One instruction backwards

    /// Goes back over an instruction; false when it cannot be followed.
    ///
    /// Most instructions are left to a function that is no method: for a method the walk would be
    /// copied, and this is done for each instruction on each way back.
    @inline(__always)
    private func followOver(
        _ index: Int, _ subsequent: Int, _ note: HistoryEntry?, _ walk: inout BackwardWalk
    ) -> Bool {
        guard let instruction = subject.instructions[index] else { return true }
        // What is linked to something that matters, matters.
        if let note, note.linked.count > 0 { Self.joinLinked(note.linked, &walk) }
        switch instruction {
        case .call(let callee): return undoCall(callee, index, subsequent, &walk)
        case .exit: return undoExit(subsequent, &walk)
        default: return Self.undo(instruction, note, &walk)
        }
    }

    private static func undo(
        _ instruction: Instruction, _ note: HistoryEntry?, _ walk: inout BackwardWalk
    ) -> Bool {
        switch instruction {
        case .arithmetic(_, _, let target, let source):
            if walk.has(target), case .register(let register) = source, register != .r10 {
                walk.add(register)
            }
        case .negate, .convert, .swap, .jump, .mayJump: break
        case .move(_, let target, let source):
            guard walk.has(target) else { break }
            walk.remove(target)
            if case .register(let register) = source, register != .r10 { walk.add(register) }
        case .moveSigned(_, let target, _, let source),
            .castAddressSpace(let target, let source, _, _):
            guard walk.has(target) else { break }
            walk.remove(target)
            if source != .r10 { walk.add(source) }
        case .load(_, let target, _), .loadSigned(_, let target, _), .loadAcquire(_, let target, _):
            guard walk.has(target) else { break }
            walk.remove(target)
            if let note, note.stackSlot >= 0 {
                walk.add(slot: Int(note.stackSlot), frame: Int(note.stackFrame))
            }
        case .store(_, let place, let source):
            return undoStore(place.base, source, note, &walk)
        case .storeRelease(_, let place, let source):
            return undoStore(place.base, .register(source), note, &walk)
        case .atomic(let operation, _, let place, let source):
            return undoAtomic(operation, place.base, source, note, &walk)
        case .loadImmediate(let target, _): walk.remove(target)
        case .loadPacket: if walk.has(.r0) { return false }
        case .branch(_, _, let left, let right, _):
            if case .register(let register) = right, walk.has(left) || walk.has(register) {
                walk.add(left)
                walk.add(register)
            }
            if let note, note.linked.count > 0 { joinLinked(note.linked, &walk) }
        case .call, .exit: break
        }
        return true
    }

    private static func joinLinked(_ linked: LinkedPlaces, _ walk: inout BackwardWalk) {
        var isOneFollowed = false
        for index in 0..<linked.count {
            let place = linked[index]
            isOneFollowed =
                isOneFollowed
                || (place.isStack
                    ? walk.has(slot: place.index, frame: place.frame)
                    : walk.registers(of: place.frame) >> UInt16(place.index) & 1 != 0)
        }
        guard isOneFollowed else { return }
        for index in 0..<linked.count {
            let place = linked[index]
            if place.isStack {
                walk.add(slot: place.index, frame: place.frame)
            } else {
                walk.add(register: place.index, frame: place.frame)
            }
        }
    }

    private static func undoStore(
        _ base: Register, _ source: Source, _ note: HistoryEntry?, _ walk: inout BackwardWalk
    ) -> Bool {
        // A number that was used as an address was a difference of pointers: give up.
        if walk.has(base) { return false }
        guard let note, note.stackSlot >= 0,
            walk.has(slot: Int(note.stackSlot), frame: Int(note.stackFrame))
        else { return true }
        walk.remove(slot: Int(note.stackSlot), frame: Int(note.stackFrame))
        if case .register(let register) = source { walk.add(register) }
        return true
    }

    private static func undoAtomic(
        _ operation: AtomicOperation, _ base: Register, _ source: Register, _ note: HistoryEntry?,
        _ walk: inout BackwardWalk
    ) -> Bool {
        if walk.has(base) { return false }
        // What it changed on the stack is unknown from then on; what it returns came from there.
        if let note, note.stackSlot >= 0,
            walk.has(slot: Int(note.stackSlot), frame: Int(note.stackFrame))
        {
            return false
        }
        switch operation {
        case .compareExchange: walk.remove(.r0)
        case .exchange, .add(true), .or(true), .and(true), .xor(true): walk.remove(source)
        case .add, .or, .and, .xor: break
        }
        return true
    }

    private func undoCall(
        _ callee: Callee, _ index: Int, _ subsequent: Int, _ walk: inout BackwardWalk
    ) -> Bool {
        if case .local(let distance) = callee {
            let function = Int(subject.functionOfSlot[index + 1 + Int(distance)])
            guard subsequent != index + 1 || !subject.functions[function].isGlobal else {
                walk.remove(.r0)
                return true
            }
            return walk.leaveFunction(passingArguments: true)
        }
        if flow.slots[index].callsBack, subsequent != index + 1 {
            // Out of the callback, whose arguments the helper made.
            return walk.leaveFunction(passingArguments: false)
        }
        walk.remove(.r0)
        walk.removeArguments()
        guard case .helper(Int32(HelperID.tailCall.rawValue)) = callee, subsequent != index + 1
        else { return true }
        // The program that was called ended for the function that called it.
        return walk.enterFunction()
    }

    private func undoExit(_ subsequent: Int, _ walk: inout BackwardWalk) -> Bool {
        var isCall = false
        if subsequent > 0, case .call(.local)? = subject.instructions[subsequent - 1] {
            isCall = true
        }
        let needsResult = isCall && walk.has(.r0)
        walk.remove(.r0)
        walk.removeArguments()
        guard walk.enterFunction() else { return false }
        if needsResult { walk.add(.r0) }
        return true
    }
}
