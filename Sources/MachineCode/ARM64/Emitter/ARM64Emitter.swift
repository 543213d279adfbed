import EBPFBytecode

/// Translates a unit into machine code of arm64: one pass over the steps, a few of which become one
/// instruction where that says the same.
///
/// ```
///  frame of a function, on the host's stack
///    [sp]  the preserved registers that it changes, x23 if it takes its frame's address,
///          x30 if it calls; rounded up to 16 bytes
/// ```
struct ARM64Emitter {
    let analysis: UnitAnalysis
    var code: ARM64Assembler
    /// A label for each step.
    private let labels: ARM64Assembler.Labels
    /// Where each function is entered: before what sets its frame up.
    private let entries: ARM64Assembler.Labels
    /// What is rarely done, behind the function that does it.
    var detours: [Detour] = []
    let stubs: Stubs
    /// The function that is being translated.
    var frame = ARM64Frame()
    /// What is known of registers at this step.
    var known = Knowledge()

    init(_ analysis: UnitAnalysis, reach: ARM64Assembler.Reach = .near) {
        self.analysis = analysis
        let count = analysis.steps.count
        code = ARM64Assembler(
            reach: reach, capacity: count * 4 + 128, labelCount: count * 2 + 32)
        labels = code.labels(count)
        entries = code.labels(analysis.functions.count)
        stubs = Stubs(&code)
    }

    /// Translates everything.
    static func emit(_ analysis: UnitAnalysis) throws(ARM64AssemblyError) -> CompiledUnit {
        do throws(ARM64AssemblyError) {
            return try ARM64Emitter(analysis).emit()
        } catch {
            // Code of more than a megabyte needs longer branches.
            guard case .distance = error.reason else { throw error }
            return try ARM64Emitter(analysis, reach: .far).emit()
        }
    }

    private consuming func emit() throws(ARM64AssemblyError) -> CompiledUnit {
        for (index, function) in analysis.functions.enumerated() {
            emit(function, entries[index])
        }
        emitStubs()
        let places = code.offsets(of: labels)
        let entries = code.offsets(of: entries)
        return CompiledUnit(
            analysis, code: try code.finish().littleEndianBytes, entries: entries, places: places)
    }

    // MARK: Functions

    private mutating func emit(_ function: FunctionShape, _ entry: ARM64Assembler.Label) {
        code.bind(entry)
        frame = ARM64Frame(function, windows: analysis.windows(of: function))
        emitPrologue()
        known.forgetAll()
        var index = function.steps.lowerBound
        while index < function.steps.upperBound {
            let step = analysis.steps[index]
            if step.isTarget { known.forgetAll() }
            code.bind(labels[index])
            let next = emitSequence(step, index) ?? emitStep(step, index)
            // Steps that went into one with this are not targets; their labels only need a place.
            for skipped in (index + 1)..<next { code.bind(labels[skipped]) }
            index = next
        }
        if let last = function.steps.last, analysis.steps[last].traits.fallsThrough {
            leave(.end, at: analysis.steps[last])
        }
        emitDetours()
    }

    /// The place where a function is called, which begins at a step.
    func entryLabel(ofFunctionAt step: Int) -> ARM64Assembler.Label {
        entries[analysis.functionIndex(at: step)]
    }

    /// The place of a step.
    func label(_ step: Int) -> ARM64Assembler.Label { labels[step] }

    // MARK: Steps

    /// Translates the step at an index; returns the next index.
    private mutating func emitStep(_ step: Step, _ index: Int) -> Int {
        switch step.instruction {
        case .arithmetic(let operation, let width, let register, let source):
            emitArithmetic(operation, width, register, register, source)
        case .negate(let width, let register):
            code.neg(width, register.arm64, register.arm64)
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
        case .exit: emitReturn()
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

extension [UInt32] {
    /// The bytes of instructions, in the order in which the processor fetches them.
    var littleEndianBytes: [UInt8] {
        unsafe map { $0.littleEndian }.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
