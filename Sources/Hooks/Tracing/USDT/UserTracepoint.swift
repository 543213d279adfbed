import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program at a static tracepoint of an application (USDT; kind kprobe).
    ///
    /// - Parameters:
    ///   - name: provider and name, `libc:setjmp`.
    ///   - binary: a path, the name of a program in `PATH`, or of a library.
    ///   - process: the process whose calls are seen; `nil` for all, 0 for this one.
    ///   - cookie: a number the program can ask for (`bpf_usdt_cookie`).
    /// - Throws: ``KernelError``.
    public func attach(
        toUserTracepoint name: String, in binary: String, process: Int32? = nil,
        cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        throw KernelError(
            "attaching \(self) to \(binary):\(name)", .operationNotSupported,
            reason: "static tracepoints of applications are not built yet")
    }
}
