import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension SchedulerClassifierProgram {
    /// Runs the program on the packets of a network interface, in an order with others
    /// (tcx, Linux 6.6).
    ///
    /// ```swift
    /// let link = try program.attach(to: "eth0", .ingress, order: .first)
    /// ```
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread; in user space any name, by which
    ///     packets are then received (``UserSpaceHost/receive(_:on:origin:)``) and sent.
    ///   - direction: ingress or egress.
    ///   - order: where among the others; the end if not given. User space knows the first and the
    ///     last place.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `ENOENT` or `ERANGE` when the
    ///   neighbour is not on the hook, `ESTALE` when the hook has changed.
    public func attach(
        to interface: InterfaceReference, _ direction: TrafficDirection, order: AttachOrder? = nil
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attach(to: .tcx(direction), of: interface, order: order)
        case .userSpace(let loaded):
            let hook = try machineHook(interface, direction)
            return try loaded.link(to: hook, isFirst: try isFirst(order, hook))
        }
    }

    /// Runs the program as a filter of traffic control, by netlink (`cls_bpf`), on kernels of any
    /// age.
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread; in user space any name.
    ///   - options: direction, priority, handle; user space runs filters in the order of attaching.
    ///   - replace: whether a program with the same priority and handle gives way; kernel only.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `EEXIST` when priority and
    ///   handle are taken.
    public func attach(
        to interface: InterfaceReference, filter options: TrafficFilterOptions,
        replace: Bool = false
    ) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program):
            return try program.attachTrafficControl(to: interface, options, replace: replace)
        case .userSpace(let program):
            return try program.link(to: try machineHook(interface, options.direction))
        }
    }

    /// Runs the program on the packets of a netkit device, in an order with others (Linux 6.7);
    /// kernel only.
    ///
    /// - Parameters:
    ///   - interface: the primary device, in the namespace of the calling thread.
    ///   - side: whose packets.
    ///   - order: where among the others; the end if not given.
    /// - Throws: ``KernelError``.
    public func attach(
        toNetkit interface: InterfaceReference, _ side: NetkitSide = .primary,
        order: AttachOrder? = nil
    ) throws(KernelError) -> Link {
        let program = try attachable(
            to: "netkit of \(interface)", instead: "attach it to the interface's egress")
        return try program.attach(to: .netkit(side), of: interface, order: order)
    }

    private func machineHook(
        _ interface: InterfaceReference, _ direction: TrafficDirection
    ) throws(KernelError) -> MachineHook {
        switch direction {
        case .ingress: return MachineHook(.ingress, interface.description)
        case .egress: return MachineHook(.egress, interface.description)
        case .parent:
            throw KernelError(
                "attaching \(program) to \(direction) of \(interface)", .operationNotSupported,
                reason: "user space has no queueing disciplines",
                remedy: "attach it to ingress or egress, or load the object with Host.kernel")
        }
    }

    private func isFirst(
        _ order: AttachOrder?, _ hook: MachineHook
    ) throws(KernelError) -> Bool {
        switch order?.position {
        case .first: return true
        case .last, nil: return false
        case .before, .after:
            throw KernelError(
                "attaching \(program) to \(hook)", .operationNotSupported,
                reason: "in user space programs have no numbers to be put beside",
                remedy: "attach it first or last")
        }
    }
}
