import EBPFKernel
import EBPFMaps

/// A map through which programs send events: a ``RingBuffer`` or a ``PerfEventArray``.
///
/// ```swift
/// for try await event in ring.events { print(event.pid) }
/// ```
///
/// Each event goes to one reader. Nothing is read before it is asked for, so an event is never lost
/// between the map and a reader that ends.
public protocol EventMap: TypedMap {
    /// What programs send: plain data of one size.
    associatedtype Event: BitwiseCopyable
}

extension EventMap {
    /// There are no keys for applications.
    public static var keyType: (any BitwiseCopyable.Type)? { nil }
    /// There are no values for applications.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// ``Event``.
    public static var eventType: (any BitwiseCopyable.Type)? { Event.self }

    /// The events as they come, without end; it ends when the task is cancelled.
    public var events: Events<Event> { Events(map) }

    /// The events as they come.
    ///
    /// - Parameter deadline: when the sequence ends, unless the task is cancelled before.
    public func events(until deadline: ContinuousClock.Instant) -> Events<Event> {
        Events(map, deadline: deadline)
    }

    /// Hands out the events that are there, without waiting and, from a ring buffer, without a
    /// copy.
    ///
    /// - Parameters:
    ///   - limit: the greatest number of events.
    ///   - body: gets one event. The event counts as read then, also when the body throws. It must
    ///     not read from the same map.
    /// - Returns: how many events were read.
    /// - Throws: ``EventError`` or what the body throws; later events stay in the map.
    @discardableResult
    public func withEvents(
        limit: Int = .max, _ body: (borrowing Event) throws -> Void
    ) throws -> Int {
        let reader = try asEventError { () throws(KernelError) in try map.eventReader() }
        let decoder = EventDecoder<Event>(map.name, reader)
        return try reader.drain(limit: limit) { record in try decoder.withEvent(record, body) }
    }

    /// Hands out the events that are there as bytes, of whatever size: for events that end with
    /// something of changing length, or are of several types.
    ///
    /// - Parameters:
    ///   - limit: the greatest number of events.
    ///   - body: gets the bytes of one event, valid until it returns. It must not read from the
    ///     same map. What a perf event has past the bytes that the program sent has no meaning.
    /// - Returns: how many events were read.
    /// - Throws: ``EventError`` or what the body throws; later events stay in the map.
    @discardableResult
    public func withRecords(
        limit: Int = .max, _ body: (RawSpan) throws -> Void
    ) throws -> Int {
        let reader = try asEventError { () throws(KernelError) in try map.eventReader() }
        return try reader.drain(limit: limit, body)
    }

    /// Waits for events, which keeps the thread; see ``events`` for waiting in a task.
    ///
    /// - Parameter timeout: `nil` waits for ever.
    /// - Returns: whether there are some; false when the time is over.
    /// - Throws: ``EventError``.
    public func wait(timeout: Duration? = nil) throws(EventError) -> Bool {
        try asEventError { () throws(KernelError) in
            try map.eventReader().wait(until: timeout.map { ContinuousClock.now + $0 })
        }
    }

    /// How many events were lost because the reader was too slow, since the map was opened.
    ///
    /// - Returns: `nil` where the host does not count: of a ring buffer in the kernel only the
    ///   program learns that an event did not fit, and a program that must not lose silently
    ///   counts it in a map.
    /// - Throws: ``EventError``.
    public func lostCount() throws(EventError) -> UInt64? {
        try asEventError { () throws(KernelError) in try map.eventReader().lost }
    }
}

/// Makes events of records, once their size is right.
struct EventDecoder<Event: BitwiseCopyable>: Sendable {
    private let map: String
    private let sizes: ClosedRange<Int>

    init(_ map: String, _ reader: EventReader) {
        self.map = map
        sizes = reader.sizes(of: Event.self)
    }

    @inline(__always)
    func withEvent(_ record: RawSpan, _ body: (borrowing Event) throws -> Void) throws {
        let count = record.byteCount
        guard sizes.contains(count) else { throw mismatch(count) }
        try unsafe record.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress,
                Int(bitPattern: start) & (MemoryLayout<Event>.alignment - 1) == 0
            else { return try body(event(record)) }
            // SAFETY: the record has the size of an event and its alignment; any bits are an event.
            try body(unsafe start.assumingMemoryBound(to: Event.self).pointee)
        }
    }

    func event(_ record: RawSpan) throws(EventError) -> Event {
        let count = record.byteCount
        guard sizes.contains(count), let event: Event = record.value() else {
            throw mismatch(count)
        }
        return event
    }

    private func mismatch(_ byteCount: Int) -> EventError {
        .size(
            map: map, bytes: byteCount, type: String(describing: Event.self),
            typeBytes: MemoryLayout<Event>.size)
    }
}
