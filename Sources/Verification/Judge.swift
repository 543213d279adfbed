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
    private(set) var statistics = Verification.Statistics()
    /// Where, and with what knowledge, the walk ended at a fault.
    private(set) var scene: Scene?

    /// The last of a path that failed.
    struct Scene {
        let slot: Int
        let registers: OrderedDictionary<String, String>
        let path: [Rejection.Step]
    }

    init(_ subject: Subject, _ specs: ObjectSpecs, _ options: Verifier.Options) throws(Fault) {
        self.subject = subject
        self.options = options
        environment = try Environment(subject, specs, options)
        flow = try ControlFlow(subject)
    }

    mutating func judge() throws(Fault) {
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
        try StackRules(subject: subject).check()
    }

    private mutating func walk(_ start: (inout Walk) throws(Fault) -> Void) throws(Fault) {
        var walk = Walk(subject, flow, options: options, environment: environment)
        walk.processed = statistics.processed
        defer {
            statistics.processed = walk.processed
            statistics.states += walk.explored.total
            statistics.peakStates = max(statistics.peakStates, walk.explored.peak)
        }
        do throws(Fault) {
            try start(&walk)
            try walk.run()
        } catch {
            scene = Scene(
                slot: walk.slot, registers: walk.knownRegisters(), path: walk.path())
            throw error
        }
        subject = walk.subject
    }
}

