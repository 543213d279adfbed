public import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Lets the program choose the socket that receives what comes into a network namespace
    /// (`BPF_SK_LOOKUP`, Linux 5.9).
    ///
    /// - Parameter namespace: that of the calling thread if not given.
    /// - Throws: ``KernelError``: `ENOENT` without such a namespace, `E2BIG` beyond 64 programs.
    public func attachSocketLookup(
        to namespace: NetworkNamespace = .current
    ) throws(KernelError) -> Link {
        try require([.socketLookup], for: "socket look-up")
        return try attach(to: namespace, .socketLookup, "socket look-up")
    }

    /// Lets the program find the headers of packets in a network namespace
    /// (`BPF_FLOW_DISSECTOR`, Linux 4.20; links since 5.8).
    ///
    /// - Parameters:
    ///   - namespace: that of the calling thread if not given; the only one possible without a link.
    ///   - method: a link or `BPF_PROG_ATTACH`.
    /// - Throws: ``KernelError``: `ENOENT` without such a namespace, `EEXIST` or `E2BIG` when it has a
    ///   flow dissector, or the first namespace has one, which is for all.
    public func attachFlowDissector(
        to namespace: NetworkNamespace = .current, method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        try require([.flowDissector], for: "flow dissection")
        guard method != .legacy else { return try attachOnlyFlowDissector(to: namespace) }
        do throws(KernelError) {
            return try attach(to: namespace, .flowDissector, "flow dissection")
        } catch {
            guard method == .automatic, namespace == .current, error.errno == .invalidArgument
            else { throw error }
            return try attachOnlyFlowDissector(to: namespace)
        }
    }

    /// Lets the program find the headers of packets in the calling thread's network namespace until
    /// it is removed, another takes its place, or the namespace goes (`BPF_PROG_ATTACH`).
    ///
    /// - Throws: ``KernelError``.
    public func keepFlowDissector() throws(KernelError) {
        try require([.flowDissector], for: "flow dissection")
        do throws(KernelError) {
            _ = try flowDissection.attached()
        } catch {
            throw explained(error, .flowDissector, .current)
        }
    }

    /// Takes the program off the calling thread's network namespace, whoever attached it, unless a
    /// link holds it (`BPF_PROG_DETACH`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if it is not there.
    public func removeFlowDissector() throws(KernelError) {
        do throws(KernelError) {
            try flowDissection.detach()
        } catch {
            var error = error
            if error.errno == .noEntry { error.reason = "the program is not attached there" }
            throw error
        }
    }

    /// The calling thread's network namespace, without a link.
    private var flowDissection: ProgramAttachment {
        ProgramAttachment(
            self, .flowDissector, hook: "flow dissection in \(NetworkNamespace.current)")
    }

    private func attach(
        to namespace: NetworkNamespace, _ attachType: AttachType, _ purpose: String
    ) throws(KernelError) -> Link {
        let target = try namespace.open(system)
        let hook = "\(purpose) in \(namespace)"
        var attributes = LinkCreateAttributes()
        attributes.program = number
        attributes.target = UInt32(bitPattern: target.number)
        attributes.attachType = attachType.rawValue
        do throws(KernelError) {
            return try BPFLink.create(attributes, hook: hook, program: self)
        } catch {
            throw explained(error, attachType, namespace)
        }
    }

    private func attachOnlyFlowDissector(
        to namespace: NetworkNamespace
    ) throws(KernelError) -> Link {
        let action = "attaching \(self) to flow dissection in \(namespace)"
        guard namespace == .current else {
            throw KernelError(
                action, .invalidArgument,
                reason: "without a link, only the calling thread's own namespace can be had",
                remedy: "attach it by a link, or enter the namespace first")
        }
        do throws(KernelError) { return Link(try flowDissection.attached()) } catch {
            throw explained(error, .flowDissector, namespace)
        }
    }

    private func explained(
        _ error: KernelError, _ attachType: AttachType, _ namespace: NetworkNamespace
    ) -> KernelError {
        var error = error
        switch error.errno {
        case .exists, .tooBig:
            error.reason =
                attachType == .flowDissector
                ? "\(namespace), or the machine's first one, has a flow dissector already"
                : "\(namespace) has as many programs as it can have (64)"
            error.remedy = "detach one: `ebpf link list` shows those that have links"
        case .invalidArgument:
            error.reason = "\(namespace.path) may not be a network namespace"
            error.remedy = "name one of /run/netns, or a process"
        default: break
        }
        return error
    }
}

extension NetworkNamespace {
    /// The programs of the namespace at a hook, in the order in which they run (`BPF_PROG_QUERY`).
    ///
    /// - Parameter hook: ``EBPFBytecode/AttachType/flowDissector`` or
    ///   ``EBPFBytecode/AttachType/socketLookup``.
    /// - Returns: `nil` if the kernel has no such hook.
    /// - Throws: ``KernelError``.
    public func programs(
        at hook: AttachType, system: SystemCalls = .linux
    ) throws(KernelError) -> AttachedPrograms? {
        let target = try open(system)
        return try system.attachedPrograms(
            at: hook, of: UInt32(bitPattern: target.number), "\(self)")
    }
}
