import CLinux
import EBPFBytecode
import Synchronization

/// The writing end of a ring buffer whose records a program takes out
/// (`BPF_MAP_TYPE_USER_RINGBUF`, `bpf_user_ringbuf_drain`).
///
/// ```swift
/// try ring.send([1, 2, 3])
/// ```
///
/// Records reach the program in the order of their reservation, when it drains the ring. It may be
/// used by several threads.
@safe
public final class UserRingBuffer: Sendable {
    /// The map, which this object keeps alive.
    public let map: KernelMap
    private let consumer: Mapping
    private let data: Mapping
    private let reserving = Mutex(())

    /// Maps the ring's memory into this process.
    ///
    /// - Throws: ``KernelError`` if it is another kind of map, or if memory is short.
    public init(_ map: KernelMap) throws(KernelError) {
        try map.require(.userRingBuffer, "sending records through")
        let page = Mapping.pageSize
        let size = Int(map.shape.maxEntries)
        do throws(KernelErrno) {
            consumer = try Mapping(map.descriptor, count: page)
            data = try Mapping(
                map.descriptor, offset: page, count: page + 2 * size, isWritable: true)
        } catch {
            throw KernelError("mapping the memory of \(map)", error)
        }
        self.map = map
    }

    /// The size of the ring in bytes.
    public var byteCount: Int { Int(map.shape.maxEntries) }

    /// How far the program's reading and our writing have come, now.
    public var positions: RingPositions {
        // SAFETY: both positions are the first word of a page that is mapped as long as `self`.
        unsafe RingPositions(
            consumer: clinux_load_acquire(consumer.start.assumingMemoryBound(to: UInt64.self)),
            producer: clinux_load_acquire(producerPosition))
    }

    /// Copies a record into the ring.
    ///
    /// - Throws: ``KernelError``; `ENOSPC` if there is no room until the program drains the ring.
    public func send(_ bytes: [UInt8]) throws(KernelError) {
        var reservation = try reserve(byteCount: bytes.count)
        reservation.withBytes { room in
            for index in bytes.indices {
                room.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
            }
        }
        reservation.submit()
    }

    /// Takes room for a record, to be filled in place.
    ///
    /// - Throws: ``KernelError``; `ENOSPC` if there is no room now, `E2BIG` if there never will be.
    public func reserve(byteCount: Int) throws(KernelError) -> Reservation {
        guard byteCount >= 0, byteCount <= self.byteCount - RingRecord.headerSize else {
            throw KernelError(
                "reserving \(byteCount) bytes in \(map)", .tooBig,
                reason: "a record has at most \(self.byteCount - RingRecord.headerSize) bytes")
        }
        let offset = reserving.withLock { _ in unsafe reserveLocked(UInt32(byteCount)) }
        guard let offset else {
            throw KernelError(
                "reserving \(byteCount) bytes in \(map)", .noSpace, reason: "the ring is full",
                remedy: "let the program drain it, or wait for room")
        }
        return Reservation(ring: self, offset: offset, byteCount: byteCount)
    }

    /// Waits until the program has taken records out.
    ///
    /// - Parameter timeout: `nil` waits for ever.
    /// - Returns: whether there is room for some record.
    /// - Throws: ``KernelError``.
    public func waitForRoom(timeout: Duration? = nil) throws(KernelError) -> Bool {
        try attempting("waiting for room in \(map)") { () throws(KernelErrno) in
            try map.system.wait(for: .writable, map.descriptor, timeout: timeout)
        }
    }

    // SAFETY: the caller holds the lock, so no one else moves the producer's position; the room
    // between it and the consumer's, one ring further, belongs to us.
    @unsafe
    private func reserveLocked(_ length: UInt32) -> Int? {
        let now = positions
        let step = RingRecord.step(length)
        guard step <= UInt64(byteCount) &- (now.producer &- now.consumer) else { return nil }
        let offset = Int(truncatingIfNeeded: now.producer & UInt64(byteCount - 1))
        unsafe setHeader(at: offset, length | RingRecord.busy)
        unsafe clinux_store_release(producerPosition, now.producer &+ step)
        return offset
    }

    // SAFETY: the header at the offset belongs to a reservation that is not submitted yet.
    @unsafe
    fileprivate func setHeader(at offset: Int, _ header: UInt32) {
        let record = unsafe (data.start + Mapping.pageSize + offset)
        unsafe (record + 4).storeBytes(of: 0, as: UInt32.self)
        unsafe clinux_store_release32(record.assumingMemoryBound(to: UInt32.self), header)
    }

    // SAFETY: the bytes belong to a reservation that is not submitted yet.
    @unsafe
    fileprivate func room(at offset: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
        let start = unsafe data.start + Mapping.pageSize + offset + RingRecord.headerSize
        return unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    // SAFETY: as `positions`.
    private var producerPosition: UnsafeMutablePointer<UInt64> {
        unsafe data.start.assumingMemoryBound(to: UInt64.self)
    }
}

extension UserRingBuffer {
    /// Room for one record, and the duty to submit or discard it: it is discarded when it goes out
    /// of scope.
    ///
    /// The program sees no later record before this one is settled.
    public struct Reservation: ~Copyable {
        private let ring: UserRingBuffer
        private let offset: Int
        private var isSettled = false
        /// The size of the record.
        public let byteCount: Int

        fileprivate init(ring: UserRingBuffer, offset: Int, byteCount: Int) {
            self.ring = ring
            self.offset = offset
            self.byteCount = byteCount
        }

        deinit {
            guard !isSettled else { return }
            unsafe ring.setHeader(at: offset, UInt32(byteCount) | RingRecord.discarded)
        }

        /// Gives access to the record's bytes, which hold what was there before.
        public mutating func withBytes<Result, Failure: Error>(
            _ body: (inout MutableRawSpan) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            let room = unsafe ring.room(at: offset, byteCount)
            var span = unsafe room.mutableBytes
            return try body(&span)
        }

        /// Hands the record to the program.
        public consuming func submit() {
            var record = self
            unsafe record.ring.setHeader(at: record.offset, UInt32(record.byteCount))
            record.isSettled = true
        }

        /// Gives the room up; the program will not see the record.
        public consuming func discard() {}
    }
}
