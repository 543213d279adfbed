import EBPFBytecode
public import EBPFHooks
public import EBPFKernel

extension PerfEventProgram {
    /// Runs the program at a perf event: a clock, a counter, a breakpoint; kernel only.
    ///
    /// ```swift
    /// let link = try profile.attach(to: .software(.cpuClock), rate: .perSecond(99))
    /// ```
    ///
    /// - Parameters:
    ///   - event: what is watched.
    ///   - scope: where; on all processors the program is attached to one event each.
    ///   - rate: how often it runs; `nil` for 99 times a second for clocks and the processor's
    ///     counters, and each time for what else is counted.
    ///   - cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 5.15).
    /// - Throws: ``KernelError``; `ENOENT` or `EOPNOTSUPP` if the machine has no such event.
    public func attach(
        to event: PerformanceEvent, over scope: PerfEventScope = .everywhere,
        rate: PerfEventRate? = nil, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        try attachable(to: "perf event \(event)", instead: "run it on a context")
            .attach(to: event, over: scope, rate: rate, cookie: cookie)
    }
}

extension IteratorProgram {
    /// What the program writes about the kernel's objects now.
    ///
    /// - Parameter scope: what it walks over.
    /// - Returns: the bytes, whole.
    /// - Throws: ``KernelError``, an error number that the program returned, too.
    public func contents(over scope: IteratorScope = .all) throws(KernelError) -> [UInt8] {
        try attach(over: scope).iterate().contents()
    }

    /// The lines that the program writes about the kernel's objects now.
    ///
    /// - Parameter scope: what it walks over.
    /// - Throws: ``KernelError``.
    public func lines(over scope: IteratorScope = .all) throws(KernelError) -> [String] {
        var lines: [String] = []
        try attach(over: scope).iterate().lines { lines.append($0) }
        return lines
    }
}
