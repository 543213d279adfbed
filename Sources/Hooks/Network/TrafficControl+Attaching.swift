import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program as a filter of traffic control, by netlink (`cls_bpf`).
    ///
    /// The queueing discipline `clsact` is made if the interface has none, and removed again with
    /// the last program if it was made here. For links with an order see
    /// ``attachTCX(to:_:order:)`` (Linux 6.6).
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
        try require([.schedulerClassifier], for: "traffic control")
        let interface = try NetworkInterface.find(interface, system: system)
        let control = TrafficControl(interface: interface, system: system)
        var isOurs = false
        if case .parent = options.direction {} else { isOurs = try control.makeClsact() }
        do throws(KernelError) {
            let filter = try control.set(self, options, replace: replace)
            let listed = try filter == nil ? control.filters(options.direction) : []
            guard let made = filter ?? listed.last(where: { $0.program == id }) else {
                throw KernelError(
                    "attaching \(self) to \(control.hook(options.direction))", .noEntry,
                    reason: "the kernel took the filter, but does not list it")
            }
            return Link(
                TrafficFilterAttachment(self, made, control, ownsDiscipline: isOurs))
        } catch {
            if isOurs { try? control.removeEmptyClsact() }
            throw error.explained(control, options)
        }
    }
}

extension NetworkInterface {
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
