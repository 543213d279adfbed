import EBPFBytecode
import Synchronization

/// A ring of records of any size: many producers, one consumer at a time.
///
/// A record has a header of 8 bytes (its length with two flag bits, and its own offset to tell
/// headers from other bytes) and starts at a multiple of 8. Its bytes are always consecutive: the
/// memory is twice the ring's size, so a record that starts near the end runs into the second half.
///
///     ring:  consumer ─► │ header │ record │ header │ record │ … ◄─ producer
@safe
final class RecordRing: @unchecked Sendable {
    /// A record's header bits (`BPF_RINGBUF_BUSY_BIT`, `BPF_RINGBUF_DISCARD_BIT`).
    private static let busy: UInt32 = 1 << 31
    private static let discarded: UInt32 = 1 << 30
    static let headerSize = 8
    /// The greatest record (`UINT_MAX / 4`).
    static let greatestRecord = UInt64(UInt32.max / 4)

    private struct Producers {
        /// The position up to which all records are complete.
        var completeEnd: UInt64 = 0
    }

    // SAFETY: offsets are positions masked to the size, and records end before twice the size.
    private let base: UnsafeMutableRawPointer
    private let slab: Slab
    private let size: UInt64
    private let producers = Mutex(Producers())
    private let consumer = Mutex(false)
    private let producerPosition = Atomic<UInt64>(0)
    private let consumerPosition = Atomic<UInt64>(0)

    /// A ring of a power of two of bytes.
    init(byteCount: Int) throws(KernelErrno) {
        size = UInt64(byteCount)
        slab = try Slab(count: byteCount, stride: 2)
        unsafe base = slab.base
    }

    /// Where the records lie.
    var memory: ValueMemory {
        unsafe ValueMemory(
            base: base,
            byteCount: slab.byteCount,
            stride: slab.byteCount,
            valueSize: slab.byteCount - Self.headerSize
        )
    }

    /// How far the producers and the consumer have come, in bytes since the beginning.
    var positions: (producer: UInt64, consumer: UInt64) {
        let consumer = consumerPosition.load(ordering: .acquiring)
        return (producerPosition.load(ordering: .acquiring), consumer)
    }

    private func header(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        unsafe (base + offset).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    private func offset(of position: UInt64) -> Int {
        Int(truncatingIfNeeded: position & (size &- 1))
    }

    private static func span(_ length: UInt64) -> UInt64 {
        (length &+ UInt64(headerSize) &+ 7) & ~7
    }

    // MARK: Producing

    /// The offset of room for a record, or `nil` if there is none.
    ///
    /// A record that is not complete blocks: the ring never runs a whole round past it.
    func reserve(_ length: UInt64) -> Int? {
        guard length <= Self.greatestRecord else { return nil }
        let span = Self.span(length)
        guard span <= size else { return nil }
        return producers.withLock { producers in
            let start = producerPosition.load(ordering: .relaxed)
            let end = start &+ span
            advance(&producers, to: start)
            let consumed = consumerPosition.load(ordering: .acquiring)
            guard end &- consumed < size, end &- producers.completeEnd < size else { return nil }
            let offset = offset(of: start)
            let header = unsafe header(at: offset)
            unsafe header[1].store(UInt32(truncatingIfNeeded: offset), ordering: .relaxed)
            unsafe header[0].store(
                UInt32(truncatingIfNeeded: length) | Self.busy,
                ordering: .releasing
            )
            producerPosition.store(end, ordering: .releasing)
            return offset + Self.headerSize
        }
    }

    private func advance(_ producers: inout Producers, to end: UInt64) {
        while producers.completeEnd < end {
            let header = unsafe header(at: offset(of: producers.completeEnd))
            let word = unsafe header[0].load(ordering: .acquiring)
            guard word & Self.busy == 0 else { return }
            producers.completeEnd &+= Self.span(UInt64(word & ~Self.discarded))
        }
    }

    /// The length of the reserved, unfinished record at an offset; `nil` if there is none.
    func reservedLength(at offset: Int) -> Int? {
        let start = offset &- Self.headerSize
        guard start >= 0, start & 7 == 0, start < Int(size) else { return nil }
        let header = unsafe header(at: start)
        let word = unsafe header[0].load(ordering: .acquiring)
        guard word & Self.busy != 0, unsafe header[1].load(ordering: .relaxed) == UInt32(start)
        else { return nil }
        return Int(word & ~Self.busy)
    }

    /// Completes a record; says whether the consumer was waiting for just this one.
    @discardableResult
    func complete(at offset: Int, isDiscarded: Bool) -> Bool {
        guard let length = reservedLength(at: offset) else { return false }
        let start = offset &- Self.headerSize
        let word = UInt32(truncatingIfNeeded: length) | (isDiscarded ? Self.discarded : 0)
        unsafe header(at: start)[0].store(word, ordering: .sequentiallyConsistent)
        return self.offset(of: consumerPosition.load(ordering: .acquiring)) == start
    }

    /// Copies bytes in as one record; `nil` if there is no room, else what `complete` says.
    func append(
        _ first: UnsafeRawBufferPointer,
        _ second: UnsafeRawBufferPointer? = nil
    ) -> Bool? {
        let length = unsafe first.count + (second?.count ?? 0)
        guard let offset = reserve(UInt64(length)) else { return nil }
        unsafe UnsafeMutableRawBufferPointer(start: base + offset, count: first.count)
            .copyMemory(from: first)
        if let second = unsafe second {
            unsafe UnsafeMutableRawBufferPointer(
                start: base + (offset &+ first.count),
                count: second.count
            ).copyMemory(from: second)
        }
        return complete(at: offset, isDiscarded: false)
    }

    // MARK: Consuming

    /// What a consumer makes of a record.
    enum Step {
        case next
        case stop
    }

    /// Calls `body` with each complete record's place, in order, up to the first incomplete one.
    ///
    /// Returns how many there were, discarded ones not counted; `nil` while another consumer is
    /// at work. `limit` bounds all records, with the discarded.
    func consume(
        limit: Int = .max,
        _ body: (_ offset: Int, _ length: Int) throws -> Step
    ) rethrows -> Int? {
        let isMine = consumer.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isMine else { return nil }
        defer { consumer.withLock { $0 = false } }
        var count = 0
        var seen = 0
        while seen < limit, let record = firstRecord() {
            seen += 1
            let next = record.position &+ Self.span(UInt64(record.length))
            guard !record.isDiscarded else {
                consumerPosition.store(next, ordering: .releasing)
                continue
            }
            count += 1
            // The record leaves even if the body fails: else it would come again for ever.
            defer { consumerPosition.store(next, ordering: .releasing) }
            let offset = offset(of: record.position) + Self.headerSize
            if try body(offset, record.length) == .stop { break }
        }
        return count
    }

    /// Whether a consumer would find a complete record, discarded or not.
    var hasRecords: Bool { firstRecord() != nil }

    private func firstRecord() -> (position: UInt64, length: Int, isDiscarded: Bool)? {
        let position = consumerPosition.load(ordering: .relaxed)
        guard position < producerPosition.load(ordering: .acquiring) else { return nil }
        let word = unsafe header(at: offset(of: position))[0].load(ordering: .acquiring)
        guard word & Self.busy == 0 else { return nil }
        return (position, Int(word & ~Self.discarded), word & Self.discarded != 0)
    }
}
