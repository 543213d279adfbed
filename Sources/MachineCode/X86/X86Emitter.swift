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
    private let labels: X86Assembler.Labels
    /// Where each function is entered: before what sets its frame up.
    private let entries: X86Assembler.Labels
    /// What is rarely done, behind the function that does it.
    var detours: [Detour] = []
    let stubs: X86Stubs
    /// The function that is being translated.
    var frame = X86Frame()
    /// What is known of registers at this step.
    var known = Knowledge()
    /// The loop that copies and began last, with the place of the loop itself.
    private var scalarLoop: (head: Int, label: X86Assembler.Label)?
    /// The step behind the function.
    private(set) var functionEnd = 0

    init(_ analysis: consuming UnitAnalysis, features: X86Features) {
        self.features = features
        let count = analysis.steps.count
        code = X86Assembler(capacity: count * 16 + 512, labelCount: count * 2 + 32)
        labels = code.makeLabels(count)
        entries = code.makeLabels(analysis.functions.count)
        stubs = X86Stubs(&code)
        self.analysis = analysis
    }

    /// Translates everything.
    ///
    /// - Returns: the code, and where each function and each step begins in it.
    consuming func emit() -> CompiledUnit? {
        for (index, function) in analysis.functions.enumerated() {
            emit(function, entries[index])
        }
        stubs.emit(&code)
        let places = code.offsets(of: labels)
        let entries = code.offsets(of: entries)
        guard let bytes = code.finish() else { return nil }
        return CompiledUnit(analysis, code: bytes, entries: entries, places: places)
    }

    // MARK: Functions

    private mutating func emit(_ function: FunctionShape, _ entry: X86Assembler.Label) {
        code.place(entry)
        frame = X86Frame(
            function,
            window: analysis.unit.isVerified
                ? analysis.windows(of: function).first
                : function.accessesMemory ? .checked : nil,
            expectedRegion: analysis.unit.window.map { .region($0) },
            countsBudget: analysis.countsBudget)
        functionEnd = function.steps.upperBound
        scalarLoop = nil
        emitPrologue()
        known.forgetAll()
        var index = function.steps.lowerBound
        while index < function.steps.upperBound {
            let step = analysis.steps[index]
            if step.isTarget { known.forgetAll() }
            if step.isLoopHead { code.align() }
            code.place(labels[index])
            if step.isLoopHead { scalarLoop = emitCopyLoop(index).map { (index, $0) } }
            let next = emitSequence(step, index) ?? emitStep(step, index)
            // Steps that went into one with this are not targets; their labels only need a place.
            for skipped in (index + 1)..<next { code.place(labels[skipped]) }
            index = next
        }
        if let last = function.steps.last, analysis.steps[last].traits.fallsThrough {
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

    /// Where a branch goes that goes to a step: in a loop that copies, not to what comes before it.
    func label(ofTarget step: Int) -> X86Assembler.Label {
        scalarLoop?.head == step ? scalarLoop?.label ?? labels[step] : labels[step]
    }

    // MARK: Steps

    /// Translates the step at an index; returns the next index.
    private mutating func emitStep(_ step: Step, _ index: Int) -> Int {
        switch step.instruction {
        case .arithmetic(let operation, let width, let register, let source):
            emitArithmetic(operation, width, register, source, step)
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
