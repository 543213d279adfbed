import EBPFBytecode
import EBPFMachineCode
import EBPFMaps

/// One virtual CPU: registers, stack, address space, and what the running program has at hand.
///
/// A machine belongs to one thread at a time; ``UserSpaceHost`` lends them out.
@safe
final class Machine {
    /// The number of this CPU, which selects the values of per-CPU maps.
    let cpu: Int
    /// What all CPUs share: clock, randomness, trace output, the log.
    unowned let host: UserSpaceHost
    /// How many branches backwards and calls a run may make.
    let runBudget: Int
    /// The way into machine code, if there is one.
    let gate = Gate.shared
    /// The memory that programs may touch.
    let memory: AddressSpace.View

    private let addressSpace: AddressSpace
    private let stack: UnsafeMutableRawPointer
    /// Objects of a kernel that programs may look at: zeros.
    private let objects: UnsafeMutableRawPointer
    private let frames: UnsafeMutablePointer<Frame>
    private let registerWords: UnsafeMutablePointer<UInt64>
    private let helperBodies: UnsafeMutablePointer<HelperBody>
    private let helperCount: Int
    /// Whether look-ups in maps need not be asked for in the table.
    let hasPlainLookups: Bool
    /// Every map of the host, by index; kept alive by their registrations.
    let maps: MapSlots

    /// The code that runs now; a tail call replaces it.
    private(set) var program: ProgramBody? { didSet { recentLaunch = nil } }
    /// How that one was entered the last time, if it was by code for its start.
    var recentLaunch: RecentLaunch?
    /// Programs that tail calls left behind, with the depth of the function that left: the outer
    /// functions go on in them.
    private var leftPrograms: [(program: ProgramBody, depth: Int)] = []
    /// The innermost function: 0 is the program's entry.
    var frameDepth = 0
    /// Whether machine code runs, not the interpreter.
    var isInMachineCode = false
    /// Whether packet pointers in the context are the machine's own.
    var hasOwnPackets = true
    /// What machine code could not go on with.
    var pendingFault: Fault?
    /// Where the helper that runs was called, for stack traces and faults.
    var callSite: ProgramCounter?
    private var tailCallCount = 0
    /// Where the run was stopped: the slot, and the program, which a tail call may have replaced.
    private(set) var faultSlot: Int?
    private(set) var faultProgram: ProgramBody?
    /// What a redirect helper asked for.
    var redirect: Redirect? { didSet { hasSentPackets = true } }
    /// Copies of the packet that the program sent (`bpf_clone_redirect`).
    var clones: [ClonedPacket] = [] { didSet { hasSentPackets = true } }
    /// Whether there may be a redirect or clones.
    private var hasSentPackets = false

    /// The packet and everything about it, for programs that have one.
    let packet = PacketBuffer()
    /// What the context is and which of its fields may be written.
    let context = ContextState()
    /// Ring buffer records and other things that the program holds for a while.
    var holdings = Holdings()
    /// The address of the timer whose callback runs.
    var runningTimer: UInt64?
    /// What can be called, for calls through registers.
    let helpers: HelperTable
    /// The process that the program seems to run in.
    var process: ProcessIdentity
    /// What calls a closure of this process back, while a native program runs.
    var nativeCallback: NativeCallback?
    /// What a timer that a native program sets is to call.
    var nativeTimer: NativeTimer?

    /// The greatest depth of calls, as in Linux (`MAX_CALL_FRAMES`).
    static let maximumFrameCount = 8
    /// How many words a bank of registers takes.
    static let registerStride = 16
    /// The size of a stack frame (`MAX_BPF_STACK`).
    static let frameByteCount = 512
    /// How often programs may be replaced (`MAX_TAIL_CALL_CNT`).
    static let maximumTailCallCount = 33
    /// How often `may_goto` does nothing (`BPF_MAX_LOOPS`).
    static let loopLimit = 8 * 1024 * 1024

