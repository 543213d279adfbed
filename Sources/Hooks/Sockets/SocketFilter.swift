public import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Lets the program decide how much of each packet a socket receives (`SO_ATTACH_BPF`, Linux
    /// 3.19).
    ///
    /// A socket has one filter; this one takes the place of another.
    ///
    /// - Parameter socket: the number of the socket's descriptor, which stays its owner's.
    /// - Throws: ``KernelError``: `EINVAL` for programs of other types, `ENOTSOCK`, `EPERM` when the
    ///   socket's filter is locked.
    public func attach(toSocket socket: Int32) throws(KernelError) -> Link {
        try require([.socketFilter], for: "a socket")
        return try SocketAttachment.link(
            "attaching \(self)", .filter(socket), .attachFilter, number.hostBytes, on: system)
    }

    /// Lets the program choose which of the sockets that share a port receives
    /// (`SO_ATTACH_REUSEPORT_EBPF`, Linux 4.5).
    ///
    /// - Parameter socket: the number of the descriptor of any socket of the group; it must share
    ///   its port (`SO_REUSEPORT`).
    /// - Throws: ``KernelError``: `EINVAL` when the socket shares no port.
    public func attach(toReusePortGroupOf socket: Int32) throws(KernelError) -> Link {
        try require([.socketReusePort, .socketFilter], for: "sockets that share a port")
        return try SocketAttachment.link(
            "attaching \(self)", .reusePort(socket), .attachReusePort, number.hostBytes,
            on: system)
    }
}

extension ClassicProgram {
    /// Lets the program decide how much of each packet a socket receives (`SO_ATTACH_FILTER`).
    ///
    /// The kernel checks and translates it; no privileges are needed.
    ///
    /// - Parameter socket: the number of the socket's descriptor, which stays its owner's.
    /// - Throws: ``KernelError``: `EINVAL` when the kernel refuses the program, `ENOTSOCK`, `EPERM`
    ///   when the socket's filter is locked.
    public func attach(
        toSocket socket: Int32, system: SystemCalls = .linux
    ) throws(KernelError) -> Link {
        try attach(.filter(socket), .attachClassic, system)
    }

    /// Lets the program choose which of the sockets that share a port receives
    /// (`SO_ATTACH_REUSEPORT_CBPF`, Linux 4.5).
    ///
    /// - Throws: ``KernelError``: `EINVAL` when the socket shares no port.
    public func attach(
        toReusePortGroupOf socket: Int32, system: SystemCalls = .linux
    ) throws(KernelError) -> Link {
        try attach(.reusePort(socket), .attachReusePortClassic, system)
    }

    private func attach(
        _ place: SocketAttachment.Place, _ option: SocketOption, _ system: SystemCalls
    ) throws(KernelError) -> Link {
        let action = "attaching a classic program"
        guard instructions.count <= Self.maxInstructions else {
            throw KernelError(
                "\(action) to \(place)", .invalidArgument,
                reason: "it has \(instructions.count) instructions, and the kernel takes "
                    + "\(Self.maxInstructions)")
        }
        var memory = CallMemory()
        let address = memory.bytes(bytes)
        // `struct sock_fprog`: a count, padding, an address.
        let count = UInt16(truncatingIfNeeded: instructions.count)
        let program = count.hostBytes + [0, 0, 0, 0, 0, 0] + address.hostBytes
        let link = try SocketAttachment.link(action, place, option, program, on: system)
        memory.keep()
        return link
    }
}

extension Link {
    /// Makes the filter of a socket final: nobody changes it or takes it off any more
    /// (`SO_LOCK_FILTER`); it ends with the socket.
    ///
    /// - Parameter socket: the number of the socket's descriptor.
    /// - Throws: ``KernelError``; then the filter is taken off.
    public consuming func lock(
        filterOf socket: Int32, system: SystemCalls = .linux
    ) throws(KernelError) {
        let yes = UInt32(1)
        // What the end of this value tries to detach afterwards, the kernel keeps.
        try attempting("locking the filter of socket \(socket)", on: system) {
            () throws(KernelErrno) in
            try system.setOption(.lockFilter, of: socket, to: yes.hostBytes)
        }
    }
}
