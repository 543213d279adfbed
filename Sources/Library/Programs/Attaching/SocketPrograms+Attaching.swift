import EBPFBytecode
public import EBPFHooks
public import EBPFKernel

extension SocketFilterProgram {
    /// Runs the program on what a socket receives (`SO_ATTACH_BPF`); kernel only.
    ///
    /// - Parameter socket: the socket's descriptor, open as long as the link.
    /// - Throws: ``KernelError``.
    public func attach(toSocket socket: Int32) throws(KernelError) -> Link {
        try attachable(to: "a socket", instead: "run it on packets").attach(toSocket: socket)
    }
}

extension SocketReusePortProgram {
    /// Lets the program choose which of the sockets that share a port receives
    /// (`SO_ATTACH_REUSEPORT_EBPF`); kernel only.
    ///
    /// - Parameter socket: one of them, open as long as the link.
    /// - Throws: ``KernelError``.
    public func attach(toReusePortGroupOf socket: Int32) throws(KernelError) -> Link {
        try attachable(to: "sockets that share a port", instead: "run it on packets")
            .attach(toReusePortGroupOf: socket)
    }
}

extension SocketLookupProgram {
    /// Lets the program choose the socket of incoming connections and packets (Linux 5.9); kernel
    /// only.
    ///
    /// - Parameter namespace: the network namespace.
    /// - Throws: ``KernelError``.
    public func attach(to namespace: NetworkNamespace = .current) throws(KernelError) -> Link {
        try attachable(to: "socket look-up", instead: "run it on a context")
            .attachSocketLookup(to: namespace)
    }
}

extension FlowDissectorProgram {
    /// Lets the program find what identifies a flow (Linux 4.20); kernel only.
    ///
    /// - Parameters:
    ///   - namespace: the network namespace.
    ///   - method: a link (Linux 5.7) or `BPF_PROG_ATTACH`.
    /// - Throws: ``KernelError``.
    public func attach(
        to namespace: NetworkNamespace = .current, method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        try attachable(to: "flow dissection", instead: "run it on packets")
            .attachFlowDissector(to: namespace, method: method)
    }
}

/// A kind of program that runs for the sockets in a map.
public protocol SocketMapProgram: ProgramKind {}

extension SocketMapProgram {
    /// Runs the program for every socket that is in a map of sockets or put there later; kernel
    /// only.
    ///
    /// - Parameters:
    ///   - map: a ``SocketMap`` or ``SocketHash``.
    ///   - attachType: parser or verdict; `nil` for the one that the program was loaded for.
    ///   - method: a link (Linux 6.10) or `BPF_PROG_ATTACH`.
    /// - Throws: ``KernelError``.
    public func attach<Map: TypedMap>(
        toSocketsOf map: Map, as attachType: AttachType? = nil, method: AttachMethod = .automatic
    ) throws(KernelError) -> Link {
        let hook = "the sockets of \(map)"
        let program = try attachable(to: hook, instead: "run it on a context")
        guard let kernelMap = map.map.kernelMap else {
            throw KernelError(
                "attaching \(program) to \(hook)", .badDescriptor,
                reason: "the program is in the kernel, the map in user space")
        }
        return try program.attach(toSocketsOf: kernelMap, as: attachType, method: method)
    }
}

extension SocketStreamProgram: SocketMapProgram {}
extension SocketMessageProgram: SocketMapProgram {}
