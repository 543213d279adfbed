import EBPFKernel
import EBPFMaps
import Synchronization

/// The reading end of a map's events, over either host; all typed views of a map share it.
final class EventReader: Sendable {
    private enum Source: Sendable {
        case kernelRing(KernelRingBuffer)
        case kernelPerf(KernelPerfBuffer)
        case ring(EBPFMaps.RingBuffer)
        case perf(EBPFMaps.PerfEventArray, [EventBuffer])
    }

    private let source: Source
    /// In user space there is one reader at a time; in the kernel's buffers, they see to it.
    private let reading = Mutex(())
    /// Made when a task waits for the first time.
    private let kernelWaiter = Mutex<EventWaiter?>(nil)

    init(_ ring: KernelRingBuffer) { source = .kernelRing(ring) }
    init(_ buffer: KernelPerfBuffer) { source = .kernelPerf(buffer) }
    init(_ ring: EBPFMaps.RingBuffer) { source = .ring(ring) }
    init(_ array: EBPFMaps.PerfEventArray, _ buffers: [EventBuffer]) {
        source = .perf(array, buffers)
    }

    /// The sizes in bytes that an event of a type may have: perf events end at a multiple of 8
    /// after the 4 bytes that hold their size.
    func sizes<Event>(of type: Event.Type) -> ClosedRange<Int> {
        let (size, stride) = (MemoryLayout<Event>.size, MemoryLayout<Event>.stride)
        switch source {
        case .kernelPerf, .perf: return size...((stride + 4 + 7) / 8 * 8 - 4)
        case .kernelRing, .ring: return size...stride
        }
    }

    /// How many events did not fit; `nil` where the host does not count them.
    var lost: UInt64? {
        switch source {
        case .kernelRing: nil
        case .kernelPerf(let buffer): buffer.lost
        case .ring(let ring): ring.droppedCount
        case .perf(_, let buffers): buffers.reduce(0) { $0 + $1.lostCount }
        }
    }

    /// Hands out the records that are there.
    ///
    /// - Returns: how many were read.
    func drain<Failure: Error>(
        limit: Int, _ body: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        switch source {
        case .kernelRing(let ring):
            return try ring.withEvents(limit: limit, body)
        case .kernelPerf(let buffer):
            return try buffer.withEvents(limit: limit) { _, event throws(Failure) in
                try body(event)
            }
        case .ring(let ring):
            return try collect([ring], limit, body)
        case .perf(_, let buffers):
            return try collect(buffers, limit, body)
        }
    }

    /// Reads in user space, where errors lose their type on the way.
    private func collect<Failure: Error>(
        _ sources: [any RecordSource], _ limit: Int, _ body: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var failure: Failure?
        func hand(_ bytes: UnsafeRawBufferPointer) throws {
            do throws(Failure) {
                // SAFETY: the bytes are good until the body returns.
                try unsafe body(bytes.bytes)
            } catch {
                failure = error
                throw error
            }
        }
        let count = reading.withLock { _ in
            var count = 0
            for source in sources where count < limit && failure == nil {
                count += (try? unsafe source.drain(limit: limit - count, hand)) ?? 0
            }
            return count
        }
        if let failure { throw failure }
        return count
    }

    // MARK: Waiting

    /// Waits until there are records, which keeps the thread.
    ///
    /// - Returns: whether there are some; false when the time is over.
    func wait(until deadline: ContinuousClock.Instant?) throws(KernelError) -> Bool {
        let timeout = deadline.map { max($0 - .now, .zero) }
        switch source {
        case .kernelRing(let ring): return try ring.wait(timeout: timeout)
        case .kernelPerf(let buffer): return try buffer.wait(timeout: timeout)
        case .ring(let ring):
            return ring.signal.sleep(until: deadline) { ring.hasRecords }
        case .perf(let array, let buffers):
            return array.signal.sleep(until: deadline) { buffers.contains(where: \.hasEvents) }
        }
    }

    /// Waits until there are records, while others use the thread.
    ///
    /// - Returns: whether there are some; false when the time is over or the task is cancelled.
    func events(until deadline: ContinuousClock.Instant?) async throws(KernelError) -> Bool {
        switch source {
        case .kernelRing(let ring):
            return try await waiter { () throws(KernelError) in
                try EventWaiter(ring.source { $0.byteCount })
            }.wait(until: deadline)
        case .kernelPerf(let buffer):
            return try await waiter { () throws(KernelError) in
                try EventWaiter(buffer.source { $1.byteCount })
            }.wait(until: deadline)
        case .ring(let ring):
            return await ring.signal.events(until: deadline) { ring.hasRecords }
        case .perf(let array, let buffers):
            return await array.signal.events(until: deadline) {
                buffers.contains(where: \.hasEvents)
            }
        }
    }

    private func waiter(
        _ make: () throws(KernelError) -> EventWaiter
    ) throws(KernelError) -> EventWaiter {
        try kernelWaiter.withLock { waiter throws(KernelError) in
            if let waiter { return waiter }
            let made = try make()
            waiter = made
            return made
        }
    }
}

/// What records come from in user space.
private protocol RecordSource {
    func drain(limit: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Int
}

extension EBPFMaps.RingBuffer: RecordSource {}
extension EventBuffer: RecordSource {}
