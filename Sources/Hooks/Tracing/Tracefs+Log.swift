public import EBPFKernel

extension Tracefs {
    /// The log that `bpf_trace_printk` writes into (`trace_pipe`).
    ///
    /// - Throws: ``KernelError``.
    public func log() throws(KernelError) -> TraceLog {
        try TraceLog(tracefs: root, system: system)
    }
}
