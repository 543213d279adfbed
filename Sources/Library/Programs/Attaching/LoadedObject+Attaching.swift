import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel
import EBPFObjectFile

extension LoadedObject {
    /// Attaches every program whose section says where: `tracepoint/sched/sched_switch`,
    /// `fentry/vfs_read`, `uprobe/libc:malloc` …, and in the kernel every map of operations
    /// (`struct_ops`).
    ///
    /// Programs that need to be told a place, such as an interface or a control group, are left
    /// alone: `Links.left` names them, and what they need.
    ///
    /// - Parameter options: a cookie, a process, for all hooks that take them; kernel only.
    /// - Throws: `KernelError`, naming the program; nothing stays attached then.
    public func attach(
        _ options: AttachOptions = AttachOptions()
    ) throws(KernelError) -> Links {
        if let object = loaded as? KernelObject { return try object.attachAll(options) }
        var links = Links()
        for (name, program) in programs {
            guard let loaded = program.userSpaceProgram, program.isForHooks else { continue }
            guard let point = try program.attachPoint(),
                let hook = MachineHook(point, attachType: loaded.spec.attachType)
            else {
                links.leave(name, program.hasNoPlace)
                continue
            }
            links.add(try loaded.link(to: hook), named: name)
        }
        return links
    }

    /// Registers a map of operations with the kernel's subsystem it is for (`struct_ops`): a way to
    /// control congestion, a scheduler; kernel only.
    ///
    /// - Parameter name: the name of the variable in `.struct_ops.link`.
    /// - Throws: `KernelError`; `EEXIST` if the subsystem has one of that name.
    public func attachStructOperations(_ name: String) throws(KernelError) -> Link {
        guard let object = loaded as? KernelObject else {
            throw KernelError(
                "attaching \(name)", .operationNotSupported,
                reason: "the object is loaded in user space, which has no such hook",
                remedy: "load the object with Host.kernel")
        }
        return try object.attachStructOperations(name)
    }
}

extension AnyProgram {
    /// Attaches the program where its section says.
    ///
    /// - Parameter options: a cookie, a process, where the hook takes them; kernel only.
    /// - Throws: `KernelError`, also for a section that says no place.
    public func attach(
        _ options: AttachOptions = AttachOptions()
    ) throws(KernelError) -> Link {
        switch storage {
        case .kernel(let program): return try program.attach(options)
        case .userSpace(let program):
            guard let point = try attachPoint(),
                let hook = MachineHook(point, attachType: program.spec.attachType)
            else { throw hasNoPlace }
            return try program.link(to: hook)
        }
    }

    /// The place that the program's section names.
    fileprivate func attachPoint() throws(KernelError) -> SectionName.AttachPoint? {
        guard let section = spec.flatMap({ SectionName(legacy: $0.section) }) else { return nil }
        do throws(SectionName.MalformedTarget) {
            return try section.attachPoint()
        } catch {
            throw KernelError("attaching \(self)", .invalidArgument, reason: "\(error)")
        }
    }

    /// Whether the program runs at hooks, not only when it is called.
    fileprivate var isForHooks: Bool { type != .syscall && type != .structOperations }

    fileprivate var hasNoPlace: KernelError {
        KernelError(
            "attaching \(self)", .invalidArgument,
            reason: "section \(spec?.section ?? "") does not say where in user space",
            remedy: "open it as a program of its kind, and attach that to a place")
    }
}

extension MachineHook {
    /// The place in the machine that a section's name asks for; none for patterns and iterators.
    init?(_ point: SectionName.AttachPoint, attachType: AttachType?) {
        switch point {
        case .kernelFunction(let name, let offset, let moment):
            self = .kernelFunction(.function(name, offset: offset), ProbeMoment(moment))
        case .userFunction(let path, let name, let offset, let moment):
            self = .userFunction(
                .function(name, offset: offset), in: path, ProbeMoment(moment))
        case .systemCall(let name, let moment): self = .systemCall(name, ProbeMoment(moment))
        case .userTracepoint(let path, let provider, let name):
            self.init(.marker, "\(path):\(provider):\(name)")
        case .tracepoint(let category, let name): self.init(.tracepoint, "\(category):\(name)")
        case .rawTracepoint(let name): self.init(.rawTracepoint, name)
        case .typedTarget(let name):
            guard let kind = Kind(attachType) else { return nil }
            self.init(kind, name)
        case .kernelFunctions, .userFunctions, .typedTargets, .iterator: return nil
        }
    }

    /// A function of the kernel.
    static func kernelFunction(_ place: KernelProbePlace, _ moment: ProbeMoment) -> MachineHook {
        MachineHook(moment == .entry ? .entry : .exit, place.text)
    }

    /// A function of an application: `libc:malloc`.
    static func userFunction(
        _ place: UserProbePlace, in binary: String, _ moment: ProbeMoment
    ) -> MachineHook {
        MachineHook(moment == .entry ? .entry : .exit, "\(binary):\(place.text)")
    }

    /// A system call: `syscall:openat`.
    static func systemCall(_ name: String, _ moment: ProbeMoment) -> MachineHook {
        MachineHook(moment == .entry ? .entry : .exit, "syscall:\(name)")
    }
}

extension MachineHook.Kind {
    /// What happens at the place of a program with typed arguments.
    init?(_ attachType: AttachType?) {
        switch attachType {
        case .traceRawTracepoint: self = .rawTracepoint
        case .traceFunctionEntry: self = .entry
        case .traceFunctionExit, .modifyReturn: self = .exit
        case .lsmMAC: self = .security
        default: return nil
        }
    }
}

extension ProbeMoment {
    fileprivate init(_ moment: SectionName.Moment) { self = moment == .exit ? .exit : .entry }
}

extension UserProbePlace {
    /// "malloc", "malloc+4", "0x1000".
    fileprivate var text: String {
        switch self {
        case .function(let name, let offset): offset == 0 ? name : "\(name)+\(offset)"
        case .fileOffset(let offset): "0x\(String(offset, radix: 16))"
        }
    }
}

extension KernelProbePlace {
    /// "vfs_read", "vfs_read+4", "0xffffffff81000000".
    fileprivate var text: String {
        switch self {
        case .function(let name, let offset): offset == 0 ? name : "\(name)+\(offset)"
        case .address(let address): "0x\(String(address, radix: 16))"
        }
    }
}
