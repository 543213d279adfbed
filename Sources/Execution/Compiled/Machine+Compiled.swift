import EBPFBytecode
import EBPFMachineCode
import EBPFMaps
import EBPFObjectFile

/// Running machine code on a virtual CPU.
extension Machine {
    /// How many branches backwards and calls the run still has.
    var budget: Int {
        @inline(__always)
        get { Int(bitPattern: UInt(memory.state[.budget])) }
        @inline(__always)
        set { memory.state[.budget] = UInt64(UInt(bitPattern: newValue)) }
    }

    /// How often `may_goto` still does nothing.
    var loopBudget: Int {
        get { Int(bitPattern: UInt(memory.state[.loopBudget])) }
        set { memory.state[.loopBudget] = UInt64(UInt(bitPattern: newValue)) }
    }

    /// The slot of the instruction of machine code that called the runtime last.
    var siteSlot: Int { Int(truncatingIfNeeded: memory.state[.site]) }

    /// Tells machine code where the stack is and what to call.
    func prepareMachineCode(stack: UnsafeMutableRawPointer) {
        let state = memory.state
        let base = UInt64(UInt(bitPattern: stack))
        let byteCount = Self.maximumFrameCount * Self.frameByteCount
        state[.stackTop] = base + UInt64(Self.frameByteCount)
        state[.stackLimit] = base + UInt64(byteCount)
        state[.frameTop] = framePointer(0)
        // CPUs that the host does not have use the first one's values.
        state[.cpu] = cpu < host.options.cpuCount ? UInt64(cpu) : 0
        state[.machine] = UInt64(UInt(bitPattern: unsafe Unmanaged.passUnretained(self).toOpaque()))
        RuntimeFunctions.install(in: state)
    }

    /// The machine code of a program, if it may run on the context as it is now.
    func machineCode(of program: ProgramBody) -> CompiledProgram? {
        guard let compiled = program.code.compiled, admits(compiled.shape) else { return nil }
        return compiled
    }

    /// Whether the context is now as machine code relies on it.
    @inline(__always)
    func admits(_ shape: CompiledProgram.Shape) -> Bool {
        shape.contextByteCount <= context.byteCount && (hasOwnPackets || !shape.trustsPackets)
    }

    /// The machine code of the function that begins at an operation of a program.
    func entry(
        ofOperation operation: Int, of program: ProgramBody, _ compiled: CompiledProgram
    ) throws(Fault) -> UInt64 {
        if operation == 0 { return compiled.entry }
        // An operation is named by its last slot; functions begin at their first.
        let first = program.code.slot(ofOperation: operation - 1).map { $0 + 1 } ?? 0
        let last = program.code.slot(ofOperation: operation) ?? first
        for slot in first...max(first, last) {
            if let entry = compiled.entry(atSlot: slot) { return entry }
        }
        throw .notAFunction(address: Address.function(atOperation: operation))
    }

    /// Enters machine code on the frame of the current depth; returns r0.
    func enter(
        _ gate: Gate, _ function: UInt64, _ first: UInt64, _ second: UInt64 = 0,
        _ third: UInt64 = 0, _ fourth: UInt64 = 0, _ fifth: UInt64 = 0
    ) throws(Fault) -> UInt64 {
        let state = memory.state
        state[.target] = function
        state[.frame] = state[.stackTop] &+ UInt64(frameDepth * Self.frameByteCount)
        isInMachineCode = true
        // SAFETY: the program that the code belongs to is kept by `program`, those that it called
        // by `leftPrograms`; the state is complete since this machine was made.
        let result = unsafe gate.enter(state, first, second, third, fourth, fifth)
        guard state[.ending] != 0 else { return result }
        throw takeFault()
    }

    /// Makes a region the one in which unproved accesses are expected.
    func openWindow(_ region: Int) {
        let state = memory.state
        if state[.windowRegion] != UInt64(region) { state.openWindow(region) }
    }

    /// Enters a function from a helper that machine code has called: what the helper still wants to
    /// read of its arguments stays.
    func callBack(
        _ gate: Gate, _ function: UInt64, _ first: UInt64, _ second: UInt64, _ third: UInt64,
        _ fourth: UInt64, _ fifth: UInt64
    ) throws(Fault) -> UInt64 {
        let state = memory.state
        let (frame, site) = (state[.callingFrame], state[.site])
        let bank = unsafe RegisterFile(words: state.registers)
        let arguments = (bank[.r1], bank[.r2], bank[.r3], bank[.r4], bank[.r5])
        defer {
            state[.callingFrame] = frame
            state[.site] = site
            bank[.r1] = arguments.0
            bank[.r2] = arguments.1
            bank[.r3] = arguments.2
            bank[.r4] = arguments.3
            bank[.r5] = arguments.4
        }
        return try enter(gate, function, first, second, third, fourth, fifth)
    }

