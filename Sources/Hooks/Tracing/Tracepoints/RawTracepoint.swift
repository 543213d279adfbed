import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program at a tracepoint, with the tracepoint's own arguments
    /// (`BPF_RAW_TRACEPOINT_OPEN`; kinds raw tracepoint, also writable, and BTF-typed tracing).
    ///
    /// - Parameters:
    ///   - name: the tracepoint's name without its group, such as `sched_switch`; `nil` for
    ///     programs that were loaded for one function or tracepoint.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 6.10).
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func attachRawTracepoint(
        _ name: String?, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let hook = name.map { "raw tracepoint \($0)" } ?? "the hook it was loaded for"
        let action = "attaching \(self) to \(hook)"
        let descriptor: Descriptor
        do throws(KernelErrno) {
            descriptor = try system.openRawTracepoint(name, program: number, cookie: cookie)
        } catch {
            guard error == .noEntry, let name else { throw KernelError(action, error) }
            let closest = Spelling.closest(to: name, among: KernelNames(system).rawTracepoints())
            throw KernelError(
                action, error, reason: "the kernel has no tracepoint \(name)",
                remedy: closest.map { "did you mean \($0)?" })
        }
        return Link(BPFLink(owning: descriptor, hook: hook))
    }
}
