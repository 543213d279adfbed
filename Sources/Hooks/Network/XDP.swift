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

extension NetworkInterface {
    /// Puts an XDP program on the interface by netlink, where it stays until it is removed or the
    /// interface goes.
    ///
    /// - Parameters:
    ///   - mode: where it runs; `nil` for the driver if it can, else the network stack.
    ///   - replace: whether a program that is there gives way.
    /// - Throws: ``KernelError``: `EBUSY` when there is another, `EOPNOTSUPP` when the driver knows
    ///   no XDP.
    public func keep(
        xdp program: KernelProgram, mode: XDPMode? = nil, replace: Bool = false
    ) throws(KernelError) {
        try program.require([.xdp], for: "XDP")
        let onlyIfFree: UInt32 = 1
        do throws(KernelError) {
            try XDPAttachment.set(
                program.descriptor.number, on: self,
                flags: (mode?.flag ?? 0) | (replace ? 0 : onlyIfFree), replacing: nil,
                system: program.system, "attaching \(program) to XDP on \(self)")
        } catch {
            throw error.explained(on: self, mode: mode)
        }
    }

    /// Takes off an XDP program that was put there by netlink.
    ///
    /// - Parameter mode: how it runs; `nil` for the only one there is.
    /// - Throws: ``KernelError``; `ENOENT` if there is none, `EBUSY` if a link holds it.
    public func removeXDP(
        _ mode: XDPMode? = nil, system: SystemCalls = .linux
    ) throws(KernelError) {
        let action = "detaching XDP from \(self)"
        let there = try NetworkInterface.find(.index(index), system: system).xdp
        let modes = there.keys.filter { mode == nil || mode == $0 }
        guard let found = modes.first else {
            throw KernelError(action, .noEntry, reason: "no program runs there")
        }
        guard modes.count == 1 else {
            throw KernelError(
                action, .invalidArgument, reason: "programs run there in several modes",
                remedy: "name the mode")
        }
        do throws(KernelError) {
            try XDPAttachment.set(
                -1, on: self, flags: found.flag, replacing: nil, system: system, action)
        } catch {
            guard error.errno == .busy else { throw error }
            throw KernelError(
                action, .busy, reason: error.reason ?? "a link holds it",
                remedy: "detach the link")
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
