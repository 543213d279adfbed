public import EBPFBytecode
import Synchronization

/// A record in a ring buffer: the bytes that a program may write between reserving and submitting.
public struct RingRecord: Hashable, Sendable {
    /// Where it starts in ``Map/valueMemory``.
    public let offset: Int
    /// How many bytes it has.
    public let byteCount: Int
}

/// A queue of records of any size from programs to the application (`BPF_MAP_TYPE_RINGBUF`).
///
/// Records come out in the order in which they were reserved: one that is not submitted holds back
/// all later ones. When there is no room the newest is refused, and counted.
public final class RingBuffer: Map, @unchecked Sendable {
    private let ring: RecordRing
    private let dropped = Atomic<UInt64>(0)
    private let wakeUps = Atomic<UInt64>(0)
    /// Tells the application that there are records.
    public let signal = EventSignal()

    private static let noWakeUp: UInt64 = 1  // BPF_RB_NO_WAKEUP
    private static let forceWakeUp: UInt64 = 2  // BPF_RB_FORCE_WAKEUP

    init(_ plan: MapPlan) throws(KernelErrno) {
        ring = try RecordRing(byteCount: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    /// Where records lie.
    ///
    /// There are no values at fixed places: the machine must make a region of each ``RingRecord``.
    public override var valueMemory: ValueMemory? { ring.memory }

    /// How many records did not fit.
    public var droppedCount: UInt64 { dropped.load(ordering: .relaxed) }

    /// How many times a kernel would have woken the application up.
    public var wakeUpCount: UInt64 { wakeUps.load(ordering: .relaxed) }

    // MARK: The program's side

    /// Room for a record, or `nil`: no room, or unknown flags (`bpf_ringbuf_reserve`).
    public func reserve(_ byteCount: UInt64, flags: UInt64) -> RingRecord? {
        guard flags == 0 else { return nil }
        guard let offset = ring.reserve(byteCount) else {
            dropped.wrappingAdd(1, ordering: .relaxed)
            return nil
        }
        return RingRecord(offset: offset, byteCount: Int(byteCount))
    }

    /// The reserved record that starts at an offset, or `nil` if none does.
    public func reservedRecord(at offset: Int) -> RingRecord? {
        ring.reservedLength(at: offset).map { RingRecord(offset: offset, byteCount: $0) }
    }

    /// Gives a record to the consumer (`bpf_ringbuf_submit`).
    public func submit(at offset: Int, flags: UInt64) {
        wakeUp(ring.complete(at: offset, isDiscarded: false), flags)
    }

    /// Gives up a record; the consumer does not see it (`bpf_ringbuf_discard`).
    public func discard(at offset: Int, flags: UInt64) {
        wakeUp(ring.complete(at: offset, isDiscarded: true), flags)
    }

    /// Copies a record in (`bpf_ringbuf_output`): EINVAL for unknown flags, EAGAIN without room.
    public func output(
        _ bytes: UnsafeRawBufferPointer,
        flags: UInt64
    ) throws(KernelErrno) {
        guard flags & ~(Self.noWakeUp | Self.forceWakeUp) == 0 else { throw .invalidArgument }
        guard let isAwaited = unsafe ring.append(bytes) else {
            dropped.wrappingAdd(1, ordering: .relaxed)
            throw .tryAgain
        }
        wakeUp(isAwaited, flags)
    }

    /// Facts about the ring (`bpf_ringbuf_query`): 0 the bytes to consume, 1 the size, 2 the
    /// consumer's position, 3 the producers' position; 0 for what is unknown.
    public func query(_ what: UInt64) -> UInt64 {
        let (producer, consumer) = ring.positions
        return switch what {
        case 0: producer &- consumer
        case 1: UInt64(definition.maxEntries)
        case 2: consumer
        case 3: producer
        default: 0
        }
    }

    private func wakeUp(_ isAwaited: Bool, _ flags: UInt64) {
        guard flags & Self.forceWakeUp != 0 || (isAwaited && flags & Self.noWakeUp == 0) else {
            return
        }
        wakeUps.wrappingAdd(1, ordering: .relaxed)
        signal.send()
    }

    // MARK: The application's side

    /// Whether a record can be taken out now.
    public var hasRecords: Bool { ring.hasRecords }

    /// Calls `body` with each record, in order, up to the first that is not submitted.
    ///
    /// The bytes are only good during the call. Returns the number of records; 0 also while
    /// another thread drains.
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

    /// Copies of all records there are.
    public func takeRecords() -> [[UInt8]] {
        var records: [[UInt8]] = []
        unsafe drain { unsafe records.append([UInt8]($0)) }
        return records
    }
}
