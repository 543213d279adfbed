public import CLinux
import EBPFBytecode
public import Synchronization

/// The reading end of a ring buffer in the kernel (`BPF_MAP_TYPE_RINGBUF`).
///
/// Records lie in memory that the kernel shares with this process; reading them copies nothing.
///
/// ```swift
/// let ring = try KernelRingBuffer(map)
/// while try ring.wait() {
///     ring.withEvents { record in total += record.byteCount }
/// }
/// ```
///
/// Each record goes to one reader, in the order in which programs reserved them. Nothing leaves the
/// ring before it is asked for. A reader that is too slow makes the *program's* reservation fail:
/// the kernel does not count that, so a program that must not lose silently counts its own failures
/// in a map (an `else` with an atomic add on one counter costs nothing when all is well), and
/// ``lost()`` reads them: see ``LossCounter``. How full the ring is, ``positions`` tells.
///
/// It may be used by several threads; while one reads, others wait.
@safe
public final class KernelRingBuffer: Sendable {
    /// The map, which this object keeps alive.
    public let map: KernelMap
    @usableFromInline let consumer: Mapping
    @usableFromInline let data: Mapping
    @usableFromInline let pageSize = Mapping.pageSize
    @usableFromInline let reading = Mutex(())
    private let lossCounter: LossCounter?

    /// Maps the ring's memory into this process.
    ///
    /// - Parameter lossCounter: where the program counts what did not fit, if it does.
    /// - Throws: ``KernelError`` if it is another kind of map, or if memory is short.
    public init(_ map: KernelMap, lossCounter: LossCounter? = nil) throws(KernelError) {
        try map.require(.ringBuffer, "reading events from")
        let overwrites = map.shape.flags.contains(.overwriteOldest)
        guard !overwrites else {
            throw KernelError(
                "reading events from \(map)", .operationNotSupported,
                reason: "the ring overwrites its oldest records (BPF_F_RB_OVERWRITE)",
                remedy: "create it without that flag")
        }
        let size = Int(map.shape.maxEntries)
        do throws(KernelErrno) {
            consumer = try Mapping(map.descriptor, count: pageSize, isWritable: true)
            // The kernel maps the data twice in a row, so that no record is ever cut in two.
            data = try Mapping(
                map.descriptor, offset: pageSize, count: pageSize + 2 * size)
        } catch {
            throw KernelError("mapping the memory of \(map)", error)
        }
        self.map = map
        self.lossCounter = lossCounter
    }

    /// How many records did not fit, as the program counts them.
    ///
    /// - Returns: `nil` if there is no counter: the kernel does not count, see ``positions``.
    /// - Throws: ``KernelError``.
    public func lost() throws(KernelError) -> UInt64? { try lossCounter?.count() }

    /// The size of the ring in bytes (`BPF_RB_RING_SIZE`).
    public var byteCount: Int { Int(map.shape.maxEntries) }

    /// How far reading and writing have come, now.
    public var positions: RingPositions {
        // SAFETY: both positions are the first word of a page that is mapped as long as `self`.
        unsafe RingPositions(
            consumer: clinux_load_acquire(consumerPosition),
            producer: clinux_load_acquire(producerPosition))
    }

    // MARK: Reading

    /// Hands out the records that are there, without waiting.
    ///
    /// - Parameters:
    ///   - limit: the greatest number of records.
    ///   - body: gets the bytes of one record, valid until it returns. The record counts as read
    ///     then, also when the body throws. It must not read from the same ring buffer.
    /// - Returns: how many records were read; records that programs discarded do not count.
    /// - Throws: what the body throws; the following records stay in the ring.
    @inlinable
    @discardableResult
    public func withEvents<Failure: Error>(
        limit: Int = .max, _ body: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        try reading.withLock { _ throws(Failure) in
            unsafe try drain(limit, body)
        }
    }

