import EBPFBytecode

/// A unit taken apart: its steps, its functions, and which registers are needed where.
struct UnitAnalysis {
    /// The instructions in order.
    private(set) var steps: [Step] = []
    /// The functions in order; together they cover all steps.
    private(set) var functions: [FunctionShape] = []
    /// Whether another program may take the place of a function that is called.
    private(set) var mayLeaveFunctions = false
    /// How each slot may access memory; empty if every access must be checked.
    private(set) var accesses: [AccessPlan]
    /// What is known of unsigned divisions, by their slots.
    private(set) var divisions: [Int32: DivisionFacts] = [:]
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
        let stepAtSlot = try decode()
        try resolveTargets(stepAtSlot)
        try divideIntoFunctions()
        if unit.premises != nil { noteWhereRunsEnd() }
        for function in functions { findLiveRegisters(function.steps) }
        guard let premises = unit.premises else { return }
        let proof = proof(premises)
        accesses = proof.plans
        divisions = proof.divisions
        if proof.isWithinBudget { countsBudget = false }
    }

    /// How the access of a step may be made.
    @inline(__always)
    func plan(_ step: Step) -> AccessPlan {
        let slot = Int(step.slot)
        return slot < accesses.count ? accesses[slot] : .checked
    }

    // MARK: Steps

    /// Reads all instructions; returns the step that begins at each slot, or -1.
    private mutating func decode() throws(CompilationError) -> [Int32] {
        let program = unit.program
        var stepAtSlot = Array(repeating: Int32(-1), count: program.count)
        var steps: [Step] = []
        steps.reserveCapacity(program.count)
        var slot = 0
        while slot < program.count {
            let next = slot + 1 < program.count ? program[slot + 1] : nil
            let instruction: Instruction
            do throws(InvalidInstruction) {
                instruction = try Instruction(program[slot], followedBy: next, slot: slot)
            } catch {
                throw .invalid(error)
            }
            stepAtSlot[slot] = Int32(steps.count)
            steps.append(Step(instruction, slot: slot, isVerified: unit.isVerified))
            slot += instruction.slotCount
        }
        self.steps = steps
        return stepAtSlot
    }

    private mutating func resolveTargets(_ stepAtSlot: [Int32]) throws(CompilationError) {
        var steps = self.steps.mutableSpan
        for index in steps.indices {
            let slot = Int(steps[index].slot)
            let distance: Int
            switch steps[index].instruction {
            case .jump(let by, _), .call(.local(let by)), .loadImmediate(_, .function(let by)):
                distance = Int(by)
            case .branch(_, _, _, _, let by), .mayJump(let by): distance = Int(by)
            case .loadImmediate(_, .constant): continue
            case .loadImmediate: throw .unresolved(slot: slot)
            default: continue
            }
            let place = slot + 1 + distance
            guard stepAtSlot.indices.contains(place), stepAtSlot[place] >= 0
            else { throw .badTarget(slot: slot) }
            let target = stepAtSlot[place]
            steps[index].target = target
            steps[Int(target)].isTarget = true
            if Int(target) <= index { steps[Int(target)].isLoopHead = true }
        }
    }

    // MARK: Functions

    private mutating func divideIntoFunctions() throws(CompilationError) {
        var starts = [0]
        for step in steps where step.traits.namesFunction && step.target > 0 {
            starts.append(Int(step.target))
        }
        starts.sort()
        for (place, start) in starts.enumerated() {
            let end = place + 1 < starts.count ? starts[place + 1] : steps.count
            // Functions can be named more than once.
            guard start < end else { continue }
            functions.append(try function(start..<end))
            steps[start].isTarget = true
        }
        mayLeaveFunctions = functions.dropFirst().contains(where: \.hasTailCalls)
    }

    private func function(_ range: Range<Int>) throws(CompilationError) -> FunctionShape {
        var shape = FunctionShape(steps: range)
        for index in range {
            if let target = steps[index].branchTarget {
                guard range.contains(target)
                else { throw .crossesFunctions(slot: Int(steps[index].slot)) }
                if target <= index { shape.hasLoops = true }
            }
            shape.note(steps[index], plan(steps[index]))
        }
        if let last = range.last, steps[last].traits.fallsThrough, last + 1 < steps.count {
            throw .crossesFunctions(slot: Int(steps[last].slot))
        }
        return shape
    }

    /// Whoever enters only at the start of a run returns to nobody who could look at the arguments,
    /// unless functions call the first one, too.
    private mutating func noteWhereRunsEnd() {
        guard !steps.contains(where: { $0.traits.namesFunction && $0.target == 0 }),
            let first = functions.first
        else { return }
        for index in first.steps { steps[index].traits.endRun() }
    }

    // MARK: Liveness

    /// Registers are needed if some path reads them before it writes them.
    private mutating func findLiveRegisters(_ range: Range<Int>) {
        var steps = self.steps.mutableSpan
        var changes = true
        while changes {
            changes = false
            // What is needed behind the last step is not known.
            var next = RegisterSet.all
            for index in range.reversed() {
                var live = steps[index].traits.fallsThrough ? next : .none
                if let target = steps[index].branchTarget {
                    live.formUnion(steps[target].needed)
                }
                // What jumps back here has seen less; what jumps forwards comes before.
                if steps[index].isLoopHead, steps[index].live != live { changes = true }
                steps[index].live = live
                next = steps[index].needed
            }
        }
    }
}

/// What a function needs of its frame.
struct FunctionShape {
    let steps: Range<Int>
    /// The preserved registers that it changes.
    var changed = RegisterSet.none
    /// The registers that it reads or writes.
    var mentioned = RegisterSet.none
    /// Whether it needs the program's address of its frame: it uses r10 as a number, or accesses
    /// the frame by other registers.
    var takesFrameAddress = false
    /// Whether a branch goes backwards.
    var hasLoops = false
    /// Whether it calls anything.
    var hasCalls = false
    /// Whether it may be replaced by another program.
    var hasTailCalls = false
    /// Whether it accesses memory.
    var accessesMemory = false

    init(steps: Range<Int>) { self.steps = steps }

    @inline(__always)
    fileprivate mutating func note(_ step: Step, _ plan: AccessPlan) {
        changed.formUnion(step.traits.writes.intersection(.preserved))
        mentioned.formUnion(step.traits.writes.union(step.traits.reads))
        if step.traits.readsFrameAddress || plan == .frame { takesFrameAddress = true }
        if let base = step.traits.base {
            accessesMemory = true
            if base == .r10 { noteFrameAccess(step.instruction) }
        }
        if step.traits.calls { hasCalls = true }
        if step.traits.isTailCall { hasTailCalls = true }
    }

    private mutating func noteFrameAccess(_ instruction: Instruction) {
        guard let (place, size) = instruction.access else { return }
        let end = Int(place.displacement) + size.byteCount
        // What lies outside of the frame is judged by its address; so are misaligned atomics.
        if place.displacement < -512 || end > 0 || end % size.byteCount != 0 {
            takesFrameAddress = true
        }
    }
}
