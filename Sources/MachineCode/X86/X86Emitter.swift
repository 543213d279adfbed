import EBPFBytecode

/// Translates a unit into machine code of x86-64: one pass over the steps, a few of which become
/// one instruction where that says the same.
///
/// ```
///  frame of a function, on the host's stack
///    return address
///    preserved registers that it changes
///    [rsp + 8]   the difference of its eBPF stack frame   } if it takes
///    [rsp]       the program's address of that frame's top } the frame's address
/// ```
struct X86Emitter: ~Copyable {
    let analysis: UnitAnalysis
    let features: X86Features
    var code: X86Assembler
    /// A label for each step.
    private var labels: [X86Assembler.Label] = []
    /// Where each function is entered: before what sets its frame up.
    private var entries: [X86Assembler.Label] = []
    /// What is rarely done, behind the function that does it.
    var detours: [Detour] = []
    let stubs: Stubs
    /// The function that is being translated.
    var frame = X86Frame()
    /// What is known of registers at this step.
    var known = Knowledge()

    init(_ analysis: UnitAnalysis, features: X86Features) {
        self.analysis = analysis
        self.features = features
        code = X86Assembler(capacity: analysis.steps.count * 16 + 512)
        labels.reserveCapacity(analysis.steps.count)
        for _ in analysis.steps.indices { labels.append(code.makeLabel()) }
        for _ in analysis.functions { entries.append(code.makeLabel()) }
        stubs = Stubs(&code)
    }

    /// Translates everything.
    ///
    /// - Returns: the code, and where each function and each step begins in it.
    consuming func emit() -> CompiledUnit? {
        for (function, entry) in zip(analysis.functions, entries) { emit(function, entry) }
        emitStubs()
        var places: [Int32] = []
        places.reserveCapacity(labels.count)
        for label in labels { places.append(Int32(code.offset(of: label) ?? 0)) }
        let steps = analysis.steps
        let entries = entryPlaces()
        guard let bytes = code.finish() else { return nil }
        return CompiledUnit(
            code: bytes, entries: entries, places: places, slots: steps.map(\.slot))
    }

    private func entryPlaces() -> [Int: Int] {
        var places: [Int: Int] = [:]
        for (function, entry) in zip(analysis.functions, entries) {
            guard let place = code.offset(of: entry) else { continue }
            places[Int(analysis.steps[function.steps.lowerBound].slot)] = place
        }
        return places
    }

    // MARK: Functions

    private mutating func emit(_ function: FunctionShape, _ entry: X86Assembler.Label) {
        code.place(entry)
        frame = X86Frame(function, analysis)
        emitPrologue()
        known = Knowledge()
        var index = function.steps.lowerBound
        while index < function.steps.upperBound {
            if analysis.steps[index].isTarget { known = Knowledge() }
            if analysis.steps[index].isLoopHead { code.align() }
            code.place(labels[index])
            let next = emitStep(index)
            // Steps that went into one with this are not targets; their labels only need a place.
            for skipped in (index + 1)..<max(next, index + 1) { code.place(labels[skipped]) }
            index = next
        }
        if let last = function.steps.last, analysis.steps[last].instruction.fallsThrough {
            leave(.end, at: analysis.steps[last])
        }
        emitDetours()
    }

    /// The place where a function is called, which begins at a step.
    func entryLabel(ofFunctionAt step: Int) -> X86Assembler.Label {
        entries[analysis.functionIndex(at: step)]
    }

    /// The place of a step.
    func label(_ step: Int) -> X86Assembler.Label { labels[step] }

    // MARK: Steps

    /// Translates the step at an index, perhaps with some after it; returns the next index.
    private mutating func emitStep(_ index: Int) -> Int {
        let step = analysis.steps[index]
        if let next = emitSequence(index) { return next }
        switch step.instruction {
        case .arithmetic(let operation, let width, let register, let source):
            emitArithmetic(operation, width, register, source, live: step.live)
        case .negate(let width, let register):
            code.negate(width, register.x86)
            known.write(register, width)
        case .move(let width, let register, let source): emitMove(width, register, source)
        case .moveSigned(let width, let register, let size, let source):
            emitMoveSigned(width, register, size, source)
        case .convert(let register, let order, let size):
            order == .big ? emitSwap(register, size) : emitCut(register, size)
        case .swap(let register, let size): emitSwap(register, size)
        case .castAddressSpace(let register, let source, _, _):
            emitMove(.doubleWord, register, .register(source))
        case .loadImmediate(let register, let value): emitConstant(register, value, step)
        case .jump: emitJump(index)
        case .branch(let comparison, let width, let first, let second, _):
            emitBranch(comparison, width, first, second, index)
        case .mayJump: emitMayJump(index)
        case .call(let callee): emitCall(callee, step)
        case .exit: emitEpilogue(); code.returnToCaller()
        case .load(let size, let register, let place):
            emitLoad(size, register, place, step, isSigned: false)
        case .loadSigned(let size, let register, let place):
            emitLoad(size, register, place, step, isSigned: true)
        case .store(let size, let place, let source): emitStore(size, place, source, step)
        case .atomic(let operation, let size, let place, let source):
            emitAtomic(operation, size, place, source, step)
        case .loadAcquire(let size, let register, let place):
            emitLoadAcquire(size, register, place, step)
        case .storeRelease(let size, let place, let source):
            emitStoreRelease(size, place, source, step)
        case .loadPacket(let size, let offset): emitLoadPacket(size, offset, step)
        }
        return index + 1
    }
}

/// What a processor has beyond the first x86-64.
public struct X86Features: Hashable, Sendable {
    /// Shifts by any register, and rotations into another (BMI2).
    public var hasBMI2: Bool

    /// The features of a processor.
    public init(hasBMI2: Bool) { self.hasBMI2 = hasBMI2 }
}
