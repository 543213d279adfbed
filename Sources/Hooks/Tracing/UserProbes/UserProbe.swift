import EBPFBytecode
public import EBPFKernel

/// A place in a program or library.
public enum UserProbePlace: Hashable, Sendable {
    /// A function, or an instruction so many bytes into it; a version may follow: `read@GLIBC_2.2.5`.
    case function(String, offset: UInt64 = 0)
    /// An instruction, by its offset in the file.
    case fileOffset(UInt64)
}

/// What else there is to say about probes in applications.
public struct UserProbeOptions: Hashable, Sendable {
    /// Whether the program runs at the function's entry or return.
    public var moment: ProbeMoment
    /// The process whose calls are seen; `nil` for all, 0 for this one.
    public var process: Int32?
    /// A number the program can ask for (`bpf_get_attach_cookie`, Linux 5.15).
    public var cookie: UInt64
    /// Where in the file a counter is that the kernel keeps above zero meanwhile: a semaphore.
    public var counterOffset: UInt64

    /// Entries of all processes, unless said otherwise.
    public init(
        at moment: ProbeMoment = .entry, process: Int32? = nil, cookie: UInt64 = 0,
        counterOffset: UInt64 = 0
    ) {
        self.moment = moment
        self.process = process
        self.cookie = cookie
        self.counterOffset = counterOffset
    }
}

extension KernelProgram {
    /// Runs the program at a place of an application (uprobe; kind kprobe).
    ///
    /// ```swift
    /// let link = try program.attachUserProbe(.function("malloc"), in: "libc")
    /// ```
    ///
    /// - Parameters:
    ///   - place: a function, or an offset in the file.
    ///   - binary: a path, the name of a program in `PATH`, or of a library: `libc.so.6`, `libc`.
    ///   - options: entry or return, which process, a cookie.
    /// - Throws: ``KernelError``: `ENOENT` with the closest name, `ESRCH` if the process is gone.
    public func attachUserProbe(
        _ place: UserProbePlace, in binary: String, options: UserProbeOptions = UserProbeOptions()
    ) throws(KernelError) -> Link {
        let path = try BinarySearch(system: system, process: options.process).path(of: binary)
        var probe = UserProbe(path: path, options: options)
        switch place {
        case .function(let name, let offset):
            let function = try ExecutableFile(path, system: system).function(named: name)
            let (sum, overflow) = function.fileOffset.addingReportingOverflow(offset)
            guard !overflow, function.size == 0 || offset < function.size else {
                throw KernelError(
                    "attaching \(self) to \(name)+\(offset)", .invalidArgument,
                    reason: "\(name) has \(function.size) bytes")
            }
            probe.offset = sum
            probe.name = offset == 0 ? name : "\(name)+\(offset)"
        case .fileOffset(let offset):
            probe.offset = offset
        }
        return try probe.attach(self)
    }
}

/// A uprobe about to be attached.
struct UserProbe {
    let path: String
    var options: UserProbeOptions
    var offset: UInt64 = 0
    var name: String?

    init(path: String, options: UserProbeOptions) {
        self.path = path
        self.options = options
    }

    var hook: String {
        let place = name.map { "\(path):\($0)" } ?? "\(path)+0x\(String(offset, radix: 16))"
        return options.moment == .entry ? "uprobe \(place)" : "uretprobe \(place)"
    }

    func attach(_ program: KernelProgram) throws(KernelError) -> Link {
        guard let unit = ProbeUnit("uprobe", program.system) else {
            return try attachThroughTracefs(program)
        }
        guard options.counterOffset == 0 || unit.counterShift != nil else {
            throw KernelError(
                "attaching \(program) to \(hook)", .operationNotSupported,
                reason: "this kernel does not keep reference counters (Linux 4.20 does)")
        }
        var memory = CallMemory()
        var attributes = PerfEventAttributes()
        attributes.type = unit.type
        if options.moment == .exit { attributes.config |= 1 << UInt64(unit.returnBit) }
        attributes.config |= options.counterOffset << UInt64(unit.counterShift ?? 0)
        attributes.config1 = memory.string(path)
        attributes.config2 = offset
        let link = try program.attachPerfEvent(
            attributes, process: options.process ?? -1, cpu: cpu, cookie: options.cookie,
            hook: hook)
        memory.keep()
        return link
    }

    /// An event of one process is for all processors; one of all processes is for any single one.
    private var cpu: Int32 { options.process == nil ? 0 : -1 }

    /// The way of kernels before 4.17.
    private func attachThroughTracefs(_ program: KernelProgram) throws(KernelError) -> Link {
        let tracefs = try Tracefs(program.system)
        var place = "\(path):0x\(String(offset, radix: 16))"
        if options.counterOffset > 0 {
            place += "(0x\(String(options.counterOffset, radix: 16)))"
        }
        let kind = options.moment == .entry ? "p" : "r"
        let definition = try ProbeDefinition.define(
            kind, place, in: "uprobe_events", tracefs, "attaching \(program) to \(hook)")
        var attributes = PerfEventAttributes()
        attributes.type = PerfEventType.tracepoint
        attributes.config = try tracefs.id(
            ofTracepoint: definition.name, in: ProbeDefinition.group)
        attributes.samplePeriod = 1
        return try program.attachPerfEvent(
            attributes, process: options.process ?? -1, cpu: cpu, cookie: options.cookie,
            hook: hook, definition: definition)
    }
}
