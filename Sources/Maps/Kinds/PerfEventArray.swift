public import EBPFBytecode
import Synchronization

/// The events that one CPU sent and that the application has not taken yet.
public final class EventBuffer: Sendable {
    /// The CPU whose programs may write to it.
    public let cpu: Int
    /// The number of bytes it holds: each event takes its own, 12 for a header, rounded up to 8.
    public let byteCount: Int
    private let ring: RecordRing
    private let lost = Atomic<UInt64>(0)
    private let signal: EventSignal

    init(cpu: Int, byteCount: Int, signal: EventSignal) throws(KernelErrno) {
        self.cpu = cpu
        self.signal = signal
        self.byteCount = byteCount
        ring = try RecordRing(byteCount: byteCount)
    }

    /// How many events did not fit (`PERF_RECORD_LOST`).
    public var lostCount: UInt64 { lost.load(ordering: .relaxed) }

    /// Whether an event can be taken out now.
    public var hasEvents: Bool { ring.hasRecords }

    /// Calls `body` with each event, the oldest first; the bytes are only good during the call.
    @discardableResult
    public func drain(
        limit: Int = .max,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows -> Int {
        let memory = ring.memory
        return try ring.consume(limit: limit) { offset, length in
            try unsafe body(UnsafeRawBufferPointer(start: memory.base + offset, count: length))
            return .next
        } ?? 0
    }

    fileprivate func append(
        _ first: UnsafeRawBufferPointer,
        _ second: UnsafeRawBufferPointer?
    ) throws(KernelErrno) {
        guard unsafe ring.append(first, second) != nil else {
            lost.wrappingAdd(1, ordering: .relaxed)
            throw .noSpace
        }
        signal.send()
    }
}

/// A buffer of events for each CPU (`BPF_MAP_TYPE_PERF_EVENT_ARRAY`).
///
/// As in the kernel, there are no buffers until the application opens them: until then programs
/// get ENOENT.
public final class PerfEventArray: Map, @unchecked Sendable {
    private let store: ReferenceStore<EventBuffer>
    /// Tells the application that there are events, of whichever CPU.
    public let signal = EventSignal()

    private static let indexMask: UInt64 = 0xffff_ffff  // BPF_F_INDEX_MASK, BPF_F_CURRENT_CPU

    init(_ plan: MapPlan) throws(KernelErrno) {
        store = try ReferenceStore(count: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    // MARK: The application's side

    /// Opens a buffer for each CPU that has a place here, and returns them in the CPUs' order.
    ///
    /// - Parameter byteCount: the size of each, a power of two of pages (4096 bytes).
    public func open(byteCount: Int = 65_536) throws(KernelErrno) -> [EventBuffer] {
        var buffers: [EventBuffer] = []
        for cpu in 0..<min(cpuCount, store.count) {
            buffers.append(try open(at: UInt32(cpu), cpu: cpu, byteCount: byteCount))
        }
        return buffers
    }

    /// Opens a buffer for a CPU at an index and puts it in place of what was there.
    public func open(
        at index: UInt32,
        cpu: Int,
        byteCount: Int = 65_536
    ) throws(KernelErrno) -> EventBuffer {
        guard applicationsMayWrite else { throw .notPermitted }
        guard Int(index) < store.count else { throw .tooBig }
        guard byteCount >= 4096, byteCount & (byteCount - 1) == 0, byteCount <= 1 << 31 else {
            throw .invalidArgument
        }
        let buffer = try EventBuffer(cpu: cpu, byteCount: byteCount, signal: signal)
        store.exchange(Int(index), buffer)
        return buffer
    }

    /// The buffer at an index.
    public func buffer(at index: UInt32) -> EventBuffer? { store[Int(index)] }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        guard flags == 0, let index = ArrayIndex(key) else { throw .invalidArgument }
        guard Int(index.value) < store.count else { throw .tooBig }
        throw .badDescriptor
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard let index = ArrayIndex(key), Int(index.value) < store.count else { throw .tooBig }
        guard store.exchange(Int(index.value), nil) != nil else { throw .noEntry }
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(
            following: key,
            count: UInt32(truncatingIfNeeded: definition.maxEntries)
        )
    }

    // MARK: The program's side

    /// Sends an event (`bpf_perf_event_output`).
    ///
    /// EINVAL for unknown flags, E2BIG for an index past the end, ENOENT without a buffer,
    /// EOPNOTSUPP for another CPU's buffer, ENOSPC when it is full.
    ///
    /// - Parameters:
    ///   - flags: the index in the low 32 bits, all ones for the CPU's own.
    ///   - cpu: the CPU that the program runs on.
    ///   - bytes: the event.
    ///   - payload: the part of the packet that follows; its length is in bits 32 to 51 of the
    ///     flags, which only programs with packets may set.
    public func programOutput(
        flags: UInt64,
        cpu: Int,
        _ bytes: UnsafeRawBufferPointer,
        payload: UnsafeRawBufferPointer? = nil
    ) throws(KernelErrno) {
        let known = unsafe payload == nil ? Self.indexMask : Self.indexMask | 0xf_ffff << 32
        guard flags & ~known == 0 else { throw .invalidArgument }
        let wanted = flags & Self.indexMask
        let index = wanted == Self.indexMask ? cpu : Int(wanted)
        guard index >= 0, index < store.count else { throw .tooBig }
        guard let buffer = store[index] else { throw .noEntry }
        guard buffer.cpu == cpu else { throw .operationNotSupported }
        try unsafe buffer.append(bytes, payload)
    }
}
