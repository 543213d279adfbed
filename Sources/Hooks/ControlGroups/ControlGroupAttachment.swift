import EBPFBytecode
public import EBPFKernel
import EBPFObjectFile

extension KernelProgram {
    /// Runs the program at a hook of a control group: for the processes in it and below.
    ///
    /// - Parameters:
    ///   - group: the group.
    ///   - options: the hook, the order, and whether others may run there.
    ///   - method: a link (`BPF_LINK_CREATE`, Linux 5.7) or `BPF_PROG_ATTACH`.
    /// - Throws: ``KernelError``: `EPERM` when programs of this group or of one above do not allow
    ///   others, `E2BIG` beyond 64 programs, `EEXIST` when it is there already, `EINVAL` when the
    ///   program is not for this hook; the reason says which group and which mode.
    public func attach(
        to group: ControlGroup, options: ControlGroupOptions = ControlGroupOptions(),
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        let attachType = try controlGroupHook(options)
        let hook = "\(attachType.name) of \(group)"
        if method == .link, options.excludesLinks {
            throw KernelError(
                "attaching \(self) to \(hook)", .invalidArgument,
                reason: "links run beside others, and are not put in another program's place",
                remedy: "attach it without a link")
        }
        if method == .legacy || options.excludesLinks {
            return Link(try ControlGroupAttachment(self, group, options))
        }
        do throws(KernelError) {
            return try link(to: group, attachType, options)
        } catch {
            // Kernels without links for control groups do not know the command or the type.
            if method == .automatic, options.order == nil, error.errno == .invalidArgument {
                return Link(try ControlGroupAttachment(self, group, options))
            }
            throw ControlGroupFailure(
                group: group, hook: attachType, program: self, options: options
            ).explain(error)
        }
    }

    private func link(
        to group: ControlGroup, _ attachType: AttachType, _ options: ControlGroupOptions
    ) throws(KernelError) -> Link {
        do throws(KernelError) {
            var attributes = options.ordered
            attributes.program = number
            attributes.target = group.number
            attributes.attachType = attachType.rawValue
            return try BPFLink.create(
                attributes, hook: "\(attachType.name) of \(group)", program: self)
        } catch {
            // Of programs that links hold, the kernel wants to be told the link.
            guard let neighbour = options.order?.position.neighbour?.programNumber,
                let holder = try? group.link(holding: neighbour, at: attachType)
            else { throw error }
            var options = options
            options.order?.position.neighbour = .link(holder)
            return try link(to: group, attachType, options)
        }
    }

    /// Runs the program at a hook of the control group with a directory.
    ///
    /// - Throws: ``KernelError``, as for an open group, and when there is no such group.
    public func attach(
        toControlGroup path: String, options: ControlGroupOptions = ControlGroupOptions(),
        method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        try attach(to: ControlGroup(at: path, system: system), options: options, method: method)
    }

    /// The hook that options name or that the program was loaded for.
    func controlGroupHook(_ options: ControlGroupOptions) throws(KernelError) -> AttachType {
        let hook = options.attachType ?? spec?.attachType ?? onlyControlGroupHook
        guard let hook, hook.isControlGroupHook else {
            throw KernelError(
                "attaching \(self) to a control group", .invalidArgument,
                reason: hook.map { "\($0.name) is not a hook of control groups" }
                    ?? "it is not known which hook the program is for",
                remedy: "name one, such as cgroup_inet_ingress")
        }
        return hook
    }

    /// The hook of kinds of programs that have only one.
    private var onlyControlGroupHook: AttachType? {
        switch type {
        case .cgroupDevice: .cgroupDevice
        case .cgroupSysctl: .cgroupSysctl
        case .socketOperations: .cgroupSocketOperations
        default: nil
        }
    }
}

/// A program that was attached to a control group without a link.
final class ControlGroupAttachment: UpdatableAttachment {
    let hook: String
    private let group: ControlGroup
    private let current: CurrentProgram
    private let options: ControlGroupOptions

    init(
        _ program: KernelProgram, _ group: ControlGroup, _ options: ControlGroupOptions
    ) throws(KernelError) {
        var options = options
        let attachType = try program.controlGroupHook(options)
        options.attachType = attachType
        try group.keep(program, options: options)
        hook = "\(attachType.name) of \(group)"
        self.group = group
        current = CurrentProgram(program)
        self.options = options
    }

    func detach() throws(KernelError) {
        try group.remove(current.program, from: options.attachType)
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping the attachment to \(hook)", .operationNotSupported,
            reason: "it has no link that could be kept under a name",
            remedy: "attach it by a link, or leave it to the group (ControlGroup.keep)")
    }

    func update(
        to program: KernelProgram, expecting expected: KernelProgram?
    ) throws(KernelError) {
        let old = current.program
        guard expected == nil || expected?.id == old.id else {
            throw KernelError(
                "putting \(program) on \(hook)", .notPermitted,
                reason: "another program than \(expected, default: "") is there")
        }
        var options = options
        // One that runs alone is replaced by attaching the next.
        options.replaced = options.sharing == .multiple ? old : nil
        options.order = nil
        try group.keep(program, options: options)
        current.program = program
    }
}
