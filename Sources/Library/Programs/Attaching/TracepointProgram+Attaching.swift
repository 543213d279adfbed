import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension TracepointProgram {
    /// Runs the program at a tracepoint, with the record that the tracepoint writes.
    ///
    /// - Parameters:
    ///   - tracepoint: group and name, `sched:sched_switch`; `nil` for the one that the program's
    ///     section names.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 5.15); kernel
    ///     only.
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func attach(
        to tracepoint: String? = nil, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let name = try program.place(tracepoint, "a tracepoint", "sched:sched_switch")
        switch program.storage {
        case .kernel(let program): return try program.attach(toTracepoint: name, cookie: cookie)
        case .userSpace(let program):
            return try program.link(to: MachineHook(.tracepoint, name.replacingSlash))
        }
    }
}

extension RawTracepointProgram {
    /// Runs the program at a tracepoint, with the tracepoint's own arguments.
    ///
    /// - Parameters:
    ///   - tracepoint: the name without its group, `sched_switch`; `nil` for the one that the
    ///     program's section names.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 6.10); kernel
    ///     only.
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func attach(
        to tracepoint: String? = nil, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let name = try program.place(tracepoint, "a tracepoint", "sched_switch")
        switch program.storage {
        case .kernel(let program): return try program.attachRawTracepoint(name, cookie: cookie)
        case .userSpace(let program):
            return try program.link(to: MachineHook(.rawTracepoint, name))
        }
    }
}

extension AnyProgram {
    /// The place that is asked for, or that the program's section names.
    func place(
        _ wanted: String?, _ noun: String, _ example: String
    ) throws(KernelError) -> String {
        if let place = wanted ?? spec?.attachTarget, !place.isEmpty { return place }
        throw KernelError(
            "attaching \(self)", .invalidArgument,
            reason: "neither its section nor the call names \(noun)",
            remedy: "say which one, such as \(example)")
    }
}

extension String {
    /// A tracepoint as tools write it: a colon between group and name, whatever the section has.
    fileprivate var replacingSlash: String { String(map { $0 == "/" ? ":" : $0 }) }
}
