import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Calls of the program's own functions, and their ends.
extension Walk {
    mutating func call(_ callee: Callee) throws(Fault) -> Continuation {
        switch callee {
        case .helper(let number):
            return try callHelper(number)
        case .local(let distance):
            return try callLocal(slot + 1 + Int(distance))
        case .kernelFunction(let id, _):
            return try callKernelFunction(TypeID(UInt32(bitPattern: id)))
        case .register:
            throw Fault(.invalidInstruction, "functions cannot be called through registers")
        }
    }

    private mutating func callLocal(_ target: Int) throws(Fault) -> Continuation {
        guard subject.program.instructions[slot].offset == 0 else {
            throw Fault(.invalidInstruction, "the offset field is not used here and must be 0")
        }
        let number = Int(subject.functionOfSlot[target])
        let function = subject.functions[number]
        if function.isGlobal, function.type != nil {
            try requireNoLock("global functions")
            try checkGlobalCall(number)
            return .next
        }
        try enter(number, callback: .none)
        return .slot(target)
    }

    /// While a lock is held, only the functions of lists and trees may be called.
    func requireNoLock(_ what: String) throws(Fault) {
        guard state.sections.locks == 0 else {
            throw Fault(
                .callUnderLock, "\(what) cannot be called while a lock is held",
                suggestion: "release the lock before the call")
        }
    }

    /// Enters a function with the arguments that are in r1 to r5.
    mutating func enter(_ number: Int, callback: State.Callback) throws(Fault) {
        guard state.frames.count < Self.frameLimit else {
            throw Fault(
                .callDepth, "\(state.frames.count + 1) functions are nested; the limit is 8")
        }
        let caller = state.current
        push(number, callback: callback)
        for register in 1...5 { state[register] = state[caller, register] }
        for register in 0..<6 { state[caller, register] = .uninitialized }
    }

    /// Adds a frame for a function that is called at the current slot.
    mutating func push(_ number: Int, callback: State.Callback) {
        let caller = state.frames[state.current]
        var frame = State.Frame(function: Int32(number), callSlot: Int32(slot))
        frame.callback = callback
        let function = subject.functions[number]
        frame.instance = stackLiveness.instance(
            of: number, function.start..<function.end, caller: Int(caller.instance),
            callSlot: slot)
        state.push(frame)
        subject.functions[number].isCalled = true
    }

    // MARK: Ends

    mutating func exit() throws(Fault) -> Continuation {
        let frame = state.frames[state.current]
        if frame.callback == .exception || state.current == 0 {
            try endProgram(frame)
            return .end
        }
        return try leave(frame)
    }

    private mutating func leave(_ frame: State.Frame) throws(Fault) -> Continuation {
        let result = state[0]
        if result.kind == .stack {
            throw Fault(.pointerLeak, "a pointer to the stack cannot leave its function")
        }
        if frame.callback != .none {
            let result = try readable(.r0)
            try checkCallbackResult(result, frame)
        }
        // What was acquired in a callback must be given back there: it runs again and again.
        if frame.callback == .synchronous {
            let callerHeld = callbackHoldings(frame)
            guard state.references.count <= callerHeld else {
                throw Fault(.leakedReference, "the callback ends with something still held")
            }
        }
        let callSlot = Int(frame.callSlot)
        state.pop()
        if frame.callback == .synchronous {
            // The helper may call it again: the call is looked at once more.
            if let earlier = earlierState(at: callSlot, of: state, from: state.parent) {
                widen(&state, since: earlier)
            }
            return .slot(callSlot)
        }
        state[0] = result
        return .slot(callSlot + 1)
    }

    /// The program that a tail call leads to ends where the function would: its caller goes on, with
    /// a packet that may have been moved. Or there is no such program, and the function goes on.
    mutating func returnFromTailCall() throws(Fault) -> Continuation {
        try putAside(state, at: slot + 1)
        forgetPackets()
        state[0] = .unknown
        return try leave(state.frames[state.current])
    }

    private func callbackHoldings(_ frame: State.Frame) -> Int {
        // References that existed when the callback was entered came first.
        state.references.filter { !isInside(Int($0.slot), Int(frame.function)) }.count
    }

    private func isInside(_ slot: Int, _ function: Int) -> Bool {
        subject.functions[function].start <= slot && slot < subject.functions[function].end
    }

