import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program as a filter of traffic control, by netlink (`cls_bpf`).
    ///
    /// The queueing discipline `clsact` is made if the interface has none, and removed again with
    /// the last program if it was made here. For links with an order see
    /// ``attach(to:of:order:method:)`` (Linux 6.6).
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread.
    ///   - options: direction, priority, handle.
    ///   - replace: whether a program with the same priority and handle gives way.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `EEXIST` when priority and
    ///   handle are taken.
    public func attachTrafficControl(
        to interface: InterfaceReference, _ options: TrafficFilterOptions, replace: Bool = false
    ) throws(KernelError) -> Link {
        let interface = try NetworkInterface.find(interface, system: system)
        let control = TrafficControl(interface: interface, system: system)
        let (filter, isOurs) = try control.add(self, options, replace: replace)
        return Link(TrafficFilterAttachment(self, filter, control, ownsDiscipline: isOurs))
    }
}

extension TrafficControl {
    /// Adds a program, below `clsact` if it has no other parent.
    ///
    /// - Returns: the filter, and whether `clsact` was made for it.
    fileprivate func add(
        _ program: KernelProgram, _ options: TrafficFilterOptions, replace: Bool
    ) throws(KernelError) -> (TrafficFilter, madeDiscipline: Bool) {
        try program.require([.schedulerClassifier], for: "traffic control")
        var isOurs = false
        if case .parent = options.direction {} else { isOurs = try makeClsact() }
        do throws(KernelError) {
            let filter = try set(program, options, replace: replace)
            let listed = try filter == nil ? filters(options.direction) : []
            guard let made = filter ?? listed.last(where: { $0.program == program.id }) else {
                throw KernelError(
                    "attaching \(program) to \(hook(options.direction))", .noEntry,
                    reason: "the kernel took the filter, but does not list it")
            }
            return (made, isOurs)
        } catch {
            if isOurs { try? removeEmptyClsact() }
            throw error.explained(self, options)
        }
    }
}

extension NetworkInterface {
    /// Puts a program into traffic control, where it stays until it is removed or the interface
    /// goes; `clsact` is made if there is none.
    ///
    /// - Throws: ``KernelError``; `EEXIST` when priority and handle are taken.
    @discardableResult
    public func keep(
        filter program: KernelProgram, _ options: TrafficFilterOptions, replace: Bool = false
    ) throws(KernelError) -> TrafficFilter {
        try TrafficControl(interface: self, system: program.system)
            .add(program, options, replace: replace).0
    }

    /// Takes a program out of traffic control; `clsact` stays.
    ///
    /// - Throws: ``KernelError``.
    public func remove(
        _ filter: TrafficFilter, system: SystemCalls = .linux
    ) throws(KernelError) {
        try TrafficControl(interface: self, system: system).remove(filter)
    }

    /// The programs that traffic control runs in a direction, in their order.
    ///
    /// - Throws: ``KernelError``.
    public func trafficFilters(
        _ direction: TrafficDirection, system: SystemCalls = .linux
    ) throws(KernelError) -> [TrafficFilter] {
        try TrafficControl(interface: self, system: system).filters(direction)
    }
}

extension KernelError {
    fileprivate func explained(
        _ control: TrafficControl, _ options: TrafficFilterOptions
    ) -> KernelError {
        var error = self
        if errno == .exists {
            let holder = try? control.filters(options.direction).first {
                $0.priority == options.priority && $0.handle == options.handle
            }
            if let holder {
                error.reason =
                    "priority \(holder.priority), handle \(holder.handle) runs program "
                    + "\(holder.program)"
            }
            error.remedy = "leave priority and handle to the kernel, or replace that program"
        }
        if errno == .invalidArgument, case .egress = options.direction {
            error.reason = error.reason ?? "there is no egress below the discipline ingress"
            error.remedy = "remove it (tc qdisc del dev \(control.interface) ingress)"
        }
        if case .parent = options.direction, errno == .invalidArgument || errno == .noEntry {
            error.reason = error.reason ?? "there is no parent \(options.direction)"
            error.remedy = "make the class or discipline first (tc qdisc add)"
        }
        return error
    }
}
