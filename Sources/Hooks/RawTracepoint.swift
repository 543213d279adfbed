import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program at a tracepoint, with the tracepoint's own arguments
    /// (`BPF_RAW_TRACEPOINT_OPEN`; kinds raw tracepoint and BTF-typed tracing).
    ///
    /// - Parameters:
    ///   - name: the tracepoint's name without its group, such as `sched_switch`; `nil` for
    ///     programs that were loaded for one function or tracepoint.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 6.10).
    /// - Throws: ``KernelError``; `ENOENT` if there is no such tracepoint.
    public func attachRawTracepoint(
        _ name: String?, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let hook = name.map { "raw tracepoint \($0)" } ?? "the hook it was loaded for"
        let descriptor = try attempting("attaching \(self) to \(hook)") { () throws(KernelErrno) in
            try system.openRawTracepoint(name, program: number, cookie: cookie)
        }
        return Link(BPFLink(owning: descriptor, hook: hook))
    }
}
