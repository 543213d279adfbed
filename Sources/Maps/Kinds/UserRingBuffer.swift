public import EBPFBytecode

/// A queue of records of any size from the application to programs
/// (`BPF_MAP_TYPE_USER_RINGBUF`).
public final class UserRingBuffer: Map, @unchecked Sendable {
    private let ring: RecordRing
    /// Tells the application that a program took records out.
    public let signal = EventSignal()

    /// How many records one call of `bpf_user_ringbuf_drain` takes (`BPF_MAX_USER_RINGBUF_SAMPLES`).
    public static let greatestDrain = 128 * 1024

    init(_ plan: MapPlan) throws(KernelErrno) {
        ring = try RecordRing(byteCount: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    /// Where records lie; see ``RingBuffer/valueMemory``.
    public override var valueMemory: ValueMemory? { ring.memory }

    // MARK: The application's side

    /// Room for a record: E2BIG if it can never fit, ENOSPC if there is no room now.
    public func reserve(_ byteCount: Int) throws(KernelErrno) -> RingRecord {
        guard byteCount >= 0, byteCount <= definition.maxEntries - RecordRing.headerSize else {
            throw .tooBig
        }
        guard let offset = ring.reserve(UInt64(byteCount)) else { throw .noSpace }
        return RingRecord(offset: offset, byteCount: byteCount)
    }

    /// The bytes of a reserved record, to be filled in place; nothing if it is not reserved.
    public func withBytes<Result, Failure: Error>(
        of record: RingRecord, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let isReserved = ring.reservedLength(at: record.offset) == record.byteCount
        // SAFETY: a reserved record lies within the ring's memory and is its holder's alone.
        return try unsafe body(
            UnsafeMutableRawBufferPointer(
                start: ring.memory.base + (isReserved ? record.offset : 0),
                count: isReserved ? record.byteCount : 0))
    }

    /// Whether there is room for a small record.
    public var hasRoom: Bool {
        let (producer, consumer) = ring.positions
        return producer &- consumer < UInt64(definition.maxEntries - 2 * RecordRing.headerSize)
    }

    /// Gives a reserved record, as it is filled, to programs.
    public func submit(_ record: RingRecord) {
        ring.complete(at: record.offset, isDiscarded: false)
    }

    /// Fills a reserved record and gives it to programs; EINVAL if the sizes differ.
    public func submit(_ record: RingRecord, _ bytes: [UInt8]) throws(KernelErrno) {
        guard ring.reservedLength(at: record.offset) == record.byteCount,
            bytes.count == record.byteCount
        else { throw .invalidArgument }
        let target = unsafe UnsafeMutableRawBufferPointer(
            start: ring.memory.base + record.offset,
            count: record.byteCount
        )
        unsafe target.copyBytes(from: bytes)
        ring.complete(at: record.offset, isDiscarded: false)
    }

    /// Gives up a reserved record.
    public func discard(_ record: RingRecord) {
        ring.complete(at: record.offset, isDiscarded: true)
    }

    /// Adds a record; see ``reserve(_:)`` for the errors.
    public func send(_ bytes: [UInt8]) throws(KernelErrno) {
        try submit(try reserve(bytes.count), bytes)
    }

    // MARK: The program's side

    /// Calls `body` with each record until it returns a value other than 0
    /// (`bpf_user_ringbuf_drain`); returns how many there were.
    ///
    /// EINVAL for unknown flags, EBUSY while another program drains. The record is only good during
    /// the call; programs see it as a dynptr that can only be read.
    public func programDrain(
        flags: UInt64,
        _ body: (RingRecord) throws -> UInt64
    ) throws -> Int {
        guard flags & ~3 == 0 else { throw KernelErrno.invalidArgument }
        let count = try ring.consume(limit: Self.greatestDrain) { offset, length in
            try body(RingRecord(offset: offset, byteCount: length)) == 0 ? .next : .stop
        }
        guard let count else { throw KernelErrno.busy }
        if count > 0 { signal.send() }
        return count
    }
}
