import EBPFBytecode
public import EBPFKernel

extension KernelProgram {
    /// Runs the program at a perf event (kind perf event): a clock, a counter, a breakpoint.
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
    /// - Throws: ``KernelError``: `ENOENT` or `EOPNOTSUPP` if the machine has no such event, `ESRCH`
    ///   if the thread is gone, `ENOSPC` if there are too many breakpoints.
    public func attach(
        to event: PerformanceEvent, over scope: PerfEventScope = .everywhere,
        rate: PerfEventRate? = nil, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        var attributes = event.attributes
        switch rate ?? event.usualRate {
        case .every(let period): attributes.samplePeriod = max(period, 1)
        case .perSecond(let frequency):
            attributes.samplePeriod = max(frequency, 1)
            attributes.bits.insert(.frequency)
        }
        let hook = "perf event \(event)\(scope.suffix)"
        switch scope {
        case .processor(let processor):
            return try attachPerfEvent(attributes, cpu: processor, cookie: cookie, hook: hook)
        case .thread(let thread, let processor):
            return try attachPerfEvent(
                attributes, process: thread, cpu: processor ?? -1, cookie: cookie, hook: hook)
        case .everywhere:
            let joint = JointAttachment(hook: hook)
            for processor in try OnlineProcessors(system).numbers {
                joint.add(
                    try attachPerfEvent(
                        attributes, cpu: processor, cookie: cookie, hook: hook))
            }
            return Link(joint)
        case .controlGroup(let path):
            let group = try attempting("opening control group \(path)") {
                () throws(KernelErrno) in
                try system.open(path, .directory)
            }
            let joint = JointAttachment(hook: hook)
            for processor in try OnlineProcessors(system).numbers {
                joint.add(
                    try attachPerfEvent(
                        attributes, process: group.number, cpu: processor,
                        isControlGroup: true, cookie: cookie, hook: hook))
            }
            return Link(joint)
        }
    }
}

extension PerformanceEvent {
    /// What perf_event_open(2) is asked for.
    var attributes: PerfEventAttributes {
        var attributes = PerfEventAttributes()
        switch self {
        case .software(let event):
            attributes.type = PerfEventType.software
            attributes.config = event.rawValue
        case .hardware(let event):
            attributes.type = PerfEventType.hardware
            attributes.config = event.rawValue
        case .raw(let number):
            attributes.type = PerfEventType.raw
            attributes.config = number
        case .breakpoint(let address, let length, let access):
            attributes.type = PerfEventType.breakpoint
            attributes.breakpointType = access.rawValue
            attributes.config1 = address
            attributes.config2 = length
        }
        return attributes
    }

    var usualRate: PerfEventRate {
        switch self {
        case .software(.cpuClock), .software(.taskClock), .hardware, .raw: .perSecond(99)
        case .software, .breakpoint: .every(1)
        }
    }
}

extension PerfEventScope {
    fileprivate var suffix: String {
        switch self {
        case .everywhere: ""
        case .processor(let number): " on processor \(number)"
        case .thread(0, nil): " in this thread"
        case .thread(let thread, nil): " in thread \(thread)"
        case .thread(let thread, .some(let number)): " in thread \(thread) on processor \(number)"
        case .controlGroup(let path): " in control group \(path)"
        }
    }
}

/// The processors that are running (`/sys/devices/system/cpu/online`).
struct OnlineProcessors {
    let numbers: [Int32]

    init(_ system: SystemCalls) throws(KernelError) {
        let path = "/sys/devices/system/cpu/online"
        let text = try attempting("counting processors in \(path)") { () throws(KernelErrno) in
            try system.text(of: path)
        }
        numbers = Self.numbers(inList: text)
    }

    /// The numbers of a list such as `0-3,8`.
    static func numbers(inList text: String) -> [Int32] {
        text.split(separator: ",").flatMap { part -> [Int32] in
            let ends = part.split(separator: "-").compactMap { Int32($0) }
            guard let first = ends.first, let last = ends.last, first >= 0, first <= last,
                last < 1 << 16
            else { return [] }
            return Array(first...last)
        }
    }
}
