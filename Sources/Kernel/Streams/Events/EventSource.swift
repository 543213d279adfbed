import EBPFBytecode

/// Something that an ``EventStream`` reads: a ring buffer, a perf buffer, the trace log.
///
/// Get one from ``KernelRingBuffer/source(_:)`` or ``KernelPerfBuffer/source(_:)``, and several into
/// one stream with ``EventStream/init(_:prefetch:)``.
public struct EventSource<Element: Sendable>: Sendable {
    /// Takes at most so many elements out, without waiting.
    typealias Drain =
        @Sendable (_ limit: Int, _ body: (Element) -> Void) throws(KernelError) -> Void

    /// The source as messages name it.
    let name: String
    let system: SystemCalls
    /// Adds the descriptors that tell when there is something.
    let watch: @Sendable (borrowing PollSet) throws(KernelErrno) -> Void
    /// Whether something waits for a reader.
    let isReady: @Sendable () -> Bool
    let drain: Drain
    /// How many events could not be written; `nil` if nobody counts them.
    let lost: @Sendable () throws(KernelError) -> UInt64?
}

extension KernelRingBuffer {
    /// This buffer for a stream of records.
    ///
    /// - Parameter decode: makes an element of a record's bytes, in place. It must not read from
    ///   this buffer or the stream.
    public func source<Element>(
        _ decode: @escaping @Sendable (RawSpan) -> Element
    ) -> EventSource<Element> {
        EventSource(
            name: "\(map)", system: map.system,
            watch: { (set) throws(KernelErrno) in try set.add(self.map.descriptor) },
            isReady: { self.positions.available > 0 },
            drain: { limit, body in self.withEvents(limit: limit) { body(decode($0)) } },
            lost: { () throws(KernelError) in try self.lost() })
    }

    /// The records as a stream of what they mean.
    ///
    /// ```swift
    /// for try await pid in try ring.events({ $0.value(as: UInt32.self) ?? 0 }) { print(pid) }
    /// ```
    ///
    /// - Parameter decode: makes an element of a record's bytes, in place. It must not read from
    ///   this buffer or the stream.
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public func events<Element>(
        _ decode: @escaping @Sendable (RawSpan) -> Element
    ) throws(KernelError) -> EventStream<Element> {
        try EventStream([source(decode)])
    }

    /// The records as a stream of copies of their bytes.
    ///
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public func events() throws(KernelError) -> EventStream<[UInt8]> {
        try events { $0.array }
    }
}

/// An event from a perf buffer: where it happened and what was sent.
public struct PerfEvent: Hashable, Sendable {
    /// The CPU that the program ran on.
    public var cpu: Int
    /// What it sent, and up to 7 bytes without meaning.
    public var bytes: [UInt8]
}

extension KernelPerfBuffer {
    /// This buffer for a stream of events.
    ///
    /// - Parameter decode: makes an element of a CPU's number and an event's bytes, in place. It
    ///   must not read from this buffer or the stream.
    public func source<Element>(
        _ decode: @escaping @Sendable (_ cpu: Int, _ event: RawSpan) -> Element
    ) -> EventSource<Element> {
        EventSource(
            name: "\(map)", system: map.system,
            watch: { (set) throws(KernelErrno) in try self.watch(in: set) },
            isReady: { self.available > 0 },
            drain: { limit, body in self.withEvents(limit: limit) { body(decode($0, $1)) } },
            lost: { self.lost })
    }

    /// The events as a stream of what they mean.
    ///
    /// - Parameter decode: makes an element of a CPU's number and an event's bytes, in place. It
    ///   must not read from this buffer or the stream.
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public func events<Element>(
        _ decode: @escaping @Sendable (_ cpu: Int, _ event: RawSpan) -> Element
    ) throws(KernelError) -> EventStream<Element> {
        try EventStream([source(decode)])
    }

    /// The events as a stream of copies.
    ///
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public func events() throws(KernelError) -> EventStream<PerfEvent> {
        try events { PerfEvent(cpu: $0, bytes: $1.array) }
    }
}
