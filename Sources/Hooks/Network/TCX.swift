public import EBPFBytecode
public import EBPFKernel

/// Whose packets a netkit device shows to programs.
public enum NetkitSide: Hashable, Sendable {
    /// Those that the primary device sends.
    case primary
    /// Those that its peer sends.
    case peer
}

extension KernelProgram {
    /// Runs the program on the packets of a network interface, in an order with others
    /// (tcx, Linux 6.6).
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread.
    ///   - direction: ingress or egress; a `parent` exists only in traffic control.
    ///   - order: where among the others; the end if not given.
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `ENOENT` or `ERANGE` when the
    ///   neighbour is not on the hook, `ESTALE` when the hook has changed.
    public func attachTCX(
        to interface: InterfaceReference, _ direction: TrafficDirection,
        order: AttachOrder? = nil
    ) throws(KernelError) -> Link {
        switch direction {
        case .ingress:
            try attachOrdered(to: interface, .tcxIngress, order, "tcx ingress")
        case .egress:
            try attachOrdered(to: interface, .tcxEgress, order, "tcx egress")
        case .parent(let handle):
            throw KernelError(
                "attaching \(self) to tcx of \(interface)", .invalidArgument,
                reason: "tcx has no parent \(TrafficDirection.parent(handle))",
                remedy: "attach it to ingress or egress, or by traffic control")
        }
    }

    /// Runs the program on the packets of a netkit device, in an order with others (Linux 6.7).
    ///
    /// - Parameters:
    ///   - interface: the primary device, in the namespace of the calling thread.
    ///   - side: whose packets.
    ///   - order: where among the others; the end if not given.
    /// - Throws: ``KernelError``.
    public func attachNetkit(
        to interface: InterfaceReference, _ side: NetkitSide = .primary, order: AttachOrder? = nil
    ) throws(KernelError) -> Link {
        switch side {
        case .primary: try attachOrdered(to: interface, .netkitPrimary, order, "netkit")
        case .peer: try attachOrdered(to: interface, .netkitPeer, order, "the netkit peer")
        }
    }

    private func attachOrdered(
        to reference: InterfaceReference, _ attachType: AttachType, _ order: AttachOrder?,
        _ place: String
    ) throws(KernelError) -> Link {
        try require([.schedulerClassifier], for: place)
        let interface = try NetworkInterface.find(reference, system: system)
        let hook = "\(place) of \(interface)"
        var attributes = OrderedLinkAttributes()
        attributes.program = number
        attributes.target = interface.index
        attributes.attachType = attachType.rawValue
        order?.write(to: &attributes)
        do throws(KernelError) {
            return try BPFLink.create(attributes, hook: hook, program: self)
        } catch {
            throw error.explainedOrder(hook: hook) ?? explained(error, interface, attachType)
        }
    }

    private func explained(
        _ error: KernelError, _ interface: NetworkInterface, _ attachType: AttachType
    ) -> KernelError {
        var error = error
        let isNetkit = attachType == .netkitPrimary || attachType == .netkitPeer
        if isNetkit, interface.kind != "netkit" {
            error.reason = "\(interface) is not a netkit device"
            error.remedy = "name the primary one of a netkit pair, or attach it by tcx"
        } else if error.errno == .invalidArgument {
            error.reason =
                "the program was loaded for another place, or the kernel has no links of this "
                + "kind (\(attachType.name) came with Linux \(attachType.since))"
            error.remedy =
                "load it for \(attachType.name), or attach it by traffic control (cls_bpf)"
        }
        return error
    }
}

extension KernelError {
    /// What is wrong with a place in the order of a hook; nothing if that is not it.
    func explainedOrder(hook: String) -> KernelError? {
        let stale: Int32 = 116
        var error = self
        switch errno {
        case KernelErrno(rawValue: stale):
            error.reason = "the programs on \(hook) have changed since they were listed"
            error.remedy = "list them again and choose the place anew"
        case .noEntry, .outOfRange:
            error.reason = "the neighbour is not attached to \(hook)"
            error.remedy = "list the programs there and choose one of them"
        case .exists:
            error.reason = "\(hook) already runs this program"
            error.remedy = "detach it there first"
        default: return nil
        }
        return error
    }
}

extension NetworkInterface {
    /// The programs on a hook of the interface with links, in the order in which they run.
    ///
    /// - Parameter attachType: tcx or netkit.
    /// - Returns: `nil` if the interface or the kernel has no such hook.
    /// - Throws: ``KernelError``.
    public func attachedPrograms(
        _ attachType: AttachType, system: SystemCalls = .linux
    ) throws(KernelError) -> AttachedPrograms? {
        do throws(KernelErrno) {
            return try system.attachedPrograms(target: index, attachType)
        } catch {
            let hasNoSuchHook: [KernelErrno] = [
                .invalidArgument, .noAddress, .operationNotSupported, .accessDenied, .noDevice,
            ]
            guard hasNoSuchHook.contains(error) else {
                throw KernelError("listing \(attachType) of \(self)", error)
            }
            return nil
        }
    }
}
