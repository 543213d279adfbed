import EBPFBytecode
import EBPFKernel
import EBPFMaps
import Synchronization

/// The end of a stream that this process holds; made when it is first asked for, and then shared.
struct StreamEnds: Sendable {
    var reader: EventReader?
    var writer: RecordWriter?
}

extension AnyMap {
    /// The reading end of a ring buffer or perf event array.
    ///
    /// - Parameter options: how the buffers of perf events are made, if they are not made yet.
    func eventReader(
        _ options: PerfEventOptions = PerfEventOptions()
    ) throws(KernelError) -> EventReader {
        try streams.withLock { ends throws(KernelError) in
            if let reader = ends.reader { return reader }
            let reader = try makeReader(options)
            ends.reader = reader
            return reader
        }
    }

    private func makeReader(_ options: PerfEventOptions) throws(KernelError) -> EventReader {
        switch storage {
        case .kernel(let map) where map.shape.type == .perfEventArray:
            return EventReader(try KernelPerfBuffer(map, options.kernelOptions))
        case .kernel(let map):
            return EventReader(try KernelRingBuffer(map))
        case .userSpace(let ring as EBPFMaps.RingBuffer):
            return EventReader(ring)
        case .userSpace(let array as EBPFMaps.PerfEventArray):
            do throws(KernelErrno) {
                let buffers = try array.open(byteCount: options.pagesPerCPU * 4096)
                return EventReader(array, buffers)
            } catch {
                throw KernelError(
                    "reading events from \(self)", error,
                    reason: error == .invalidArgument
                        ? "a ring has a power of two of pages, not \(options.pagesPerCPU)" : nil)
            }
        case .userSpace:
            throw KernelError(
                "reading events from \(self)", .invalidArgument,
                reason: "it is a map of type \(type.name)")
        }
    }

    /// The writing end of a user ring buffer.
    func recordWriter() throws(KernelError) -> RecordWriter {
        try streams.withLock { ends throws(KernelError) in
            if let writer = ends.writer { return writer }
            let writer = try makeWriter()
            ends.writer = writer
            return writer
        }
    }

    private func makeWriter() throws(KernelError) -> RecordWriter {
        switch storage {
        case .kernel(let map): return .kernel(try EBPFKernel.UserRingBuffer(map))
        case .userSpace(let ring as EBPFMaps.UserRingBuffer): return .userSpace(ring)
        case .userSpace:
            throw KernelError(
                "sending records through \(self)", .invalidArgument,
                reason: "it is a map of type \(type.name)")
        }
    }
}
