import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A walk over all paths of a program, or of one of its global functions.
///
/// The walk goes down one path at a time. Where a branch may go either way, the other way is put
/// aside with a copy of the state; where ways meet, the state is compared with those that were
/// here before, and a path ends if an earlier one was less certain and did no harm.
struct Walk {
    var subject: Subject
    let flow: ControlFlow
    let options: Verifier.Options
    let environment: Environment

    /// What is known where the walk is.
    var state: State
    /// The ways that were put aside.
    var pending: ContiguousArray<State> = []
    /// The states that were kept.
    var explored: ExploredStates
    /// The memory in which states are compared.
    var comparison = StateComparison(.loose)
    /// What the paths that have been walked read of each stack.
    var stackLiveness = StackLiveness()
    /// The loops in which a path has come back to a state that is still being walked from.
    var loops = LoopVisits()

    /// How many instructions were looked at.
    var processed = 0
    /// After how many of them it is asked whether to go on, and whether that was denied.
    var nextQuestion: Int
    var wasStopped = false
    /// What each instruction cost; empty unless that is counted.
    var slotCosts: ContiguousArray<Verification.SlotCost>
    /// The last number given to something that must be told apart from others.
    var lastID: UInt32 = 0
    /// What was walked since a state was kept.
    var cadence = Cadence()
    /// The slot whose instruction is looked at.
    var slot = 0
    /// The references that arguments of the context brought, by their offset.
    var argumentReferences: [Int: UInt32] = [:]
    /// Whether the state's history ends with a note about the instruction that is looked at.
    var hasOwnEntry = false
    /// The stack slot that the instruction wrote whole.
    var writtenSlot: (frame: Int, index: Int)?
    /// The access kinds that instructions have been used with, so that one is not used with two.
    var accessKinds: ContiguousArray<UInt8>
    /// The function that is verified alone; `nil` for the program itself.
    var globalFunction: Int?
    /// The answers about types.
    var typeQuestions: TypeQuestions
    /// What calling each function may do.
    let summaries: ContiguousArray<FunctionSummary>
    /// What is found out for others.
    var facts: FactCollector
    /// What is known of what a processor may guess.
    var speculation: SpeculationNotes
    /// Where registers are saved that need not be.
    var fastCalls: FastCalls

    init(
        _ subject: Subject, _ flow: ControlFlow, options: Verifier.Options,
        environment: Environment, summaries: ContiguousArray<FunctionSummary>,
        typeQuestions: TypeQuestions, facts: FactCollector, speculation: SpeculationNotes,
        fastCalls: FastCalls
    ) {
        self.subject = subject
        self.flow = flow
        self.options = options
        nextQuestion = options.goesOn == nil ? .max : 0
        self.environment = environment
        state = State(function: 0)
        explored = ExploredStates(slotCount: subject.instructions.count)
        self.typeQuestions = typeQuestions
        self.summaries = summaries
        self.facts = facts
        self.speculation = speculation
        self.fastCalls = fastCalls
        slotCosts = ContiguousArray(
            repeating: Verification.SlotCost(),
            count: options.countsSlots ? subject.instructions.count : 0)
        accessKinds = ContiguousArray(
            repeating: RegisterState.noAccessKind, count: subject.instructions.count)
        comparison.demands = demands
    }
}

extension Walk {
    /// How many ways may be put aside (`BPF_COMPLEXITY_LIMIT_JMP_SEQ`).
    static let pendingLimit = 8192
    /// How many functions may be nested (`MAX_CALL_FRAMES`).
    static let frameLimit = 8
    /// The greatest variable offset of a pointer (`BPF_MAX_VAR_OFF`).
    static let offsetLimit: Int64 = 1 << 29

    /// What comparisons must ask for, because of who loads the program.
    var demands: StateComparison.Demands {
        var demands = StateComparison.Demands(environment.privileges)
        demands.tellsNumbersApart = speculation.tellsNumbersApart
        return demands
    }

    /// Walks from the state at hand to the end of every path.
    mutating func run() throws(Fault) {
        slot = Int(state.slot)
        while true {
            if try !step() {
                guard try endPath() else { return }
            }
        }
    }

