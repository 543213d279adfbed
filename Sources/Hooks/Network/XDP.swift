import EBPFBytecode
public import EBPFKernel

/// By which way of the kernel a program is attached.
public enum AttachMethod: Hashable, Sendable {
    /// A link where the kernel has links for the hook, else the older way.
    case automatic
    /// A link: it can be pinned and exchanged, and others cannot take it off by accident.
    case link
    /// The older way: netlink, or `BPF_PROG_ATTACH`.
    case legacy
}

extension KernelProgram {
    /// Runs the program on every packet that a network interface receives, before the network
    /// stack does.
    ///
    /// - Parameters:
    ///   - interface: in the namespace of the calling thread.
    ///   - mode: where it runs; `nil` for the driver if it can, else the network stack.
    ///   - method: a link (`BPF_LINK_CREATE`, Linux 5.9) or netlink (`IFLA_XDP`).
    /// - Throws: ``KernelError``: `ENODEV` without such an interface, `EBUSY` or `EEXIST` when it
    ///   has a program, `EOPNOTSUPP` when its driver knows no XDP.
    public func attachXDP(
        to interface: InterfaceReference, mode: XDPMode? = nil, method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        try require([.xdp], for: "XDP")
        try requireLoaded(for: [.xdp], hook: "XDP on an interface")
        let interface = try NetworkInterface.find(interface, system: system)
        let hook = "XDP on \(interface)"
        do throws(KernelError) {
            guard method != .legacy else {
                return Link(try XDPAttachment.attach(self, to: interface, mode, hook: hook))
            }
            var attributes = LinkCreateAttributes()
            attributes.program = number
            attributes.target = interface.index
            attributes.attachType = AttachType.xdp.rawValue
            attributes.flags = mode?.flag ?? 0
            do throws(KernelError) {
                return try BPFLink.create(attributes, hook: hook, program: self)
            } catch {
                // Kernels without links for XDP do not know the type; the older way also has words
                // for what is wrong.
                guard method == .automatic, error.errno == .invalidArgument else { throw error }
                return Link(try XDPAttachment.attach(self, to: interface, mode, hook: hook))
            }
        } catch {
            throw error.explained(on: interface, mode: mode)
        }
    }
}

extension KernelError {
    /// The failure with what is known about XDP on the interface.
    fileprivate func explained(on interface: NetworkInterface, mode: XDPMode?) -> KernelError {
        var error = self
        switch errno {
        case .busy, .exists:
            let holders =
                (try? NetworkInterface.find(.index(interface.index)))?.xdp ?? interface.xdp
            let programs = holders.sorted { $0.value < $1.value }
                .map { "program \($0.value) in \($0.key.rawValue) mode" }
            guard !programs.isEmpty else { break }
            error.reason = "\(interface) runs \(programs.joined(separator: " and "))"
            error.remedy = "detach that one, or exchange it by updating its link"
        case .operationNotSupported where mode == .native || mode == .offload:
            error.reason =
                error.reason ?? "the driver of \(interface) does not run programs in this mode"
            error.remedy = "use generic mode, which every interface has"
        default: break
        }
        return error
    }
}
