import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Helpers that call functions of the program.
extension Walk {
    mutating func callBack(_ helper: Helper, _ facts: CallFacts) throws(Fault) {
        guard let function = facts.callback else { return }
        switch helper.id {
        case .loop: try callBackFromLoop(function)
        case .forEachMapElem:
            guard let map = facts.map else { return }
            guard
                [
                    .hash, .lruHash, .perCPUHash, .lruPerCPUHash, .array, .perCPUArray, .arena,
                ].contains(subject.maps[map].type)
            else {
                throw Fault(
                    .mapType, "the elements of map \(subject.maps[map].name) cannot be visited"
                )
            }
            let context = state[3]
            try simulate(function) { walk in
                walk.setElement(map, facts.mapIdentity)
                walk.state[4] = context
            }
        case .findVma:
            let task = state[1], context = state[4]
            let structure = typeQuestions.structure(named: "vm_area_struct")
            try simulate(function) { walk in
                walk.state[1] = task
                walk.state[2] = .pointer(.structure, [], detail: structure?.rawValue ?? 0)
                walk.state[3] = context
            }
        case .userRingbufDrain:
            let context = state[3]
            try simulate(function) { walk in
                var dynptr = RegisterState.pointer(
                    .dynptr, [.firstSlot], detail: RegisterState.DynptrKind.local.rawValue)
                dynptr.id = walk.newID()
                walk.state[1] = dynptr
                walk.state[2] = context
            }
        case .timerSetCallback:
            guard let map = facts.map else { return }
            try callLater(function, isSleepable: false) { walk in
                walk.setElement(map, facts.mapIdentity)
            }
        default: break
        }
    }

    /// The map, a key and a value, as callbacks get them.
    mutating func setElement(_ map: Int, _ identity: UInt32) {
        var pointer = RegisterState.pointer(.map, detail: UInt32(map))
        pointer.detail2 = identity
        state[1] = pointer
        pointer.kind = .mapKey
        state[2] = pointer
        pointer.kind = .mapValue
        if subject.maps[map].record.hasLock { pointer.id = newID() }
        state[3] = pointer
    }

    /// `bpf_loop` is simulated as often as it may turn, or until nothing new is learnt.
    private mutating func callBackFromLoop(_ function: Int) throws(Fault) {
        try requirePrecision(of: .r1)
        let turns = state[1].number.greatest
        guard UInt64(max(state.frames[state.current].callbackDepth, 0)) < turns else {
            state.frames[state.current].callbackDepth = 0
            return
        }
        let context = state[3]
        try simulate(function) { walk in
            walk.state[1] = .unknown
            walk.state[2] = context
        }
    }

    /// Puts a call of the callback aside; here the helper does not call it (any more).
    mutating func simulate(
        _ function: Int, _ prepare: (inout Walk) throws(Fault) -> Void
    ) throws(Fault) {
        guard state.frames.count < Self.frameLimit else {
            throw Fault(
                .callDepth, "\(state.frames.count + 1) functions are nested; the limit is 8")
        }
        let here = state
        let start = subject.functions[function].start
        subject.functions[function].isCallback = true
        // The arguments stay in the caller: the call will be looked at again.
        push(function, callback: .synchronous)
        state.unrolledCallbacks += 1
        state.frames[state.current - 1].callbackDepth += 1
        do throws(Fault) {
            try prepare(&self)
        } catch {
            state = here
            throw error
        }
        let inside = state
        state = here
        state.frames[state.current].callbackDepth = 0
        try putAside(inside, at: start)
    }

    /// The kernel calls the function later, with nothing of what is known here.
    mutating func callLater(
        _ function: Int, isSleepable: Bool, _ prepare: (inout Walk) throws(Fault) -> Void
    ) throws(Fault) {
        let here = state
        let start = subject.functions[function].start
        subject.functions[function].isAsynchronousCallback = true
        subject.functions[function].isCallback = true
        let entries = here.frames[0].asynchronousEntries
        var fresh = State(function: Int32(function))
        fresh.parent = here.parent
        fresh.depth = here.depth
        fresh.firstSlot = here.firstSlot
        fresh.history = here.history
        fresh.isAsynchronous = true
        fresh.isSleepableCallback = isSleepable
        fresh.frames[0].callback = .asynchronous
        fresh.frames[0].asynchronousEntries = entries + 1
        fresh.frames[0].instance = stackLiveness.instance(
            of: function, start..<subject.functions[function].end, caller: -1, callSlot: slot)
        guard entries < 8 else {
            throw Fault(.tooComplex, "callbacks set callbacks, without an end in sight")
        }
        state = fresh
        try prepare(&self)
        let inside = state
        state = here
        try putAside(inside, at: start)
        subject.functions[function].isCalled = true
    }
}