    /// Looks at one instruction; false when the path ends with it.
    private mutating func step() throws(Fault) -> Bool {
        guard slot < subject.instructions.count else {
            throw Fault(.fallsThrough, "execution runs past the program's last instruction")
        }
        processed += 1
        if !slotCosts.isEmpty { slotCosts[slot].processed += 1 }
        if processed > options.instructionLimit {
            throw Fault(
                .tooComplex,
                "\(options.instructionLimit) instructions were looked at, and no end is in sight")
        }
        if processed >= nextQuestion { try askWhetherToGoOn() }
        let place = flow.slots[slot]
        // The one at which a path ends counts, too.
        cadence.instructions += 1
        if place.isPruningPoint, try isKnown(place) { return false }
        hasOwnEntry = false
        if place.isJumpPoint { _ = ownEntry() }
        guard let instruction = subject.instructions[slot] else {
            guard state.isSpeculative else { throw invalidInstruction() }
            speculation.putBarrier(before: slot)
            return false
        }
        noteVisit()
        let continuation =
            state.isSpeculative ? try executeGuessed(instruction) : try execute(instruction)
        switch continuation {
        case .next:
            state.lastSlot = Int32(slot)
            slot += instruction.slotCount
        case .slot(let target):
            state.lastSlot = Int32(slot)
            slot = target
        case .end: return false
        }
        return true
    }

    private mutating func askWhetherToGoOn() throws(Fault) {
        nextQuestion = processed + max(options.instructionsBetweenQuestions, 1)
        let progress = Verifier.Progress(
            processed: processed, limit: options.instructionLimit, waiting: pending.count)
        guard options.goesOn?(progress) ?? true else {
            wasStopped = true
            throw Fault(.tooComplex, "the verification was stopped")
        }
    }

    /// Where execution goes after an instruction.
    enum Continuation {
        /// To the next one.
        case next
        /// To the instruction in a slot.
        case slot(Int)
        /// Nowhere: the path ends.
        case end
    }

    mutating func execute(_ instruction: Instruction) throws(Fault) -> Continuation {
        switch instruction {
        case .arithmetic, .negate, .move, .moveSigned, .convert, .swap, .castAddressSpace,
            .loadImmediate:
            try compute(instruction)
            return .next
        case .load, .loadSigned, .store, .atomic, .loadAcquire, .storeRelease:
            try access(instruction)
            return .next
        case .loadPacket(let size, let offset):
            try loadPacket(size, offset)
            return .next
        case .jump:
            cadence.jumps += 1
            return .slot(Int(flow.slots[slot].branch))
        case .branch(let comparison, let width, let left, let right, _):
            cadence.jumps += 1
            return try branch(comparison, width, left, right)
        case .mayJump:
            cadence.jumps += 1
            return try mayJump()
        case .call(let callee):
            cadence.jumps += 1
            return try call(callee)
        case .exit:
            cadence.jumps += 1
            return try exit()
        }
    }

    /// Ends the path; false when none is left.
    private mutating func endPath() throws(Fault) -> Bool {
        try countDown(from: state)
        guard let next = pending.popLast() else { return false }
        state = next
        slot = Int(state.slot)
        return true
    }

    /// Puts a way aside, to be walked later.
    mutating func putAside(_ other: consuming State, at target: Int) throws(Fault) {
        other.slot = Int32(target)
        other.lastSlot = Int32(slot)
        if other.parent >= 0 { explored.addBranch(to: Int(other.parent)) }
        try wait(other)
    }

    /// Has a state walked from later.
    mutating func wait(_ other: consuming State) throws(Fault) {
        pending.append(other)
        guard pending.count <= Self.pendingLimit else {
            throw Fault(
                .tooComplex, "\(pending.count) branches wait to be looked at: there are too many")
        }
    }

    /// A number for something new.
    mutating func newID() -> UInt32 {
        lastID &+= 1
        return lastID
    }

    /// The place of the note, in the state's history, about this instruction.
    mutating func ownEntry() -> Int {
        if !hasOwnEntry {
            state.history.append(HistoryEntry(slot: Int32(slot), previous: state.lastSlot))
            hasOwnEntry = true
        }
        return state.history.count - 1
    }

    private func invalidInstruction() -> Fault {
        do throws(InvalidInstruction) {
            _ = try Instruction(decoding: subject.program.instructions, at: slot)
            return Fault(.invalidInstruction, "execution runs into the middle of a constant")
        } catch {
            return Fault(.invalidInstruction, "\(error.reason)")
        }
    }
}

// MARK: - Registers

extension Walk {
    /// A register that an instruction reads.
    @inline(__always)
    func readable(_ register: Register) throws(Fault) -> RegisterState {
        let value = state[Int(register.rawValue)]
        if value.kind == .uninitialized { throw unreadable(register) }
        return value
    }

    private func unreadable(_ register: Register) -> Fault {
        Fault(.uninitializedRegister, "\(register) has no value here")
    }

    /// The state of a second operand.
    @inline(__always)
    func value(of source: Source) throws(Fault) -> RegisterState {
        switch source {
        case .register(let register): return try readable(register)
        case .immediate(let number):
            return .constant(UInt64(bitPattern: Int64(number)))
        }
    }
}
