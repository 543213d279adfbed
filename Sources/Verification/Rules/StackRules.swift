import EBPFBytecode
import EBPFObjectFile

/// How much stack a chain of calls needs, all in all (`check_max_stack_depth`).
struct StackRules {
    let subject: Subject
    /// The stack that does not count.
    private let calls: FastCalls
    /// What has been looked at: a function is reached along many chains, but few ways matter.
    private var seen: Set<Visit> = []

    private struct Visit: Hashable {
        let function: Int
        let above: Int
        let depth: Int
        let mayOwn: Bool
        let isInCallback: Bool
    }

    init(subject: Subject, calls: FastCalls) {
        self.subject = subject
        self.calls = calls
    }

    private static let limit = 512
    /// From how many bytes on a function gets memory of its own where it can.
    private static let ownStackSize = 64

    mutating func check() throws(Fault) {
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
        (calls.depth(of: number, using: subject.functions[number].stackDepth) + 15) / 16 * 16
    }

    private mutating func check(
        _ number: Int, above: Int, depth: Int, mayOwn: Bool, isInCallback: Bool
    ) throws(Fault) {
        let visit = Visit(
            function: number, above: above, depth: depth, mayOwn: mayOwn,
            isInCallback: isInCallback)
        guard seen.insert(visit).inserted else { return }
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
                    .exceptions, "a callback cannot throw exceptions", slot: slot)
            case .call(.local(let distance)): target = slot + 1 + Int(distance)
            case .loadImmediate(_, .function(let distance)): target = slot + 1 + Int(distance)
            default: continue
            }
            let callee = Int(subject.functionOfSlot[target])
            if subject.functions[callee].isExceptionCallback {
                throw Fault(
                    .exceptions, "the handler of exceptions cannot be called", slot: slot)
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
