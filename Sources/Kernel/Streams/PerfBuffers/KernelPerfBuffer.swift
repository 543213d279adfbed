import EBPFBytecode
import Synchronization

/// The reading end of a perf event array (`BPF_MAP_TYPE_PERF_EVENT_ARRAY`): a ring for each CPU,
/// into which programs write with `bpf_perf_event_output(…, BPF_F_CURRENT_CPU, …)`.
///
/// ```swift
/// let buffer = try KernelPerfBuffer(map)
/// while try buffer.wait() {
///     buffer.withEvents { cpu, event in print(cpu, event.byteCount) }
/// }
/// ```
///
/// Events of one CPU come in order, those of several in none. The kernel rounds the size of an
/// event up so that it ends at a multiple of 8 bytes after a header of 4: the bytes past what the
/// program sent are not meaningful. What a slow reader lost is counted exactly: ``lost``.
///
/// CPUs that come online later are watched after ``update()``. It may be used by several threads;
/// while one reads, others wait.
@safe
public final class KernelPerfBuffer: Sendable {
    /// The map, which this object keeps alive.
    public let map: KernelMap
    private let options: Options
    private let rings: Mutex<[PerfRing]>
    private let reading = Mutex(PerfReading())
    private let readiness: PollSet
    private let attributes: PerfEventAttributes

    /// How a perf buffer is made.
    public struct Options: Hashable, Sendable {
        /// The size of each CPU's ring in pages, a power of two.
        public var pagesPerCPU: Int
        /// When a waiting reader is woken.
        public var wakeUp: WakeUp

        /// Options; as they are, every event wakes the reader.
        public init(pagesPerCPU: Int = 16, wakeUp: WakeUp = .events(1)) {
            self.pagesPerCPU = pagesPerCPU
            self.wakeUp = wakeUp
        }
    }

    /// When the kernel wakes a waiting reader; fewer wake-ups cost less and come later.
    public enum WakeUp: Hashable, Sendable {
        /// After so many events on a CPU (`wakeup_events`).
        case events(UInt32)
        /// After so many bytes on a CPU (`wakeup_watermark`).
        case bytes(UInt32)
    }

    /// Opens a ring for each CPU that is online and puts it into the map.
    ///
    /// - Throws: ``KernelError`` if it is another kind of map, if the number of pages is no power
    ///   of two, or if the kernel refuses.
    public init(_ map: KernelMap, _ options: Options = Options()) throws(KernelError) {
        try map.require(.perfEventArray, "reading events from")
        let pages = options.pagesPerCPU
        guard pages > 0, pages & (pages - 1) == 0, pages <= 1 << 20 else {
            throw KernelError(
                "reading events from \(map)", .invalidArgument,
                reason: "a ring has a power of two of pages, not \(pages)")
        }
        readiness = try attempting("creating an epoll descriptor") { () throws(KernelErrno) in
            try PollSet(system: map.system)
        }
        self.map = map
        self.options = options
        (attributes, countsLost) = options.attributes(map.system)
        rings = Mutex([])
        try update()
    }

    /// Whether the kernel counts losses itself (`PERF_FORMAT_LOST`, Linux 6.0).
    private let countsLost: Bool

    deinit {
        // The map holds the events as long as its own descriptor is open.
        for ring in rings.withLock({ $0 }) { _ = try? map.remove(Self.key(ring.cpu)) }
    }