    /// Why machine code ended the run.
    private func takeFault() -> Fault {
        let state = memory.state
        let ending = RunState.Ending(rawValue: state[.ending])
        state[.ending] = 0
        recordFault(atSlot: siteSlot)
        defer { pendingFault = nil }
        return switch ending {
        case .budget: .budgetExhausted
        case .frames: .tooManyFrames
        case .end, nil, .some(.none): .fellOffTheEnd
        case .fault: pendingFault ?? .fellOffTheEnd
        }
    }

    /// Ends the run of machine code when it asks the next time.
    fileprivate func end(_ fault: Fault) {
        recordFault(atSlot: siteSlot)
        pendingFault = fault
        memory.state[.ending] = RunState.Ending.fault.rawValue
    }

    /// Brings what the runtime knows up to date when machine code has called it.
    fileprivate func noteCaller() {
        let state = memory.state
        frameDepth = Int(truncatingIfNeeded: (state[.callingFrame] &- state[.stackTop]) >> 9)
    }
}

/// What machine code calls; see ``RuntimeCalls``.
enum RuntimeFunctions {
    /// Puts the addresses of all functions into a state.
    static func install(in state: RunState) {
        state[.callHelper] = unsafe address(callHelper)
        state[.lookUp] = unsafe address(lookUp)
        state[.callRegister] = unsafe address(callRegister)
        state[.tailCall] = unsafe address(tailCall)
        state[.afterCall] = unsafe address(afterCall)
        state[.load] = unsafe address(load)
        state[.store] = unsafe address(store)
        state[.atomic] = unsafe address(atomic)
        state[.loadPacket] = unsafe address(loadPacket)
    }

    @unsafe
    private static func address<Function>(_ function: Function) -> UInt64 {
        // SAFETY: C functions are pointers.
        UInt64(unsafe unsafeBitCast(function, to: UInt.self))
    }

    private static let callHelper: RuntimeCalls.CallHelper = { base, index in
        unsafe with(base) { machine, registers throws(Fault) in
            try machine.callHelper(Int(truncatingIfNeeded: index), registers)
        }
    }

    private static let lookUp: RuntimeCalls.LookUp = { base, handle, key in
        guard let machine = unsafe machine(base), let index = Address.mapIndex(handle)
        else { return 0 }
        // SAFETY: the machine owns the state and is in the middle of a run; the key lies in a frame.
        return unsafe machine._withUnsafeGuaranteedRef { machine in
            let offset = machine.maps.plainly(index) { map in
                unsafe map.programLookup(key, cpu: machine.cpu)
            }
            return offset.map { MapHelpers.address(of: $0, in: handle) } ?? 0
        }
    }

    private static let callRegister: RuntimeCalls.CallRegister = { base, value in
        unsafe with(base) { machine, registers throws(Fault) in
            try machine.callAddress(value, registers)
        }
    }

    private static let tailCall: RuntimeCalls.TailCall = { base in
        unsafe with(base) { machine, registers throws(Fault) in
            try machine.tailCallFromMachineCode(registers)
        }
    }

    private static let afterCall: RuntimeCalls.AfterCall = { base in
        _ = unsafe with(base) { machine, _ throws(Fault) in
            machine.unwind(to: machine.frameDepth)
            return 0
        }
    }

    private static let load: RuntimeCalls.Load = { base, address, access in
        unsafe with(base) { machine, _ throws(Fault) in
            try machine.load(address, AccessCode(rawValue: access))
        }
    }

    private static let store: RuntimeCalls.Store = { base, address, access, value in
        _ = unsafe with(base) { machine, _ throws(Fault) in
            try machine.store(value, at: address, AccessCode(rawValue: access))
            return 0
        }
    }

    private static let atomic: RuntimeCalls.Atomic = { base, address, code, value in
        unsafe with(base) { machine, registers throws(Fault) in
            let code = AtomicCode(rawValue: code)
            guard let kind = code.kind else { return 0 }
            return try machine.atomic(
                kind, byteCount: code.byteCount, address, operand: value,
                expected: registers[.r0])
        }
    }

    private static let loadPacket: RuntimeCalls.LoadPacket = { base, offset, size in
        unsafe with(base) { machine, _ throws(Fault) in
            machine.loadPacket(
                at: Int64(bitPattern: offset), byteCount: Int(truncatingIfNeeded: size)) ?? .max
        }
    }

