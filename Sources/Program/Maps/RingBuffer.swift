/// A queue of events from programs to an application (`BPF_MAP_TYPE_RINGBUF`).
///
/// ```swift
/// guard let record = events.reserve() else { lost.value += 1; return 0 }
/// record.event.process = Process.id
/// record.submit()
/// ```
@_rawLayout(like: MapDefinition)
public struct RingBuffer<Event: BitwiseCopyable>: ~Copyable, ProgramMap, @unchecked Sendable {
    /// A buffer of so many bytes: a power of two, at least a page.
    @inline(__always)
    public init(byteCount: Int, pinned: Bool = false) {
        define(27, maxEntries: byteCount, pinned: pinned, roles: MapRoles.event)
    }

    /// Sends a copy of an event; returns whether there was room.
    @inline(__always) @discardableResult
    public func send(_ event: Event) -> Bool {
        var event = event
        let count = UInt64(truncatingIfNeeded: MemoryLayout<Event>.size)
        return Helpers.ringbufOutput(address, &event, count, 0) == 0
    }

    /// Room for an event, to be filled in place; `nil` if the buffer is full.
    @inline(__always)
    public func reserve() -> Reservation<Event>? {
        let count = UInt64(truncatingIfNeeded: MemoryLayout<Event>.size)
        guard let record = Helpers.ringbufReserve(address, count, 0) else { return nil }
        return Reservation(record.assumingMemoryBound(to: Event.self))
    }
}

/// Room in a ring buffer. It is submitted once; let go, it is discarded.
@frozen
public struct Reservation<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline let place: UnsafeMutablePointer<Event>

    @inline(__always) @usableFromInline
    init(_ place: UnsafeMutablePointer<Event>) { self.place = place }

    /// The event, in the buffer's own memory. What was there before is not erased.
    @inline(__always)
    public var event: Event {
        _read { yield place.pointee }
        nonmutating _modify { yield &place.pointee }
    }

    /// Hands the event to the reader.
    @inline(__always)
    public consuming func submit() {
        Helpers.ringbufSubmit(place, 0)
        discard self
    }

    @inline(__always)
    deinit { Helpers.ringbufDiscard(place, 0) }
}
