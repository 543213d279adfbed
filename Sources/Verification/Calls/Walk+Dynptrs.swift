import EBPFBytecode
import EBPFObjectFile

/// Dynptrs: two slots of stack that stand for memory whose bounds are checked at run time.
extension Walk {
    /// The slot of a pointer to an object on the stack.
    func objectSlot(
        _ pointer: RegisterState, _ register: Register, slots: Int, _ what: String,
        _ code: Rejection.Code
    ) throws(Fault) -> (frame: Int, index: Int) {
        guard pointer.kind == .stack else {
            throw Fault(
                code, "\(register) is \(pointer.title); \(what) lives on the stack")
        }
        guard let variable = pointer.number.constant else {
            throw Fault(
                code, "\(what) must be at a constant place of the stack")
        }
        let offset = Int64(pointer.offset) &+ Int64(bitPattern: variable)
        guard offset % 8 == 0 else {
            throw Fault(
                code,
                "\(what) must begin at a multiple of 8 in the stack, not at \(offset)")
        }
        guard offset < 0, offset >= -Self.stackSize, -offset >= Int64(slots * 8) else {
            throw Fault(code, "\(what) must lie in the stack; it would be at \(offset)")
        }
        return (Int(pointer.detail), Self.place(offset).slot)
    }

    private func isDynptr(_ frame: Int, _ index: Int) -> Bool {
        index > 0 && index < state.stacks[frame].count
            && state.stacks[frame][index].bytes == .all(.dynptr)
            && state.stacks[frame][index].register.traits.contains(.firstSlot)
            && state.stacks[frame][index - 1].bytes == .all(.dynptr)
    }

    /// A dynptr that a function uses.
    func initializedDynptr(
        _ value: RegisterState, _ register: Register
    ) throws(Fault) -> RegisterState {
        if value.kind == .dynptr { return value }
        let (frame, index) = try objectSlot(value, register, slots: 2, "a dynptr", .dynptr)
        guard isDynptr(frame, index) else {
            throw Fault(.dynptr, "\(register) points to no initialised dynptr")
        }
        return state.stacks[frame][index].register
    }

    mutating func checkDynptrArgument(
        _ value: RegisterState, _ register: Register
    ) throws(Fault) {
        _ = try initializedDynptr(value, register)
        try noteDynptrRead(value, register)
    }

    mutating func noteDynptrRead(_ value: RegisterState, _ register: Register) throws(Fault) {
        guard value.kind == .stack else { return }
        let (frame, index) = try objectSlot(value, register, slots: 2, "a dynptr", .dynptr)
        noteRead(frame, index)
        noteRead(frame, index - 1)
    }

    mutating func checkDynptr(
        _ value: RegisterState, _ register: Register, _ wanted: Helper.Parameter.DynptrKind,
        _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        let isReleasing = helper.id == .ringbufSubmitDynptr || helper.id == .ringbufDiscardDynptr
        if value.kind == .dynptr, isReleasing {
            throw Fault(.notAcquired, "\(register) is a dynptr that this function cannot change")
        }
        let dynptr = try initializedDynptr(value, register)
        try noteDynptrRead(value, register)
        switch wanted {
        case .any: break
        case .local where dynptr.detail != RegisterState.DynptrKind.local.rawValue,
            .ringBuffer where dynptr.detail != RegisterState.DynptrKind.ringBuffer.rawValue:
            throw Fault(
                .dynptr,
                "the dynptr in \(register) is of another kind than bpf_\(helper.name)() takes")
        case .local, .ringBuffer: break
        }
        facts.dynptr = dynptr
        facts.reference = dynptr.reference
    }

    mutating func checkNewDynptr(
        _ value: RegisterState, _ register: Register, _ made: Helper.Parameter.DynptrKind,
        _ facts: inout CallFacts
    ) throws(Fault) {
        let kind: RegisterState.DynptrKind = made == .ringBuffer ? .ringBuffer : .local
        try prepareNewDynptr(value, register)
        facts.newDynptr = (register, kind)
    }

    /// Makes room for a dynptr.
    mutating func prepareNewDynptr(_ value: RegisterState, _ register: Register) throws(Fault) {
        let (frame, index) = try objectSlot(value, register, slots: 2, "a dynptr", .dynptr)
        let start = Int64(-(index + 1) * 8)
        growStack(frame, start..<start + 16)
        try destroyDynptr(frame, index)
        try destroyDynptr(frame, index - 1)
    }

