import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// The whole of a verification, in its order: the shape of the program, its paths, its global
/// functions, its stack.
struct Judge {
    private var subject: Subject
    private let flow: ControlFlow
    private let options: Verifier.Options
    private let environment: Environment
    private let summaries: ContiguousArray<FunctionSummary>
    /// The answers of all walks, which ask about the same types.
    private var typeQuestions: TypeQuestions
    private(set) var statistics = Verification.Statistics()
    /// When the last walk kept a state: the next one goes on counting.
    private var cadence = Cadence()
    /// Where, and with what knowledge, the walk ended at a fault.
    private(set) var scene: Scene?
    /// What was found out for others.
    private var collector: FactCollector
    /// What processors may guess.
    private var speculation = SpeculationNotes()
    /// Where registers are saved that need not be.
    private var fastCalls: FastCalls

    /// The last of a path that failed.
    struct Scene {
        let slot: Int
        let registers: OrderedDictionary<String, String>
        let path: [Rejection.Step]
        let advice: Advice?
    }

    /// Whether the caller did not want to wait for the end.
    private(set) var wasStopped = false
    /// The walk that ended at a fault.
    private var failed: Walk?

    /// Finds out what people want to know of a fault; a kernel does not do that, so that it is left
    /// out of comparisons of time.
    mutating func explain(_ fault: Fault) {
        scene = failed.map {
            Scene(
                slot: $0.slot, registers: $0.knownRegisters(), path: $0.path(),
                advice: $0.advice(on: fault))
        }
    }

    init(
        _ subject: Subject, _ specs: ObjectSpecs, _ options: Verifier.Options,
        _ knowledge: KernelKnowledge?
    ) throws(Fault) {
        self.subject = subject
        self.options = options
        environment = try Environment(subject, specs, options)
        let privileges = PrivilegeRules(subject: subject, privileges: environment.privileges)
        try privileges.check()
        flow = try ControlFlow(subject)
        fastCalls = FastCalls(subject)
        try privileges.check(flow)
        summaries = FunctionSummary.all(subject)
        typeQuestions = TypeQuestions(subject, knowledge)
        collector = FactCollector(subject, options)
        if environment.privileges.guardsSpeculation {
            speculation = SpeculationNotes(slotCount: subject.instructions.count)
        }
    }

    /// Why the program is not safe; `nil` if it is.
    mutating func judge() -> Fault? {
        do throws(Fault) { try checkAll() } catch { return error }
        return nil
    }

    /// Keeps what was found out about the kernel's types.
    mutating func giveBack() { typeQuestions.giveBack() }

    /// What was proved of a program that is safe; `nil` if nobody asked.
    func facts(isAdapted: Bool) -> Facts? {
        collector.isOn ? Facts(collector, subject, isAdapted: isAdapted) : nil
    }

    private mutating func checkAll() throws(Fault) {
        try MapRules(subject: subject).check()
        try ExitRules(subject: subject).check()
        try walk { walk throws(Fault) in try walk.startProgram() }
        var isDone: Set<Int> = []
        while let number = subject.functions.indices.first(where: { number in
            let function = subject.functions[number]
            return !isDone.contains(number)
                && (function.isGlobal && function.isCalled || function.isExceptionCallback)
        }) {
            isDone.insert(number)
            try walk { walk throws(Fault) in try walk.startGlobal(number) }
        }
        if let slot = speculation.mixedTailCall {
            throw Fault(
                .speculation,
                "this tail call uses different maps on different paths, whose sizes a processor may "
                    + "confuse; that takes CAP_PERFMON", slot: slot,
                suggestion: "use a call of its own in each branch")
        }
        var stack = StackRules(subject: subject, calls: fastCalls)
        try stack.check()
    }

    private mutating func walk(_ start: (inout Walk) throws(Fault) -> Void) throws(Fault) {
        // Only the walk has them meanwhile, so that they grow where they are.
        var questions = TypeQuestions()
        swap(&questions, &typeQuestions)
        var walk = Walk(
            subject, flow, options: options, environment: environment, summaries: summaries,
            typeQuestions: questions, facts: collector, speculation: speculation,
            fastCalls: fastCalls)
        questions = TypeQuestions()
        walk.processed = statistics.processed
        walk.cadence = cadence
        defer {
            statistics.processed = walk.processed
            cadence = walk.cadence
            statistics.states += walk.explored.total
            statistics.peakStates = max(statistics.peakStates, walk.explored.peak)
            if statistics.slots.isEmpty {
                statistics.slots = Array(walk.slotCosts)
            } else {
                for slot in walk.slotCosts.indices {
                    statistics.slots[slot] += walk.slotCosts[slot]
                }
            }
        }
        do throws(Fault) {
            try start(&walk)
            try walk.run()
        } catch {
            failed = walk
            wasStopped = walk.wasStopped
            typeQuestions = walk.typeQuestions
            throw error
        }
        subject = walk.subject
        typeQuestions = walk.typeQuestions
        collector = walk.facts
        speculation = walk.speculation
        fastCalls = walk.fastCalls
    }
}

extension Walk {
    /// The state in which the program starts: the context in r1.
    mutating func startProgram() throws(Fault) {
        if subject.isExtension {
            try startGlobal(0)
            globalFunction = nil
            return
        }
        let main = subject.functions[0]
        state = State(function: 0)
        state.frames[0].instance = stackLiveness.instance(
            of: 0, main.start..<main.end, caller: -1, callSlot: -1)
        state[1] = .pointer(.context)
        if let arguments = environment.arguments {
            for index in 0..<arguments.count {
                guard case .pointer(_, let traits)? = try? arguments.load(at: index * 8, size: 8),
                    traits.contains(.acquired)
                else { continue }
                argumentReferences[index * 8] = acquire(.pointer)
            }
        }
    }
}