    /// Watches CPUs that came online since.
    ///
    /// - Returns: how many were added.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func update() throws(KernelError) -> Int {
        let possible = try CPUs.possibleCount(map.system)
        return try rings.withLock { rings throws(KernelError) in
            var added = 0
            for cpu in 0..<min(possible, Int(clamping: map.shape.maxEntries)) {
                guard !rings.contains(where: { $0.cpu == cpu }),
                    let ring = try open(cpu)
                else { continue }
                rings.append(ring)
                added += 1
            }
            return added
        }
    }

    /// The CPUs that are watched.
    public var cpus: [Int] { rings.withLock { $0.map(\.cpu) } }

    /// How many events the kernel could not write because a ring was full, up to now.
    ///
    /// Before Linux 6.0 the kernel tells only when it writes the next event of the same CPU, and
    /// the count includes what was read so far.
    public var lost: UInt64 {
        let rings = rings.withLock { $0 }
        if countsLost, let counts = try? rings.map({ ring in try ring.lostSamples() }) {
            return counts.reduce(0, +)
        }
        return lostInRecords
    }

    /// How many lost events the records read so far told of (`PERF_RECORD_LOST`).
    public var lostInRecords: UInt64 { reading.withLock { $0.lost } }

    /// How many records made no sense; always 0 unless the kernel is not what it seems.
    public var malformed: UInt64 { reading.withLock { $0.malformed } }

    // MARK: Reading

    /// Hands out the events that are there, without waiting.
    ///
    /// - Parameters:
    ///   - limit: the greatest number of events.
    ///   - body: gets the CPU and the bytes of one event, valid until it returns. The event counts
    ///     as read then, also when the body throws. It must not read from the same buffer.
    /// - Returns: how many events were read.
    /// - Throws: what the body throws; the following events stay in their rings.
    @discardableResult
    public func withEvents<Failure: Error>(
        limit: Int = .max, _ body: (_ cpu: Int, _ event: RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let rings = rings.withLock { $0 }
        return try reading.withLock { state throws(Failure) in
            var count = 0
            // The next call begins after the ring that this one ends with, so that a busy CPU
            // does not keep the others from being heard.
            for index in rings.indices where count < limit {
                let ring = rings[(state.next + index) % rings.count]
                count += try ring.drain(&state, limit: limit - count) { event throws(Failure) in
                    try body(ring.cpu, event)
                }
            }
            if !rings.isEmpty { state.next = (state.next + 1) % rings.count }
            return count
        }
    }

    /// Waits for events (epoll(7)), as often as ``Options/wakeUp`` says.
    ///
    /// - Parameter timeout: `nil` waits for ever.
    /// - Returns: whether the kernel says that there are some.
    /// - Throws: ``KernelError``.
    public func wait(timeout: Duration? = nil) throws(KernelError) -> Bool {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        // The kernel may still report events that were read meanwhile.
        while available == 0 {
            let rest = deadline.map { $0 - .now }
            let isReady = try attempting("waiting for events of \(map)") {
                () throws(KernelErrno) in
                try map.system.wait(for: .readable, readiness.descriptor, timeout: rest)
            }
            guard isReady else { return false }
        }
        return true
    }

    /// The bytes that wait for a reader in all rings, with the headers of the records.
    public var available: Int {
        rings.withLock { $0.reduce(0) { $0 + $1.available } }
    }

    // MARK: Events of CPUs

    /// The ring of a CPU, in the map; `nil` if the CPU is offline.
    private func open(_ cpu: Int) throws(KernelError) -> PerfRing? {
        let ring: PerfRing
        do throws(KernelErrno) {
            ring = try PerfRing(
                cpu: cpu, pages: options.pagesPerCPU, attributes: attributes, system: map.system)
            try readiness.add(ring.event)
        } catch {
            if error == .noDevice { return nil }
            throw KernelError("opening the perf event of CPU \(cpu) for \(map)", error)
        }
        try map.update(Self.key(cpu), Self.key(Int(ring.event.number)))
        return ring
    }

    /// Lets others wait for the events of all CPUs, also of those that come later.
    func watch(in set: borrowing PollSet) throws(KernelErrno) {
        try set.add(readiness.descriptor)
    }

    private static func key(_ number: Int) -> [UInt8] {
        unsafe withUnsafeBytes(of: UInt32(clamping: number)) { unsafe Array($0) }
    }
}

extension KernelPerfBuffer.Options {
    /// `PERF_COUNT_SW_BPF_OUTPUT`, and whether the kernel takes `PERF_FORMAT_LOST`.
    fileprivate func attributes(_ system: SystemCalls) -> (PerfEventAttributes, Bool) {
        let (software, output, raw, lost) = (1 as UInt32, 10 as UInt64, 1 << 10, 1 << 4)
        var attributes = PerfEventAttributes()
        attributes.type = software
        attributes.config = output
        attributes.samplePeriod = 1
        attributes.sampleType = UInt64(raw)
        switch wakeUp {
        case .events(let count): attributes.wakeup = max(count, 1)
        case .bytes(let count):
            attributes.bits = .watermark
            attributes.wakeup = max(count, 1)
        }
        var counting = attributes
        counting.readFormat = UInt64(lost)
        let ownThread: Int32 = 0
        let isCounting = (try? system.openPerfEvent(counting, process: ownThread, cpu: -1)) != nil
        return isCounting ? (counting, true) : (attributes, false)
    }
}
