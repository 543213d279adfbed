import EBPFBytecode

/// A unit taken apart: its steps, its functions, and which registers are needed where.
struct UnitAnalysis {
    /// The instructions in order.
    private(set) var steps: [Step] = []
    /// The functions in order; together they cover all steps.
    private(set) var functions: [FunctionShape] = []
    /// The step that begins at each slot, or -1.
    private(set) var stepAtSlot: [Int32] = []
    /// Whether another program may take the place of a function that is called.
    private(set) var mayLeaveFunctions = false
    /// How each slot may access memory; empty if every access must be checked.
    private var accesses: [AccessPlan]
    /// Whether branches backwards and calls count against the budget.
    private(set) var countsBudget: Bool
    let unit: CodeUnit

    /// The number of `bpf_tail_call`, which replaces the running program.
    static let tailCallHelper: Int32 = 12

    init(_ unit: CodeUnit) throws(CompilationError) {
        guard !unit.program.isEmpty else { throw .empty }
        self.unit = unit
        accesses = unit.accesses
        countsBudget = !unit.isVerified
        try decode()
        try resolveTargets()
        try divideIntoFunctions()
        for function in functions { findLiveRegisters(function.steps) }
        guard let premises = unit.premises else { return }
        let proof = proof(premises)
        accesses = proof.plans
        if proof.isWithinBudget { countsBudget = false }
    }

    /// How the access of a step may be made.
    func plan(_ step: Step) -> AccessPlan {
        let slot = Int(step.slot)
        return slot < accesses.count ? accesses[slot] : .checked
    }

    // MARK: Steps

    private mutating func decode() throws(CompilationError) {
        let decoded: [(slot: Int, instruction: Instruction)]
        do throws(InvalidInstruction) {
            decoded = try Instruction.decode(unit.program)
        } catch {
            throw .invalid(error)
        }
        stepAtSlot = Array(repeating: -1, count: unit.program.count)
        steps.reserveCapacity(decoded.count)
        for (slot, instruction) in decoded {
            stepAtSlot[slot] = Int32(steps.count)
            steps.append(Step(slot: Int32(slot), instruction: instruction))
        }
    }

    private mutating func resolveTargets() throws(CompilationError) {
        for index in steps.indices {
            let slot = Int(steps[index].slot)
            switch steps[index].instruction {
            case .jump(let by, _): try setTarget(of: index, to: slot + 1 + Int(by))
            case .branch(_, _, _, _, let by), .mayJump(let by):
                try setTarget(of: index, to: slot + 1 + Int(by))
            case .call(.local(let by)): try setTarget(of: index, to: slot + 1 + Int(by))
            case .loadImmediate(_, .function(let by)):
                try setTarget(of: index, to: slot + 1 + Int(by))
            case .loadImmediate(_, .constant): break
            case .loadImmediate: throw .unresolved(slot: slot)
            default: break
            }
        }
    }

    private mutating func setTarget(of index: Int, to slot: Int) throws(CompilationError) {
        guard stepAtSlot.indices.contains(slot), stepAtSlot[slot] >= 0
        else { throw .badTarget(slot: Int(steps[index].slot)) }
        steps[index].target = stepAtSlot[slot]
        steps[Int(stepAtSlot[slot])].isTarget = true
        if Int(stepAtSlot[slot]) <= index { steps[Int(stepAtSlot[slot])].isLoopHead = true }
    }

    // MARK: Functions

    private mutating func divideIntoFunctions() throws(CompilationError) {
        var isEntry = Array(repeating: false, count: steps.count)
        isEntry[0] = true
        for step in steps where step.target >= 0 && step.instruction.namesFunction {
            isEntry[Int(step.target)] = true
        }
        var start = 0
        for index in 1...steps.count where index == steps.count || isEntry[index] {
            functions.append(try function(start..<index))
            steps[start].isTarget = true
            start = index
        }
        mayLeaveFunctions = functions.dropFirst().contains(where: \.hasTailCalls)
    }

    private func function(_ range: Range<Int>) throws(CompilationError) -> FunctionShape {
        var shape = FunctionShape(steps: range)
        for index in range {
            let step = steps[index]
            let instruction = step.instruction
            let target = Int(step.target)
            if target >= 0, !instruction.namesFunction, !range.contains(target) {
                throw .crossesFunctions(slot: Int(step.slot))
            }
            shape.note(instruction, tailCallHelper: Self.tailCallHelper)
            if plan(step) == .frame { shape.takesFrameAddress = true }
        }
        if let last = range.last, steps[last].instruction.fallsThrough, last + 1 < steps.count {
            throw .crossesFunctions(slot: Int(steps[last].slot))
        }
        return shape
    }

