import EBPFBytecode
import EBPFHooks
import EBPFKernel

/// Clocks, and the kernel's objects one after the other.
extension HookTrial {
    static let events: [HookTrial] = [
        HookTrial(hook: "perf_event, clock") { _ in
            let proof = try Proof()
            let program = try proof.counter.program("perf_event", counting: .thisThread)
            let event = try clock()
            return try proof(
                attach: {
                    var attributes = PerfEventLinkAttributes()
                    attributes.program = program.number
                    attributes.target = UInt32(bitPattern: event.number)
                    attributes.attachType = AttachType.perfEvent.rawValue
                    return try BPFLink.create(attributes, hook: "clock", program: program)
                }, trigger: work)
        },
        HookTrial(hook: "perf_event, breakpoint") { _ in
            let proof = try Proof()
            let program = try proof.counter.program("perf_event", counting: .thisThread)
            let watched = Watched()
            do throws(KernelError) {
                let link = try program.attach(to: watched.event, over: .thread(0))
                try link.detach()
            } catch {
                // Emulators and hypervisors may leave the debug registers out.
                guard
                    error.errno == .noSpace || error.errno == .operationNotSupported
                        || error.errno == .noEntry
                else { throw error }
                throw Skip("this processor has no breakpoints: \(error.errno.name)")
            }
            return try proof(
                attach: { try program.attach(to: watched.event, over: .thread(0)) },
                trigger: watched.write, runs: 1)
        },
        HookTrial(hook: "iter/task") { _ in try iterate("iter/task") },
        HookTrial(hook: "iter/bpf_map") { _ in try iterate("iter/bpf_map") },
    ]

    /// A clock that ticks a thousand times a second of this thread's work.
    private static func clock() throws -> Descriptor {
        let (software, enable) = (UInt32(1), 0x2400)
        var attributes = PerfEventAttributes()
        attributes.type = software
        attributes.samplePeriod = 1_000_000
        let event = try SystemCalls.linux.openPerfEvent(attributes, process: 0, cpu: -1)
        try SystemCalls.linux.call(.ioControl, Int(event.number), enable, 0)
        return event
    }

    /// Keeps the processor busy for some ticks of the clock.
    private static func work() {
        var value: UInt64 = 1
        for step in 0..<100_000 as Range<UInt64> { value = value &* 3 &+ step }
        withExtendedLifetime(value) {}
    }

    /// An iterator runs when it is read, once for each object and once at the end.
    private static func iterate(_ section: String) throws -> String {
        let proof = try Proof()
        let program = try proof.counter.program(section)
        let link = try program.attachIterator()
        guard let held = link.attachment as? BPFLink else { throw Failure("there is no link") }
        var attributes = IteratorCreateAttributes()
        attributes.link = UInt32(bitPattern: held.descriptor.number)
        let iterator = try program.system.openBPF(.iteratorCreate, &attributes)
        let before = try proof.counter.count
        while try !iterator.read(count: 4096).isEmpty {}
        let seen = try proof.runs(since: before)
        try link.detach()
        return seen
    }
}

/// A number in memory of which each use can be seen.
@safe
private final class Watched {
    // SAFETY: allocated here, aligned as breakpoints want it, freed in `deinit`.
    private let place = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)

    init() { unsafe place.initialize(to: 0) }

    deinit { unsafe place.deallocate() }

    var event: PerformanceEvent {
        .breakpoint(address: unsafe UInt64(UInt(bitPattern: place)), length: 8, .write)
    }

    /// Writes once.
    @inline(never)
    func write() { unsafe place.pointee = 1 }
}