    init(cpu: Int, host: UserSpaceHost, helpers: HelperTable) throws(KernelErrno) {
        self.cpu = cpu
        self.host = host
        runBudget = host.options.budget
        self.helpers = helpers
        process = host.process
        addressSpace = try AddressSpace()
        memory = addressSpace.view
        maps = try MapSlots()
        let stackByteCount = Self.maximumFrameCount * Self.frameByteCount
        unsafe stack = .allocate(byteCount: stackByteCount, alignment: 16)
        unsafe stack.initializeMemory(as: UInt8.self, repeating: 0, count: stackByteCount)
        unsafe objects = .allocate(byteCount: MachineObject.byteCount, alignment: 16)
        unsafe objects.initializeMemory(
            as: UInt8.self, repeating: 0, count: MachineObject.byteCount)
        unsafe frames = .allocate(capacity: Self.maximumFrameCount)
        unsafe registerWords = .allocate(
            capacity: (Self.maximumFrameCount + 1) * Self.registerStride)
        unsafe registerWords.initialize(
            repeating: 0, count: (Self.maximumFrameCount + 1) * Self.registerStride)
        helperCount = helpers.bodies.count
        hasPlainLookups = helpers.hasPlainLookups
        unsafe helperBodies = .allocate(capacity: helperCount)
        for (index, body) in helpers.bodies.enumerated() {
            unsafe (helperBodies + index).initialize(to: body)
        }
        memory[Address.objectRegion] = unsafe .object(
            at: objects, start: Address.start(ofRegion: Address.objectRegion),
            byteCount: MachineObject.byteCount, isWritable: false)
        unsafe prepareMachineCode(stack: stack)
        for (depth, region) in Address.frameRegions.enumerated() {
            memory[region] = unsafe .object(
                at: stack + depth * Self.frameByteCount, start: Address.start(ofRegion: region),
                byteCount: Self.frameByteCount, isWritable: true)
        }
    }

    deinit {
        unsafe helperBodies.deinitialize(count: helperCount)
        unsafe helperBodies.deallocate()
        unsafe registerWords.deallocate()
        unsafe frames.deallocate()
        unsafe stack.deallocate()
        unsafe objects.deallocate()
    }

    // MARK: Running

    /// Runs a program from its entry, or from a function, with r1 to r3 as given; returns r0.
    ///
    /// The context and the packet must be in place. What the program left behind is cleaned up
    /// in every case.
    func run(
        _ program: ProgramBody, from operation: Int = 0, _ first: UInt64,
        _ second: UInt64 = 0, _ third: UInt64 = 0
    ) throws(Fault) -> UInt64 {
        if self.program !== program { self.program = program }
        budget = runBudget
        frameDepth = 0
        tailCallCount = 0
        loopBudget = Self.loopLimit
        isInMachineCode = false
        if faultSlot != nil { forgetFault() }
        callSite = nil
        defer { if tailCallCount > 0 { leftPrograms.removeAll() } }
        return try cleaningUp { () throws(Fault) in
            if operation == 0, let gate, let launch = launch(of: program, first, second, third) {
                return try enter(gate, launch, first, second, third)
            }
            return try enter(program, at: operation, first, second, third)
        }
    }

    /// Runs a program once more that has just run, with the same r1; returns r0.
    ///
    /// The context and the packet must be in place again.
    @inline(__always)
    func runAgain(_ program: ProgramBody, _ first: UInt64) throws(Fault) -> UInt64 {
        guard self.program === program, tailCallCount == 0, faultSlot == nil, let gate,
            let launch = program.launch, !launch.isTailored, admits(launch.shape)
        else { return try run(program, first) }
        budget = runBudget
        frameDepth = 0
        loopBudget = Self.loopLimit
        return try cleaningUp { () throws(Fault) in try enter(gate, launch, first, 0, 0) }
    }

    /// Gives back what a run has kept.
    @inline(__always)
    private func cleaningUp(_ body: () throws(Fault) -> UInt64) throws(Fault) -> UInt64 {
        let value: UInt64
        do throws(Fault) {
            value = try body()
        } catch {
            if !holdings.isEmpty { _ = releaseHoldings() }
            // What Linux does without an exception callback: the cookie is the result.
            if case .thrown(let cookie) = error { return cookie }
            throw error
        }
        if !holdings.isEmpty, let leftover = releaseHoldings() { throw .unreleased(leftover) }
        return value
    }

    /// Forgets where the last run wanted packets to go.
    func forgetPackets() {
        guard hasSentPackets else { return }
        redirect = nil
        clones.removeAll()
        hasSentPackets = false
    }

    /// Forgets which program ran last; nothing keeps it then.
    func forgetProgram() { program = nil }

    private func forgetFault() {
        pendingFault = nil
        faultSlot = nil
        faultProgram = nil
    }

    /// Makes bytes of the outermost frame zero: those right below its top.
    func clearStack(_ byteCount: Int) {
        let count = min(max(byteCount, 0), Self.frameByteCount)
        // SAFETY: the frame has `frameByteCount` bytes.
        unsafe (stack + (Self.frameByteCount - count)).initializeMemory(
            as: UInt8.self, repeating: 0, count: count)
    }

    /// Runs a function on the outermost frame, compiled if it was.
    private func enter(
        _ program: ProgramBody, at operation: Int, _ first: UInt64, _ second: UInt64,
        _ third: UInt64
    ) throws(Fault) -> UInt64 {
        clearStack(Self.frameByteCount)
        if let compiled = machineCode(of: program), let gate {
            let function = try entry(ofOperation: operation, of: program, compiled)
            openWindow(compiled.shape.window)
            return try enter(gate, function, first, second, third)
        }
        guard let start = program.code.place(ofOperation: operation)
        else { throw .notAFunction(address: Address.function(atOperation: operation)) }
        let r = unsafe RegisterFile(words: registerWords)
        r[.r1] = first
        r[.r2] = second
        r[.r3] = third
        r[.r10] = framePointer(0)
        return try Interpreter(self).run(from: start, with: r)
    }

