import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program at a tracepoint, with the record that the tracepoint writes (kind
    /// tracepoint).
    ///
    /// - Parameters:
    ///   - name: group and name, `sched:sched_switch`; a slash may stand for the colon.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 5.15).
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such tracepoint.
    public func attach(
        toTracepoint name: String, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let parts = name.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { ":/".contains($0) })
        guard parts.count == 2 else {
            throw KernelError(
                "attaching \(self) to tracepoint \(name)", .invalidArgument,
                reason: "a tracepoint has a group and a name",
                remedy: "write GROUP:NAME, such as sched:sched_switch")
        }
        var attributes = PerfEventAttributes()
        attributes.type = PerfEventType.tracepoint
        attributes.config = try Tracefs(system).id(
            ofTracepoint: String(parts[1]), in: String(parts[0]))
        attributes.samplePeriod = 1
        // Programs at tracepoints run on all processors, whichever the event is opened for.
        return try attachPerfEvent(
            attributes, cookie: cookie, hook: "tracepoint \(parts[0]):\(parts[1])")
    }
}

/// The kinds of perf events (`enum perf_type_id`).
enum PerfEventType {
    static let hardware: UInt32 = 0
    static let software: UInt32 = 1
    static let tracepoint: UInt32 = 2
    static let cache: UInt32 = 3
    static let raw: UInt32 = 4
    static let breakpoint: UInt32 = 5
}

extension KernelProgram {
    /// Opens an event, disabled, and attaches the program to it.
    func attachPerfEvent(
        _ attributes: PerfEventAttributes, process: Int32 = -1, cpu: Int32 = 0,
        isControlGroup: Bool = false, cookie: UInt64, hook: String,
        definition: ProbeDefinition? = nil
    ) throws(KernelError) -> Link {
        var attributes = attributes
        attributes.bits.insert(.disabled)
        let event: Descriptor
        do throws(KernelErrno) {
            event = try system.openPerfEvent(
                attributes, process: process, cpu: cpu, isControlGroup: isControlGroup)
        } catch {
            throw PerfEventFailure(system: system, process: process)
                .error("opening \(hook)", error)
        }
        return Link(
            try PerfEventAttachment(
                self, to: event, cookie: cookie, hook: hook, definition: definition))
    }
}
