import EBPFBytecode
import EBPFKernel

extension HookForm {
    /// Perf events: `perf_event:cpu-clock,frequency=99`, `perf_event:mem:0x601040/4:w`.
    static let perfEvents: [HookForm] = [
        HookForm(
            "perf_event", "EVENT[,frequency=N][,period=N][,cpu=N][,cgroup=PATH]", [.perfEvent],
            "a clock, a counter, a breakpoint"
        ) { program, target, options throws(KernelError) in
            let words = try PerfEventWords(target, "attaching \(program)")
            return try program.attach(
                to: words.event, over: words.scope(options), rate: words.rate,
                cookie: options.cookie)
        }
    ]
}

/// A perf event as people write it, with what else there is to say.
struct PerfEventWords {
    var event: PerformanceEvent
    var rate: PerfEventRate?
    private var processor: Int32?
    private var group: String?

    init(_ text: String, _ action: String) throws(KernelError) {
        let parts = text.split(separator: ",").map(String.init)
        guard let name = parts.first, let event = PerformanceEvent(name) else {
            let names = PerformanceEvent.names.map(\.0)
            throw KernelError(
                "\(action) to perf_event:\(text)", .invalidArgument,
                reason: "there is no event \(parts.first ?? "without a name")",
                remedy: Spelling.closest(to: parts.first ?? "", among: names).map {
                    "did you mean \($0)?"
                } ?? "one of \(names.joined(separator: ", ")), rHEX, mem:ADDRESS[/LENGTH][:rwx]")
        }
        self.event = event
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            switch (pair.first, pair.last, pair.last.flatMap { UInt64($0) }) {
            case ("frequency", _, .some(let number)): rate = .perSecond(number)
            case ("period", _, .some(let number)): rate = .every(number)
            case ("cpu", _, .some(let number)): processor = Int32(clamping: number)
            case ("cgroup", .some(let path), _) where pair.count == 2: group = path
            default:
                throw KernelError(
                    "\(action) to perf_event:\(text)", .invalidArgument,
                    reason: "\(part) says nothing about a perf event",
                    remedy: "write frequency=N, period=N, cpu=N or cgroup=PATH")
            }
        }
    }

    func scope(_ options: AttachOptions) -> PerfEventScope {
        if let group { return .controlGroup(path: group) }
        if let process = options.process { return .thread(process, processor: processor) }
        return processor.map(PerfEventScope.processor) ?? .everywhere
    }
}