extension Walk {
    /// The state in which the program starts: the context in r1.
    mutating func startProgram() throws(Fault) {
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

/// Which maps programs of a type may use (`check_map_prog_compatibility`).
struct MapRules {
    let subject: Subject

    func check() throws(Fault) {
        for map in subject.maps { try check(map) }
    }

    private var isTracing: Bool {
        switch subject.type {
        case .kprobe, .tracepoint, .perfEvent, .rawTracepoint, .rawTracepointWritable: true
        case .tracing: subject.program.attachType != .traceIterator
        default: false
        }
    }

    private func check(_ map: MapFacts) throws(Fault) {
        for field in map.record.fields {
            switch field.kind {
            case .listHead, .treeRoot, .spinLock, .resilientLock:
                if isTracing, field.kind != .resilientLock { throw refusal(map, field) }
                if subject.type == .socketFilter, field.kind == .spinLock {
                    throw refusal(map, field)
                }
            case .timer, .workQueue:
                if isTracing { throw refusal(map, field) }
            default: break
            }
        }
        if subject.isSleepable {
            switch map.type {
            case .hash, .lruHash, .array, .perCPUHash, .perCPUArray, .lruPerCPUHash,
                .arrayOfMaps, .hashOfMaps, .ringBuffer, .userRingBuffer, .inodeStorage,
                .socketStorage, .taskStorage, .cgroupStorage, .queue, .stack, .arena,
                .structOperations:
                break
            default:
                throw Fault(
                    .sleeping,
                    "programs that may sleep cannot use map \(map.name) of type \(map.type)")
            }
        }
    }

    private func refusal(_ map: MapFacts, _ field: SpecialRecord.Field) -> Fault {
        Fault(
            .locking,
            "programs of type \(subject.type) cannot use \(field.kind.title), which the values of "
                + "map \(map.name) have")
    }
}

/// How much stack a chain of calls needs, all in all (`check_max_stack_depth`).
struct StackRules {
    let subject: Subject

    private static let limit = 512
    /// From how many bytes on a function gets memory of its own where it can.
    private static let ownStackSize = 64

    func check() throws(Fault) {
        try check(0, above: 0, depth: 0, mayOwn: mayHaveOwnStacks, isInCallback: false)
        for (number, function) in subject.functions.enumerated()
        where function.isAsynchronousCallback || function.isExceptionCallback {
            try check(number, above: 0, depth: 0, mayOwn: false, isInCallback: true)
        }
    }

    /// Programs that cannot interrupt themselves get stacks apart from the kernel's.
    private var mayHaveOwnStacks: Bool {
        guard !subject.functions.contains(where: \.hasTailCall) else { return false }
        switch subject.type {
        case .kprobe, .tracepoint, .perfEvent, .rawTracepoint: return true
        case .tracing: return subject.program.attachType != .traceIterator
        case .lsm: return true
        default: return false
        }
    }

    /// Compiled functions take multiples of 16 bytes.
    private func size(of number: Int) -> Int {
        (subject.functions[number].stackDepth + 15) / 16 * 16
    }

    private func check(
        _ number: Int, above: Int, depth: Int, mayOwn: Bool, isInCallback: Bool
    ) throws(Fault) {
        let function = subject.functions[number]
        guard depth < Walk.frameLimit else {
            throw Fault(
                .callDepth, "functions are nested more than 8 deep", slot: function.start)
        }
        let own = size(of: number)
        let total = mayOwn && own >= Self.ownStackSize ? above : above + own
        guard total <= Self.limit else {
            throw Fault(
                .stackTooLarge,
                "\(subject.nameOfFunction(number))() and its callers need \(total) bytes of stack; "
                    + "there are 512", slot: function.start)
        }
        let isInCallback = isInCallback || function.isCallback
        for slot in function.start..<function.end {
            let target: Int
            switch subject.instructions[slot] {
            case .call(.kernelFunction):
                guard isInCallback, case .kernelFunction("bpf_throw", _)? = subject.names[slot]
                else { continue }
                throw Fault(
                    .helperNotAllowed, "a callback cannot throw exceptions", slot: slot)
            case .call(.local(let distance)): target = slot + 1 + Int(distance)
            case .loadImmediate(_, .function(let distance)): target = slot + 1 + Int(distance)
            default: continue
            }
            let callee = Int(subject.functionOfSlot[target])
            if subject.functions[callee].isExceptionCallback {
                throw Fault(
                    .attachTarget, "the handler of exceptions cannot be called", slot: slot)
            }
            if case .loadImmediate? = subject.instructions[slot],
                subject.functions[callee].isAsynchronousCallback
            {
                continue
            }
            if subject.functions[callee].hasTailCall, total >= 256 {
                throw Fault(
                    .stackTooLarge,
                    "\(subject.nameOfFunction(callee))() jumps to other programs; its callers may "
                        + "use less than 256 bytes of stack, not \(total)", slot: slot)
            }
            try check(
                callee, above: total, depth: depth + 1, mayOwn: mayOwn, isInCallback: isInCallback)
        }
    }
}

/// Functions that may end at other places than their ends return a number.
struct ExitRules {
    let subject: Subject

    func check() throws(Fault) {
        for function in subject.functions.dropFirst() {
            if function.isExceptionCallback { try checkHandler(function) }
            guard let what = earlyEnd(of: function) else { continue }
            guard let types = subject.types, let type = function.type,
                let prototype = try? types.prototype(of: type)
            else {
                throw Fault(
                    .invalidInstruction,
                    "\(what) in a function of which no types are known", slot: function.start)
            }
            switch try? types.resolvedType(prototype.result) {
            case .integer?, .enumeration?: break
            default:
                throw Fault(
                    .invalidInstruction,
                    "\(what) in \(function.name)(), which returns no number: it may end there",
                    slot: function.start)
            }
        }
    }

    private func earlyEnd(of function: Subprogram) -> String? {
        for slot in function.start..<function.end {
            switch subject.instructions[slot] {
            case .loadPacket: return "the packet is loaded from in the old manner"
            case .call(.helper(Int32(HelperID.tailCall.rawValue))): return "there is a tail call"
            default: break
            }
        }
        return nil
    }

    /// The handler of exceptions takes the number that was thrown and returns one.
    private func checkHandler(_ function: Subprogram) throws(Fault) {
        guard let types = subject.types, let type = function.type,
            let prototype = try? types.prototype(of: type)
        else { return }
        let isNumber: (TypeID) -> Bool = {
            switch try? types.resolvedType($0) {
            case .integer?, .enumeration?: true
            default: false
            }
        }
        guard isNumber(prototype.result), prototype.parameters.count == 1,
            isNumber(prototype.parameters[0].type)
        else {
            throw Fault(
                .argumentType,
                "\(function.name)(), the handler of exceptions, takes one number and returns one",
                slot: function.start)
        }
    }
}