    // MARK: Liveness

    /// Registers are needed if some path reads them before it writes them.
    private mutating func findLiveRegisters(_ range: Range<Int>) {
        // What is needed before each step; loops need more than one round.
        var before = Array(repeating: RegisterSet.none, count: range.count)
        var changes = true
        while changes {
            changes = false
            for index in range.reversed() {
                let step = steps[index]
                var live = RegisterSet.none
                if step.instruction.fallsThrough {
                    live =
                        index + 1 < range.upperBound ? before[index + 1 - range.lowerBound] : .all
                }
                if step.target >= 0, !step.instruction.namesFunction {
                    live.formUnion(before[Int(step.target) - range.lowerBound])
                }
                steps[index].live = live
                let needed = live.subtracting(step.instruction.writes).union(reads(step))
                if needed != before[index - range.lowerBound] {
                    before[index - range.lowerBound] = needed
                    changes = step.isTarget || changes
                }
            }
        }
    }

    /// What a step reads, with what its callee may.
    private func reads(_ step: Step) -> RegisterSet {
        let own = step.instruction.reads
        switch step.instruction {
        case .call(.helper(Self.tailCallHelper)): return unit.isVerified ? .arguments : .all
        case .call(.helper(let number)):
            return RegisterSet(firstArguments: HelperArity.count(ofHelper: number))
        case .call(.kernelFunction): return .arguments
        // A callee that was not verified may look at anything.
        case .call: return unit.isVerified ? own.union(.arguments) : .all
        // A function that ends shows its caller what is left in the arguments' registers.
        case .exit, .loadPacket: return unit.isVerified ? own : own.union(.arguments)
        default: return own
        }
    }
}

/// What a function needs of its frame.
struct FunctionShape {
    let steps: Range<Int>
    /// The preserved registers that it changes.
    var changed = RegisterSet.none
    /// Whether it needs the program's address of its frame: it uses r10 as a number, or accesses
    /// the frame by other registers.
    var takesFrameAddress = false
    /// Whether it calls anything.
    var hasCalls = false
    /// Whether it may be replaced by another program.
    var hasTailCalls = false
    /// Whether it accesses memory.
    var accessesMemory = false

    init(steps: Range<Int>) { self.steps = steps }

    fileprivate mutating func note(_ instruction: Instruction, tailCallHelper: Int32) {
        changed.formUnion(instruction.writes.intersection(.preserved))
        switch instruction {
        case .call(let callee):
            hasCalls = true
            if callee == .register(.r10) { takesFrameAddress = true }
            if callee == .helper(tailCallHelper) { hasTailCalls = true }
        case .loadPacket(_, let offset):
            hasCalls = true
            if case .indirect(.r10, _) = offset { takesFrameAddress = true }
        case .load(let size, _, let place), .loadSigned(let size, _, let place),
            .loadAcquire(let size, _, let place):
            note(place, size)
        case .store(let size, let place, let source):
            note(place, size)
            if source == .register(.r10) { takesFrameAddress = true }
        case .storeRelease(let size, let place, let source),
            .atomic(_, let size, let place, let source):
            note(place, size)
            if source == .r10 { takesFrameAddress = true }
        case .move(_, _, .register(.r10)), .arithmetic(_, _, _, .register(.r10)),
            .moveSigned(_, _, _, .r10), .castAddressSpace(_, .r10, _, _),
            .branch(_, _, .r10, _, _), .branch(_, _, _, .register(.r10), _):
            takesFrameAddress = true
        default: break
        }
    }

    private mutating func note(_ place: MemoryOperand, _ size: MemorySize) {
        accessesMemory = true
        guard place.base == .r10 else { return }
        let end = Int(place.displacement) + size.byteCount
        // What lies outside of the frame is judged by its address; so are misaligned atomics.
        if place.displacement < -512 || end > 0 || end % size.byteCount != 0 {
            takesFrameAddress = true
        }
    }
}

extension Instruction {
    /// Whether its target is a function, not a place to go on.
    var namesFunction: Bool {
        switch self {
        case .call(.local), .loadImmediate(_, .function): true
        default: false
        }
    }
}
