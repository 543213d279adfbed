public import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelProgram {
    /// Runs the program where its section says: `tracepoint/sched/sched_switch`,
    /// `kprobe/do_unlinkat`, `uprobe//bin/bash:readline`, `fentry/tcp_connect`.
    ///
    /// ```swift
    /// let link = try object.programs["on_exec"].attach()
    /// ```
    ///
    /// - Parameter options: a cookie, a process, where the hook takes them.
    /// - Throws: ``KernelError``. For programs whose section names no place — packets, control
    ///   groups, sockets — it says what must be named; see ``HookReference``.
    public func attach(_ options: AttachOptions = AttachOptions()) throws(KernelError) -> Link {
        guard let point = try attachPoint() else { throw needsHook }
        return try attach(at: point, options)
    }

    /// Runs the program at a place that a section's name can say.
    ///
    /// - Parameters:
    ///   - point: the place; the kind of program must fit.
    ///   - options: a cookie, a process, where the hook takes them.
    /// - Throws: ``KernelError``.
    public func attach(
        at point: SectionName.AttachPoint, _ options: AttachOptions = AttachOptions()
    ) throws(KernelError) -> Link {
        switch point {
        case .kernelFunction(let name, let offset, let moment):
            return try attachKernelProbe(
                .function(name, offset: offset),
                options: KernelProbeOptions(at: ProbeMoment(moment), cookie: options.cookie))
        case .kernelFunctions(let pattern, let moment):
            return try attachKernelProbes(
                NamePattern(pattern).isName ? .functions([pattern]) : .matching(pattern),
                at: ProbeMoment(moment))
        case .userFunction(let path, let name, let offset, let moment):
            return try attachUserProbe(
                UserProbePlace(section: name, offset: offset), in: path,
                options: UserProbeOptions(
                    at: ProbeMoment(moment), process: options.process, cookie: options.cookie))
        case .userFunctions(let path, let pattern, let moment):
            return try attachUserProbes(
                NamePattern(pattern).isName ? .functions([pattern]) : .matching(pattern),
                in: path,
                options: UserProbeOptions(at: ProbeMoment(moment), process: options.process))
        case .systemCall(let name, let moment):
            return try attach(
                toSystemCall: name,
                options: KernelProbeOptions(at: ProbeMoment(moment), cookie: options.cookie))
        case .userTracepoint(let path, let provider, let name):
            return try attach(
                toUserTracepoint: "\(provider):\(name)", in: path, process: options.process,
                cookie: options.cookie)
        case .tracepoint(let category, let name):
            return try attach(toTracepoint: "\(category):\(name)", cookie: options.cookie)
        case .rawTracepoint(let name):
            return try attachRawTracepoint(name, cookie: options.cookie)
        case .typedTarget:
            guard type == .programExtension else {
                return try attachTyped(cookie: options.cookie)
            }
            return try attachReplacing(cookie: options.cookie)
        case .typedTargets(let pattern):
            throw KernelError(
                "attaching \(self) to functions \(pattern)", .operationNotSupported,
                reason: "links on many typed functions are newer than Linux 6.18",
                remedy: "use kprobe.multi, or fentry for one function")
        case .iterator:
            return try attachIterator()
        }
    }

    /// Whether the section's name says where to attach.
    public var attachesByItself: Bool { (try? attachPoint()) != nil }

    /// The place that the section says, with the target as it was edited before loading.
    func attachPoint() throws(KernelError) -> SectionName.AttachPoint? {
        guard let spec else { return nil }
        guard var section = SectionName(legacy: spec.section) else {
            let isTyped = type == .tracing || type == .lsm || type == .programExtension
            guard isTyped, let target = spec.attachTarget else { return nil }
            return spec.attachType == .traceIterator
                ? .iterator(name: target) : .typedTarget(name: target)
        }
        if let target = spec.attachTarget, target != section.target,
            let edited = SectionName("\(section.definition.name)/\(target)")
        {
            section = edited
        }
        do throws(SectionName.MalformedTarget) {
            return try section.attachPoint()
        } catch {
            throw KernelError(
                "attaching \(self)", .invalidArgument, reason: "\(error)",
                remedy: "change the section's name, or attach it explicitly")
        }
    }

    /// Why the program does not attach by itself, and which hooks it could be given.
    private var needsHook: KernelError {
        let action = "attaching \(self)"
        if spec == nil {
            return KernelError(
                action, .invalidArgument,
                reason: "it was not loaded by this process, so its section is not known",
                remedy: HookForm.suggestion(for: self))
        }
        switch type {
        case .syscall:
            return KernelError(
                action, .invalidArgument, reason: "syscall programs are run, not attached",
                remedy: "run it: run(_:)")
        case .structOperations:
            return KernelError(
                action, .invalidArgument,
                reason: "struct_ops programs are attached by the map that names them",
                remedy: "attach the map: attachStructOperations()")
        default:
            let section = spec?.section ?? ""
            return KernelError(
                action, .invalidArgument,
                reason: section.isEmpty
                    ? "it has no section that says where" : "section \(section) does not say where",
                remedy: HookForm.suggestion(for: self))
        }
    }
}

extension ProbeMoment {
    /// When a probe of a section runs; a session's program says both by its attach type.
    init(_ moment: SectionName.Moment) { self = moment == .exit ? .exit : .entry }
}

extension UserProbePlace {
    /// What a section calls a function: no function's name begins with a digit, so a number is an
    /// offset in the file.
    init(section name: String, offset: UInt64) {
        let digits = name.hasPrefix("0x") ? UInt64(name.dropFirst(2), radix: 16) : UInt64(name)
        let (sum, overflow) = (digits ?? 0).addingReportingOverflow(offset)
        self =
            digits == nil || overflow
            ? .function(name, offset: offset) : .fileOffset(sum)
    }
}