    mutating func makeDynptr(
        _ register: Register, _ kind: RegisterState.DynptrKind, _ facts: CallFacts,
        _ helper: Helper
    ) throws(Fault) {
        try makeDynptr(in: register, kind, traits: [], reference: nil)
    }

    /// Writes a dynptr of a kind.
    mutating func makeDynptr(
        in register: Register, _ kind: RegisterState.DynptrKind, traits: RegisterState.Traits,
        reference: UInt32?
    ) throws(Fault) {
        let (frame, index) = try objectSlot(
            state[Int(register.rawValue)], register, slots: 2, "a dynptr", .dynptr)
        let start = Int64(-(index + 1) * 8)
        try overwriteStack(frame, start..<start + 16)
        var dynptr = RegisterState.pointer(.dynptr, traits, detail: kind.rawValue)
        dynptr.id = newID()
        if kind.isReference { dynptr.reference = reference ?? acquire(.pointer) }
        for (position, slot) in [index, index - 1].enumerated() {
            if position == 0 {
                dynptr.traits.insert(.firstSlot)
            } else {
                dynptr.traits.remove(.firstSlot)
            }
            state.stacks[frame][slot] = StackSlot(bytes: .all(.dynptr), register: dynptr)
        }
    }

    /// What overwrites a part of a dynptr destroys it, and what was read through it.
    mutating func destroyDynptr(_ frame: Int, _ index: Int) throws(Fault) {
        guard index >= 0, index < state.stacks[frame].count,
            state.stacks[frame][index].bytes[0] == .dynptr
        else { return }
        let first =
            state.stacks[frame][index].register.traits.contains(.firstSlot) ? index : index + 1
        guard first > 0, first < state.stacks[frame].count else { return }
        let dynptr = state.stacks[frame][first].register
        if dynptr.reference != 0, !hasClone(of: dynptr, but: (frame, first)) {
            throw Fault(
                .dynptr,
                "a dynptr that holds a record is overwritten before it is given back")
        }
        state.stacks[frame][first] = .empty
        state.stacks[frame][first - 1] = .empty
        forgetMemory(ofDynptr: dynptr.id)
    }

    private func hasClone(of dynptr: RegisterState, but place: (frame: Int, index: Int)) -> Bool {
        for frame in state.stacks.indices {
            for index in state.stacks[frame].indices
            where (frame, index) != place && state.stacks[frame][index].bytes[0] == .dynptr
                && state.stacks[frame][index].register.traits.contains(.firstSlot)
                && state.stacks[frame][index].register.reference == dynptr.reference
            {
                return true
            }
        }
        return false
    }

    private mutating func forgetMemory(ofDynptr id: UInt32) {
        let nothing = useless
        state.forEachRegister {
            if $0.kind == .memory, $0.traits.contains(.ofDynptr), $0.detail2 == id {
                $0 = nothing
            }
        }
    }

    /// A helper may not write over a dynptr.
    func refuseDynptrs(_ frame: Int, _ range: Range<Int64>) throws(Fault) {
        for offset in range {
            let (index, byte) = Self.place(offset)
            guard index < state.stacks[frame].count else { continue }
            if state.stacks[frame][index].bytes[byte] == .dynptr {
                throw Fault(
                    .dynptr,
                    "the function may overwrite the dynptr in the stack at \(offset)")
            }
        }
    }

    /// Gives a dynptr's record back: all copies of it, and what was read through them, are gone.
    mutating func releaseDynptr(_ register: Register) throws(Fault) {
        let value = state[Int(register.rawValue)]
        let dynptr = try initializedDynptr(value, register)
        let reference = dynptr.reference
        guard giveBack(reference) else {
            throw Fault(.notAcquired, "the dynptr in \(register) holds nothing to give back")
        }
        for frame in state.stacks.indices {
            for index in state.stacks[frame].indices
            where state.stacks[frame][index].bytes[0] == .dynptr
                && state.stacks[frame][index].register.reference == reference
            {
                forgetMemory(ofDynptr: state.stacks[frame][index].register.id)
                state.stacks[frame][index] = .empty
            }
        }
    }
}
