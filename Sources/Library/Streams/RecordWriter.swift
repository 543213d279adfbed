import EBPFBytecode
import EBPFKernel
import EBPFMaps

/// The writing end of a user ring buffer, over either host.
enum RecordWriter: Sendable {
    case kernel(EBPFKernel.UserRingBuffer)
    case userSpace(EBPFMaps.UserRingBuffer)

    /// Sends a record that `body` fills; if it throws, nothing is sent.
    func send(
        _ map: AnyMap, byteCount: Int,
        _ body: (UnsafeMutableRawBufferPointer) throws(KernelError) -> Void
    ) throws(KernelError) {
        switch self {
        case .kernel(let ring):
            var reservation = try ring.reserve(byteCount: byteCount)
            try reservation.withBytes { room throws(KernelError) in
                let failure: KernelError? = unsafe room.withUnsafeMutableBytes { bytes in
                    do throws(KernelError) { try unsafe body(bytes) } catch { return error }
                    return nil
                }
                if let failure { throw failure }
            }
            reservation.submit()
        case .userSpace(let ring):
            let record: RingRecord
            do throws(KernelErrno) {
                record = try ring.reserve(byteCount)
            } catch {
                throw failure(map, byteCount, error)
            }
            do throws(KernelError) {
                try unsafe ring.withBytes(of: record, body)
            } catch {
                ring.discard(record)
                throw error
            }
            ring.submit(record)
        }
    }

    /// Waits until there may be room.
    func waitForRoom(until deadline: ContinuousClock.Instant?) throws(KernelError) -> Bool {
        switch self {
        case .kernel(let ring):
            return try ring.waitForRoom(timeout: deadline.map { max($0 - .now, .zero) })
        case .userSpace(let ring):
            return ring.signal.sleep(until: deadline) { ring.hasRoom }
        }
    }

    private func failure(_ map: AnyMap, _ byteCount: Int, _ errno: KernelErrno) -> KernelError {
        let isFull = errno == .noSpace
        return KernelError(
            "reserving \(byteCount) bytes in \(map)", errno,
            reason: isFull
                ? "the ring is full" : "a record has at most \(map.maxEntries - 8) bytes",
            remedy: isFull ? "let the program drain it, or wait for room" : nil)
    }
}