    /// Whose state this is.
    @inline(__always)
    @unsafe
    private static func machine(_ base: UnsafeMutableRawPointer) -> Unmanaged<Machine>? {
        let state = unsafe RunState(base: base)
        return unsafe UnsafeRawPointer(bitPattern: UInt(state[.machine])).map {
            unsafe Unmanaged<Machine>.fromOpaque($0)
        }
    }

    /// Does what machine code has asked for; a fault ends its run.
    @inline(__always)
    @unsafe
    private static func with(
        _ base: UnsafeMutableRawPointer,
        _ body: (Machine, RegisterFile) throws(Fault) -> UInt64
    ) -> UInt64 {
        guard let machine = unsafe machine(base) else { return 0 }
        let state = unsafe RunState(base: base)
        // SAFETY: the machine owns the state and is in the middle of a run.
        return unsafe machine._withUnsafeGuaranteedRef { machine in
            machine.noteCaller()
            do throws(Fault) {
                return try body(machine, unsafe RegisterFile(words: state.registers))
            } catch {
                machine.end(error)
                return 0
            }
        }
    }
}

extension Machine {
    /// Calls the helper or kernel function at a place of the table.
    fileprivate func callHelper(_ index: Int, _ r: RegisterFile) throws(Fault) -> UInt64 {
        if hasPlainLookups, index == Int(HelperID.mapLookupElem.rawValue) {
            return try MapHelpers.look(HelperCall(machine: self, registers: r), cpu: cpu)
        }
        guard index < helpers.bodies.count else {
            let slot = siteSlot
            let program = program?.spec.instructions ?? []
            throw .kernelFunction(program.indices.contains(slot) ? program[slot].immediate : 0)
        }
        return try callHelper(at: index, r)
    }

    /// Replaces the running program for machine code; returns where to go on, 0 for where it was.
    fileprivate func tailCallFromMachineCode(_ r: RegisterFile) throws(Fault) -> UInt64 {
        guard let target = try replaceProgram(r) else { return 0 }
        if let compiled = machineCode(of: target) { return compiled.entry }
        // Only the interpreter can run that one: it does so here, and machine code returns the result.
        let frame = framePointer(frameDepth)
        r[.r10] = frame
        isInMachineCode = false
        defer { isInMachineCode = true }
        r[.r0] = try Interpreter(self).run(from: target.code.start, with: r)
        guard let gate else { return 0 }
        return gate.resultAddress
    }

    /// Calls the helper with a number, or finds the machine code of a function: then returns that.
    fileprivate func callAddress(_ value: UInt64, _ r: RegisterFile) throws(Fault) -> UInt64 {
        if let operation = Address.operation(ofFunction: value) {
            guard let program, let compiled = machineCode(of: program)
            else { throw .notAFunction(address: value) }
            return try entry(ofOperation: operation, of: program, compiled)
        }
        guard let number = Int32(exactly: value) else { throw .notAFunction(address: value) }
        guard let index = helpers.index(ofHelper: number) else { throw .unknownHelper(number) }
        r[.r0] = try callHelper(index, r)
        return 0
    }

    fileprivate func load(_ address: UInt64, _ access: AccessCode) throws(Fault) -> UInt64 {
        let size = access.byteCount
        guard let pointer = unsafe memory.readable(address, size: UInt64(size))
        else { throw .access(address: address, size: UInt32(size), isWrite: false) }
        guard !access.isAligned || address.isMultiple(of: UInt64(size))
        else { throw .misaligned(address: address, size: UInt32(size)) }
        return switch size {
        case 1: UInt64(unsafe pointer.load(as: UInt8.self))
        case 2: UInt64(unsafe pointer.loadUnaligned(as: UInt16.self))
        case 4: UInt64(unsafe pointer.loadUnaligned(as: UInt32.self))
        default: unsafe pointer.loadUnaligned(as: UInt64.self)
        }
    }

    fileprivate func store(
        _ value: UInt64, at address: UInt64, _ access: AccessCode
    ) throws(Fault) {
        let size = access.byteCount
        guard let pointer = unsafe memory.writable(address, size: UInt64(size)) else {
            guard !access.isAligned
            else { throw .access(address: address, size: UInt32(size), isWrite: true) }
            // Some fields of a context may be written; the region itself says no.
            return try storeToContext(value, at: address, size: size)
        }
        guard !access.isAligned || address.isMultiple(of: UInt64(size))
        else { throw .misaligned(address: address, size: UInt32(size)) }
        switch size {
        case 1: unsafe pointer.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case 2: unsafe pointer.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case 4: unsafe pointer.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        default: unsafe pointer.storeBytes(of: value, as: UInt64.self)
        }
    }
}