    private mutating func checkCallbackResult(
        _ result: RegisterState, _ frame: State.Frame
    ) throws(Fault) {
        guard result.kind == .scalar else {
            throw Fault(.returnValue, "a callback returns a number, not \(result.title)")
        }
        try requirePrecision(of: .r0)
        let range = callbackRange(frame)
        guard result.number.leastSigned >= range.lowerBound,
            result.number.greatestSigned <= range.upperBound
        else {
            throw Fault(
                .returnValue,
                "the callback may return \(result.number); it must be within "
                    + "\(range.lowerBound)…\(range.upperBound)")
        }
    }

    private func callbackRange(_ frame: State.Frame) -> ClosedRange<Int64> {
        guard case .call(.helper(let number))? = subject.instructions[Int(frame.callSlot)] else {
            return isTreeCallback(frame) ? 0...1 : 0...0
        }
        switch HelperID(rawValue: UInt32(bitPattern: number)) {
        case .timerSetCallback: return 0...0
        default: return 0...1
        }
    }

    private func isTreeCallback(_ frame: State.Frame) -> Bool {
        guard case .kernelFunction(let name, _)? = subject.names[Int(frame.callSlot)] else {
            return false
        }
        return name.hasPrefix("bpf_rbtree_add")
    }

    private mutating func endProgram(_ frame: State.Frame) throws(Fault) {
        try requireNothingHeld("at the end of the program")
        if state.isAsynchronous {
            let result = try readable(.r0)
            guard result.kind == .scalar else {
                throw Fault(.returnValue, "a callback returns a number, not \(result.title)")
            }
            try requirePrecision(of: .r0)
            guard result.number.constant == 0 else {
                throw Fault(
                    .returnValue, "the callback may return \(result.number); it must return 0")
            }
            return
        }
        if let globalFunction {
            return try endGlobal(globalFunction)
        }
        try checkResult()
    }

    /// The end of a global function that is verified alone.
    private mutating func endGlobal(_ number: Int) throws(Fault) {
        if subject.functions[number].isExceptionCallback { return try checkResult() }
        let result = try readable(.r0)
        guard result.kind == .scalar else {
            throw Fault(
                .globalFunction,
                "\(subject.nameOfFunction(number))() returns \(result.title): global functions "
                    + "return numbers")
        }
    }

    /// Without a handler of its own, what an exception carries is what the program returns.
    mutating func checkThrownResult() throws(Fault) { try checkResult() }

    private mutating func checkResult() throws(Fault) {
        switch environment.result {
        case .unread: return
        case .never: throw Fault(.returnValue, "programs at this hook never return")
        case .anything:
            try requireNoSecret(try readable(.r0), .r0, "as the program's result")
        case .within(let range, let is32Bit):
            let result = try readable(.r0)
            try requireNoSecret(result, .r0, "as the program's result")
            guard result.kind == .scalar else {
                throw Fault(
                    .returnValue, "the program returns \(result.title); it must return a number")
            }
            try requirePrecision(of: .r0)
            let low =
                is32Bit ? Int64(result.number.leastSignedWord) : result.number.leastSigned
            let high =
                is32Bit ? Int64(result.number.greatestSignedWord) : result.number.greatestSigned
            guard range.lowerBound <= low, high <= range.upperBound else {
                throw Fault(
                    .returnValue,
                    "the program may return \(result.number); at this hook it must be within "
                        + "\(range.lowerBound)…\(range.upperBound)")
            }
        case .acquired(let type):
            let result = try readable(.r0)
            if result.isZero { return }
            guard result.kind == .structure, result.reference != 0 || result.isNullable,
                typeQuestions.kernel?.matches(TypeID(result.detail), at: 0, type) ?? false
            else {
                throw Fault(
                    .returnValue, "the program must return a pointer that it holds, or null")
            }
        }
    }

    /// Nothing that was acquired may be left.
    func requireNothingHeld(_ when: String, except released: UInt32 = 0) throws(Fault) {
        let returned: UInt32
        if case .acquired = environment.result, state.current == 0 {
            returned = state[0].reference
        } else {
            returned = 0
        }
        if state.sections.locks > 0 {
            throw Fault(.openSection, "a lock is still held \(when)")
        }
        if state.sections.rcu > 0 {
            throw Fault(.openSection, "an RCU section is still open \(when)")
        }
        if state.sections.preemption > 0 {
            throw Fault(.openSection, "preemption is still off \(when)")
        }
        if state.sections.interrupts != 0 {
            throw Fault(.openSection, "interrupts are still off \(when)")
        }
        if let held = state.references.first(where: {
            $0.kind == .pointer && $0.id != returned
        }) {
            throw Fault(
                .leakedReference,
                "what was acquired in slot \(held.slot) is not given back \(when)")
        }
    }
}