    /// The place of an operation of the running code.
    func place(ofOperation index: Int) -> ProgramCounter? {
        program?.code.place(ofOperation: index)
    }

    /// Remembers where a fault happened; the innermost function says it first.
    func recordFault(at place: ProgramCounter) {
        guard faultSlot == nil else { return }
        faultSlot = program?.code.slot(before: place)
        faultProgram = program
    }

    // MARK: Calls

    /// Calls the helper at the table's place in `op`.
    @inline(__always)
    func callHelper(_ op: OperationReference, _ r: RegisterFile) throws(Fault) -> UInt64 {
        // SAFETY: lowering takes indices from the table that filled `helperBodies`.
        try unsafe helperBodies[Int(op.immediate)](HelperCall(machine: self, registers: r))
    }

    /// Calls the helper at a place of the table, which must be one.
    @inline(__always)
    func callHelper(at index: Int, _ r: RegisterFile) throws(Fault) -> UInt64 {
        // SAFETY: the caller has compared the index with the table's size.
        try unsafe helperBodies[index](HelperCall(machine: self, registers: r))
    }

    /// Calls the helper whose number a register holds, or returns the function to go to.
    func callRegister(_ op: OperationReference, _ r: RegisterFile) throws(Fault) -> ProgramCounter?
    {
        let value = r[op.destination]
        if let operation = Address.operation(ofFunction: value) {
            guard let place = place(ofOperation: operation)
            else { throw .notAFunction(address: value) }
            return place
        }
        guard let number = Int32(exactly: value) else { throw .notAFunction(address: value) }
        guard let index = helpers.index(ofHelper: number) else { throw .unknownHelper(number) }
        r[.r0] = try unsafe helperBodies[index](HelperCall(machine: self, registers: r))
        return nil
    }

    /// Enters a function: keeps what it must preserve, and gives it a stack frame.
    func pushFrame(returningTo place: ProgramCounter, _ r: RegisterFile) throws(Fault) {
        guard frameDepth + 1 < Self.maximumFrameCount else { throw .tooManyFrames }
        // SAFETY: `frameDepth` is below the number of frames.
        unsafe (frames + frameDepth).initialize(
            to: Frame(
                returnPlace: place, r6: r[.r6], r7: r[.r7], r8: r[.r8], r9: r[.r9], r10: r[.r10]))
        frameDepth += 1
        r[.r10] = framePointer(frameDepth)
    }

    /// Leaves a function; returns the place to go on.
    func popFrame(_ r: RegisterFile) -> ProgramCounter {
        frameDepth -= 1
        // SAFETY: the loop leaves only frames that it entered.
        let frame = unsafe frames[frameDepth]
        r[.r6] = frame.r6
        r[.r7] = frame.r7
        r[.r8] = frame.r8
        r[.r9] = frame.r9
        r[.r10] = frame.r10
        if !leftPrograms.isEmpty { restoreProgram() }
        return frame.returnPlace
    }

    /// Gives up all frames above one.
    func unwind(to depth: Int) {
        frameDepth = depth
        if !leftPrograms.isEmpty { restoreProgram() }
    }

    /// After a tail call from a subprogram has ended, its caller goes on in the program it is from.
    private func restoreProgram() {
        while let left = leftPrograms.last, left.depth > frameDepth {
            program = left.program
            leftPrograms.removeLast()
        }
    }

    /// Remembers the slot at which machine code failed; the innermost function says it first.
    func recordFault(atSlot slot: Int) {
        guard faultSlot == nil else { return }
        faultSlot = slot
        faultProgram = program
    }

    /// The operations at which the active functions go on, innermost first.
    ///
    /// Functions below a tail call are left out: they belong to another program.
    var returnOperations: [Int] {
        if isInMachineCode {
            // Programs that ask for more than this are not compiled, see `CompiledProgram`.
            return program?.code.operation(ofSlot: siteSlot).map { [$0 + 1] } ?? []
        }
        guard let code = program?.code, let callSite else { return [] }
        let outer = (0..<frameDepth).reversed().map { unsafe frames[$0].returnPlace }
        return ([callSite] + outer).map { code.operation(at: $0) }
            .filter { code.slot(ofOperation: $0 - 1) != nil }
    }

