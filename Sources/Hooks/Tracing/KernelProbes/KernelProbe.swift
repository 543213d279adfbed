import EBPFBytecode
public import EBPFKernel

/// A place in the kernel's code.
public enum KernelProbePlace: Hashable, Sendable {
    /// A function, or an instruction so many bytes into it.
    case function(String, offset: UInt64 = 0)
    /// An instruction, by its address in memory.
    case address(UInt64)
}

/// What else there is to say about probes in the kernel.
public struct KernelProbeOptions: Hashable, Sendable {
    /// Whether the program runs at the function's entry or return.
    public var moment: ProbeMoment
    /// A number the program can ask for (`bpf_get_attach_cookie`, Linux 5.15).
    public var cookie: UInt64
    /// How many calls may be waiting for their return at once (`maxactive`); 0 for the kernel's
    /// choice. Returns beyond it are missed; newer kernels need no such number and ignore it.
    public var greatestActive: UInt32

    /// Entries, unless said otherwise.
    public init(
        at moment: ProbeMoment = .entry, cookie: UInt64 = 0, greatestActive: UInt32 = 0
    ) {
        self.moment = moment
        self.cookie = cookie
        self.greatestActive = greatestActive
    }
}

extension KernelProgram {
    /// Runs the program at a place of the kernel (kprobe, kretprobe; kind kprobe).
    ///
    /// ```swift
    /// let link = try program.attachKernelProbe(.function("do_unlinkat"))
    /// ```
    ///
    /// - Parameters:
    ///   - place: a function or an instruction; returns are those of functions.
    ///   - options: entry or return, a cookie.
    /// - Throws: ``KernelError``: `ENOENT` with the closest name if there is no such function,
    ///   `EINVAL` for offsets within an instruction and for functions that cannot be probed.
    public func attachKernelProbe(
        _ place: KernelProbePlace, options: KernelProbeOptions = KernelProbeOptions()
    ) throws(KernelError) -> Link {
        let probe = KernelProbe(place: place, options: options)
        do throws(KernelError) {
            return try probe.attach(self)
        } catch {
            throw probe.explained(error, system)
        }
    }
}

/// A kprobe about to be attached.
struct KernelProbe {
    let place: KernelProbePlace
    let options: KernelProbeOptions

    var hook: String { options.moment == .entry ? "kprobe \(text)" : "kretprobe \(text)" }

    private var text: String {
        switch place {
        case .function(let name, 0): name
        case .function(let name, let offset): "\(name)+\(offset)"
        case .address(let address): "0x\(String(address, radix: 16))"
        }
    }

    func attach(_ program: KernelProgram) throws(KernelError) -> Link {
        guard options.greatestActive == 0, let unit = ProbeUnit("kprobe", program.system) else {
            return try attachThroughTracefs(program)
        }
        var memory = CallMemory()
        var attributes = PerfEventAttributes()
        attributes.type = unit.type
        if options.moment == .exit { attributes.config |= 1 << UInt64(unit.returnBit) }
        switch place {
        case .function(let name, let offset):
            attributes.config1 = memory.string(name)
            attributes.config2 = offset
        case .address(let address): attributes.config2 = address
        }
        let link = try program.attachPerfEvent(attributes, cookie: options.cookie, hook: hook)
        memory.keep()
        return link
    }

    /// The way of kernels before 4.17, and the only one that takes a number of active calls.
    private func attachThroughTracefs(_ program: KernelProgram) throws(KernelError) -> Link {
        let tracefs = try Tracefs(program.system)
        let active = options.greatestActive == 0 ? "" : "\(options.greatestActive)"
        let definition = try ProbeDefinition.define(
            options.moment == .entry ? "p" : "r" + active, text, in: "kprobe_events", tracefs,
            "attaching \(program) to \(hook)")
        var attributes = PerfEventAttributes()
        attributes.type = PerfEventType.tracepoint
        attributes.config = try tracefs.id(
            ofTracepoint: definition.name, in: ProbeDefinition.group)
        attributes.samplePeriod = 1
        return try program.attachPerfEvent(
            attributes, cookie: options.cookie, hook: hook, definition: definition)
    }

    /// Says what the kernel's refusal means, unless it is clear already.
    func explained(_ error: KernelError, _ system: SystemCalls) -> KernelError {
        var failure = error
        guard case .function(let name, let offset) = place, error.reason == nil else {
            return error
        }
        let names = KernelNames(system).functions()
        let isKnown = names.contains(name)
        switch error.errno {
        case .noEntry where !isKnown, .invalidArgument where !isKnown && !names.isEmpty:
            failure.reason = "the kernel has no function \(name), or had it inlined"
            failure.remedy = Spelling.closest(to: name, among: names).map { "did you mean \($0)?" }
        case .invalidArgument where offset > 0:
            failure.reason = "no instruction that can be probed begins \(offset) bytes into \(name)"
            failure.remedy = "probe the function's entry"
        case .invalidArgument, .noEntry:
            failure.reason = "\(name) is not to be probed (/sys/kernel/debug/kprobes/blacklist)"
        default: break
        }
        return failure
    }
}
