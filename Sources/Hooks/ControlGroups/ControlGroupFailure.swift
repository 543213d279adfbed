import EBPFBytecode
import EBPFKernel

/// Why a program could not be attached to a control group.
struct ControlGroupFailure {
    let group: ControlGroup
    let hook: AttachType
    let program: KernelProgram
    let options: ControlGroupOptions

    /// The error with what is known about the group and its hook.
    func explain(_ error: KernelError) -> KernelError {
        guard error.obstacles.isEmpty else { return error }
        var error = error
        switch error.errno {
        case .notPermitted:
            guard let rival = rival() else { return error }
            error.reason =
                "\(rival.group == group.path ? "it" : rival.group) runs programs at this hook in "
                + "the mode \(rival.sharing.name), which does not go with \(options.sharing.name)"
            error.remedy =
                rival.sharing == .multiple
                ? "attach it as one of several, or by a link"
                : "detach the program there (`ebpf cgroup list \(rival.group)`), or attach both "
                    + "as one of several"
        case .tooBig:
            error.reason = "a hook runs at most 64 programs of a group"
            error.remedy = "detach one: `ebpf cgroup list \(group.path)` shows them"
        case .noEntry where options.replaced != nil:
            error.reason = "the program to replace is not attached there"
            error.remedy = "`ebpf cgroup list \(group.path)` shows what is"
        case .invalidArgument:
            if let told = told(error) { return told }
            error.reason = unsupported
            error.remedy = "attach it to a hook that the program was loaded for, at the end"
        default:
            return error.explainedOrder(hook: "\(hook.name) of \(group)") ?? error
        }
        return error
    }

    /// What the kernel means, where it answers `EINVAL` to several things.
    private func told(_ error: KernelError) -> KernelError? {
        let present = (try? group.programs(at: hook))??.entries.map(\.program) ?? []
        let isThere = options.replaced == nil && present.contains(program.id)
        let neighbour = options.order?.position.neighbour?.programNumber
        let lacksNeighbour = neighbour.map { !present.contains($0) } ?? false
        guard isThere || lacksNeighbour else { return nil }
        var meant = error
        meant.errno = isThere ? .exists : .noEntry
        var explained = meant.explainedOrder(hook: "\(hook.name) of \(group)")
        explained?.errno = error.errno
        return explained
    }

    /// What the kernel may not know.
    private var unsupported: String {
        var reasons = ["the program may be loaded for another hook than \(hook.name)"]
        if (try? group.programs(at: hook)) == .some(nil) {
            return "this kernel has no hook \(hook.name) (it came with Linux \(hook.since))"
        }
        if options.order != nil {
            reasons.append("the kernel may not know orders of programs (Linux 6.17)")
        }
        if options.runsBeforeDescendants {
            reasons.append("the kernel may not know programs that run early (Linux 6.15)")
        }
        return reasons.joined(separator: ", or ")
    }

    /// The next group above, or the group itself, whose programs do not allow ours.
    private func rival() -> (group: String, sharing: ControlGroupOptions.Sharing)? {
        var next: ControlGroup? = group
        while let current = next {
            if let found = try? current.programs(at: hook), !found.entries.isEmpty {
                return (current.path, ControlGroupOptions.Sharing(flags: found.flags))
            }
            next = current.parent
        }
        return nil
    }
}