    /// Calls a function of the program from a helper; it has registers of its own.
    func callBack(
        _ address: UInt64, argument: Int, _ first: UInt64, _ second: UInt64, _ third: UInt64,
        _ fourth: UInt64, _ fifth: UInt64
    ) throws(Fault) -> UInt64 {
        if let nativeCallback, address == Address.nativeFunction {
            return try callBack(nativeCallback, first, second, third)
        }
        guard let operation = Address.operation(ofFunction: address),
            let program, let start = place(ofOperation: operation)
        else { throw .badArgument(argument, .function) }
        guard frameDepth + 1 < Self.maximumFrameCount else { throw .tooManyFrames }
        let site = callSite
        let depth = frameDepth
        let wasInMachineCode = isInMachineCode
        // The frame number is used up so that the callback's own calls lie above it.
        unsafe (frames + frameDepth).initialize(
            to: Frame(returnPlace: start, r6: 0, r7: 0, r8: 0, r9: 0, r10: 0))
        frameDepth += 1
        defer {
            unwind(to: depth)
            callSite = site
            isInMachineCode = wasInMachineCode
        }
        budget &-= 1
        guard budget >= 0 else { throw .budgetExhausted }
        if let gate, let compiled = machineCode(of: program) {
            let function = try entry(ofOperation: operation, of: program, compiled)
            return try callBack(gate, function, first, second, third, fourth, fifth)
        }
        // SAFETY: there is a bank of sixteen words for every frame.
        let r = unsafe RegisterFile(words: registerWords + frameDepth * Self.registerStride)
        r[.r1] = first
        r[.r2] = second
        r[.r3] = third
        r[.r4] = fourth
        r[.r5] = fifth
        r[.r10] = framePointer(frameDepth)
        isInMachineCode = false
        return try Interpreter(self).run(from: start, with: r)
    }

    /// Replaces the running program by one of a prog array (`bpf_tail_call`).
    ///
    /// - Returns: where to go on, or `nil` if there is no such program or the limit is reached:
    ///   then the caller goes on.
    func tailCall(_ r: RegisterFile) throws(Fault) -> ProgramCounter? {
        try replaceProgram(r).map(\.code.start)
    }

    /// Makes another program the running one; `nil` as in ``tailCall(_:)``.
    func replaceProgram(_ r: RegisterFile) throws(Fault) -> ProgramBody? {
        let call = HelperCall(machine: self, registers: r)
        try call.requireContext(.first)
        let array = try call.map(.second)
        guard tailCallCount < Self.maximumTailCallCount,
            let target = array.program(at: UInt32(truncatingIfNeeded: call.third))
        else { return nil }
        tailCallCount += 1
        if let program { leftPrograms.append((program, frameDepth)) }
        program = target
        return target
    }

    /// Whether a `may_goto` leaves its loop.
    func leavesLoop() -> Bool {
        guard loopBudget > 0 else { return true }
        loopBudget -= 1
        return false
    }

    // MARK: Programs that run natively

    /// Makes everything ready for a program that runs natively.
    func beginNativeRun() {
        forgetProgram()
        budget = runBudget
        frameDepth = 0
        tailCallCount = 0
        callSite = nil
        forgetPackets()
        memory.admitsHostMemory = true
    }

    /// Calls a helper for a program that runs natively.
    func callHelper(_ number: Int, with arguments: [UInt64]) throws(Fault) -> UInt64 {
        // SAFETY: there is a bank of sixteen words for every frame.
        let r = unsafe RegisterFile(words: registerWords + frameDepth * Self.registerStride)
        for (register, argument) in zip(Register.arguments, arguments) { r[register] = argument }
        return try helpers.bodies[number](HelperCall(machine: self, registers: r))
    }

    /// Calls a closure of the process back; the helpers that it calls have registers of their own.
    private func callBack(
        _ closure: NativeCallback, _ first: UInt64, _ second: UInt64, _ third: UInt64
    ) throws(Fault) -> UInt64 {
        guard frameDepth + 1 < Self.maximumFrameCount else { throw .tooManyFrames }
        frameDepth += 1
        defer { frameDepth -= 1 }
        return closure(first, second, third)
    }

    /// Counts a tail call of a native program; `false` when there were too many.
    func countTailCall() -> Bool {
        guard tailCallCount < Self.maximumTailCallCount else { return false }
        tailCallCount += 1
        return true
    }

    /// The map that a handle stands for.
    @inline(__always)
    func map(_ handle: UInt64) -> Map? {
        Address.mapIndex(handle).flatMap { maps[$0] }
    }

    func framePointer(_ depth: Int) -> UInt64 {
        Address.start(ofRegion: Address.frameRegions.lowerBound + depth)
            + UInt64(Self.frameByteCount)
    }
}

/// What a call must preserve.
private struct Frame {
    let returnPlace: ProgramCounter
    let r6, r7, r8, r9, r10: UInt64
}
