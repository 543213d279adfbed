public import EBPFBytecode
public import EBPFKernel

extension AttachType {
    /// Whether it is a hook of control groups.
    public var isControlGroupHook: Bool { self == .lsmCgroup || name.hasPrefix("cgroup_") }
}

extension ControlGroup {
    /// The hooks that control groups have.
    public static let hooks: [AttachType] = AttachType.allCases.filter(\.isControlGroupHook)

    /// The programs at a hook of the group, in the order in which they run (`BPF_PROG_QUERY`).
    ///
    /// - Parameters:
    ///   - hook: one of ``hooks``; for ``EBPFBytecode/AttachType/lsmCgroup`` the programs of all
    ///     LSM hooks are listed.
    ///   - effective: all programs that run for the group's processes, with those of groups above.
    /// - Returns: `nil` if the kernel has no such hook.
    /// - Throws: ``KernelError``; `EPERM` without `CAP_NET_ADMIN`.
    public func programs(
        at hook: AttachType, effective: Bool = false
    ) throws(KernelError) -> AttachedPrograms? {
        try system.attachedPrograms(at: hook, of: number, "\(self)", effective: effective)
    }

    /// Attaches a program for as long as the group exists, past the end of this process
    /// (`BPF_PROG_ATTACH`).
    ///
    /// Prefer ``EBPFKernel/KernelProgram/attach(to:options:method:)``, whose link ends with its
    /// owner, or is kept under a name.
    ///
    /// - Throws: ``KernelError``; see there.
    public func keep(
        _ program: KernelProgram, options: ControlGroupOptions = ControlGroupOptions()
    ) throws(KernelError) {
        let hook = try program.controlGroupHook(options)
        var attributes = ProgramAttachAttributes()
        attributes.target = number
        attributes.program = program.number
        attributes.attachType = hook.rawValue
        let ordered = options.ordered
        attributes.flags = ordered.flags | options.sharing.flags
        attributes.relative = ordered.relative
        attributes.expectedRevision = ordered.expectedRevision
        if let replaced = options.replaced {
            let replace: UInt32 = 4
            attributes.flags |= replace
            attributes.replaced = replaced.number
        }
        do throws(KernelErrno) {
            try system.bpf(.programAttach, &attributes)
        } catch {
            let action = "attaching \(program) to \(hook.name) of \(self)"
            throw ControlGroupFailure(group: self, hook: hook, program: program, options: options)
                .explain(KernelError(action, error, diagnosing: .network, on: system))
        }
    }

    /// Takes a program off that was attached without a link (`BPF_PROG_DETACH`).
    ///
    /// - Parameters:
    ///   - program: what to take off.
    ///   - hook: where it runs; `nil` for the one that it was loaded for.
    ///   - revision: the state of the hook that is expected (Linux 6.17).
    /// - Throws: ``KernelError``: `ENOENT` if it is not there, or there by a link; `ESTALE` if the
    ///   hook has changed.
    public func remove(
        _ program: KernelProgram, from hook: AttachType? = nil,
        expectedRevision revision: UInt64 = 0
    ) throws(KernelError) {
        let hook = try program.controlGroupHook(ControlGroupOptions(attachType: hook))
        var attributes = ProgramAttachAttributes()
        attributes.target = number
        attributes.program = program.number
        attributes.attachType = hook.rawValue
        attributes.expectedRevision = revision
        do throws(KernelErrno) {
            try system.bpf(.programDetach, &attributes)
        } catch {
            let action = "detaching \(program) from \(hook.name) of \(self)"
            throw removalFailure(
                KernelError(action, error, diagnosing: .network, on: system), program, hook)
        }
    }

    /// The link that holds a program at a hook of the group; nothing if none does.
    ///
    /// - Throws: ``KernelError``; `EPERM` without `CAP_SYS_ADMIN`.
    public func link(
        holding program: UInt32, at hook: AttachType
    ) throws(KernelError) -> OpenLink? {
        try OpenLink.all(system: system).first {
            $0.info.program == program && $0.info.details == .controlGroup(id, hook)
        }
    }

    /// Says whether a link holds what was to be removed.
    private func removalFailure(
        _ error: KernelError, _ program: KernelProgram, _ hook: AttachType
    ) -> KernelError {
        guard error.errno == .noEntry else { return error.explainedOrder(hook: path) ?? error }
        var error = error
        let entries = (try? programs(at: hook))??.entries ?? []
        if entries.contains(where: { $0.program == program.id }) {
            error.reason = "a link holds it there"
            error.remedy = "end the link: `ebpf link list` shows it, `ebpf link detach` ends it"
        } else {
            error.reason = "it is not attached there"
            error.remedy = "`ebpf cgroup list \(path)` shows what is"
        }
        return error
    }
}