    /// Waits for a record (poll(2)).
    ///
    /// - Parameter timeout: `nil` waits for ever.
    /// - Returns: whether there is one; it may still be in the making, and ``withEvents(limit:_:)``
    ///   finds none then.
    /// - Throws: ``KernelError``.
    public func wait(timeout: Duration? = nil) throws(KernelError) -> Bool {
        // As poll(2) would find, without a system call.
        if positions.available > 0 { return true }
        return try attempting("waiting for events of \(map)") { () throws(KernelErrno) in
            try map.system.wait(for: .readable, map.descriptor, timeout: timeout)
        }
    }

    // MARK: The ring

    // SAFETY: the positions and data are mapped as long as `self`; the kernel never lets a record
    // be longer than the ring, which is mapped twice. A record belongs to the reader from the
    // release of its busy bit until the consumer's position passes it, which the lock orders.
    @unsafe
    @inlinable
    @inline(__always)
    func drain<Failure: Error>(
        _ limit: Int, _ body: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let start = unsafe UnsafeRawPointer(producerPosition) + pageSize
        let mask = UInt64(map.shape.maxEntries) &- 1
        let share = UInt64(map.shape.maxEntries) / 8
        var (count, position) = unsafe (0, clinux_load_acquire(consumerPosition))
        var published = position
        defer {
            if published != position { unsafe clinux_store_release(consumerPosition, position) }
        }
        while count < limit {
            let end = unsafe clinux_load_acquire(producerPosition)
            guard position != end else { break }
            while position != end, count < limit {
                let record = unsafe start + Int(truncatingIfNeeded: position & mask)
                let header = unsafe clinux_load_acquire32(
                    record.assumingMemoryBound(to: UInt32.self))
                guard header & RingRecord.busy == 0 else { return count }
                let length = header & RingRecord.lengthMask
                position &+= RingRecord.step(length)
                guard header & RingRecord.discarded == 0 else { continue }
                count &+= 1
                unsafe try body(
                    RawSpan(
                        _unsafeStart: record + RingRecord.headerSize, byteCount: Int(length)))
                // Room is given back in shares: a store a record would contend with the writers,
                // one a call would let them starve.
                guard position &- published >= share else { continue }
                unsafe clinux_store_release(consumerPosition, position)
                published = position
            }
            unsafe clinux_store_release(consumerPosition, position)
            published = position
        }
        return count
    }

    // SAFETY: as `positions`.
    @inlinable
    @inline(__always)
    var consumerPosition: UnsafeMutablePointer<UInt64> {
        unsafe consumer.start.assumingMemoryBound(to: UInt64.self)
    }

    // SAFETY: as `positions`.
    @inlinable
    @inline(__always)
    var producerPosition: UnsafeMutablePointer<UInt64> {
        unsafe data.start.assumingMemoryBound(to: UInt64.self)
    }
}

/// The header of a record in a ring (`struct bpf_ringbuf_hdr`): its length and two bits.
@usableFromInline
enum RingRecord {
    @inlinable static var headerSize: Int { 8 }
    @inlinable static var busy: UInt32 { 1 << 31 }
    @inlinable static var discarded: UInt32 { 1 << 30 }
    @inlinable static var lengthMask: UInt32 { ~(busy | discarded) }

    /// The distance to the next record: header and data, rounded up to 8 bytes.
    @inlinable
    @inline(__always)
    static func step(_ length: UInt32) -> UInt64 { (UInt64(length) &+ 8 &+ 7) & ~7 }
}

/// How far the two ends of a ring have come, in bytes since it was created.
public struct RingPositions: Hashable, Sendable {
    /// Up to where records were read (`BPF_RB_CONS_POS`).
    public var consumer: UInt64
    /// Up to where records were reserved (`BPF_RB_PROD_POS`).
    public var producer: UInt64

    /// The bytes of records, with headers, that wait for a reader (`BPF_RB_AVAIL_DATA`).
    public var available: Int { Int(clamping: producer &- consumer) }
}
