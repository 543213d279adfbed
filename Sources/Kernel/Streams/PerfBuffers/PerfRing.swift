import CLinux
import EBPFBytecode

/// The perf event of one CPU and the ring that it shares with the kernel
/// (`struct perf_event_mmap_page`).
@safe
final class PerfRing: Sendable {
    /// The CPU whose programs write into it.
    let cpu: Int
    let event: Descriptor
    private let mapping: Mapping
    private let mask: UInt64

    /// Opens the event of a CPU and maps its ring.
    ///
    /// - Throws: `ENODEV` for a CPU that is offline.
    init(
        cpu: Int, pages: Int, attributes: PerfEventAttributes, system: SystemCalls
    ) throws(KernelErrno) {
        self.cpu = cpu
        let allProcesses: Int32 = -1
        let opened = try system.openPerfEvent(
            attributes, process: allProcesses, cpu: Int32(clamping: cpu))
        let page = Mapping.pageSize
        mapping = try Mapping(opened, count: (1 + pages) * page, isWritable: true)
        mask = UInt64(pages * page) &- 1
        let enable = 0x2400
        try opened.system.call(.ioControl, Int(opened.number), enable, 0)
        event = opened
    }

    /// The bytes that wait for a reader.
    var available: Int {
        // SAFETY: as `drain`.
        unsafe Int(clamping: clinux_load_acquire(head) &- clinux_load_acquire(tail))
    }

    /// How many events the kernel could not write, as it says itself (`PERF_FORMAT_LOST`).
    func lostSamples() throws(KernelErrno) -> UInt64 {
        let answer = try event.read(count: 16)
        guard answer.count == 16 else { throw .invalidArgument }
        return answer.suffix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    // SAFETY: header page and data are mapped as long as `self`. Records between the positions
    // belong to the reader; their lengths are checked against both positions and the room.
    /// Hands out records, oldest first.
    ///
    /// - Parameters:
    ///   - state: where losses are counted, and where records that wrap around are put together.
    ///   - limit: the greatest number of samples.
    ///   - body: gets the raw bytes of one sample.
    /// - Returns: the number of samples.
    func drain<Failure: Error>(
        _ state: inout PerfReading, limit: Int, _ body: (RawSpan) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let end = unsafe clinux_load_acquire(head)
        var (count, position) = unsafe (0, clinux_load_acquire(tail))
        defer { unsafe clinux_store_release(tail, position) }
        while position != end, count < limit {
            let header = unsafe data.load(
                fromByteOffset: Int(position & mask), as: PerfRecordHeader.self)
            let size = Int(header.size)
            guard size >= PerfRecordHeader.byteCount, UInt64(size) <= end &- position else {
                // Not written by the kernel: what follows has no meaning.
                state.malformed += 1
                position = end
                break
            }
            let record = unsafe self.record(at: position, size, &state)
            position &+= UInt64(size)
            switch header.type {
            case PerfRecordHeader.sample:
                guard let sample = unsafe Self.rawBytes(record) else {
                    state.malformed += 1
                    continue
                }
                count += 1
                unsafe try body(RawSpan(_unsafeBytes: sample))
            case PerfRecordHeader.lost where size >= 24:
                state.lost += unsafe record.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            default: continue
            }
        }
        return count
    }

    // SAFETY: as `drain`; a record that wraps around is copied.
    @unsafe
    private func record(
        at position: UInt64, _ size: Int, _ state: inout PerfReading
    ) -> UnsafeRawBufferPointer {
        let offset = Int(position & mask)
        let room = Int(mask) + 1 - offset
        guard size > room else {
            return unsafe UnsafeRawBufferPointer(start: data + offset, count: size)
        }
        return unsafe state.scratch.joined(
            UnsafeRawBufferPointer(start: data + offset, count: room),
            UnsafeRawBufferPointer(start: data, count: size - room))
    }

    // SAFETY: gives a part of what it is given.
    /// The bytes that a program sent: header, size (`u32`), bytes.
    @unsafe
    private static func rawBytes(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let start = PerfRecordHeader.byteCount + 4
        guard record.count >= start else { return nil }
        let size = unsafe Int(record.loadUnaligned(fromByteOffset: start - 4, as: UInt32.self))
        guard size <= record.count - start else { return nil }
        return unsafe UnsafeRawBufferPointer(rebasing: record[start..<(start + size)])
    }

    private var head: UnsafeMutablePointer<UInt64> {
        unsafe (mapping.start + 1024).assumingMemoryBound(to: UInt64.self)
    }

    private var tail: UnsafeMutablePointer<UInt64> {
        unsafe (mapping.start + 1032).assumingMemoryBound(to: UInt64.self)
    }

    private var data: UnsafeRawPointer {
        unsafe UnsafeRawPointer(mapping.start) + Mapping.pageSize
    }
}

/// The start of a record (`struct perf_event_header`); records begin at multiples of 8 bytes.
struct PerfRecordHeader: BitwiseCopyable {
    let type: UInt32
    let miscellaneous: UInt16
    let size: UInt16

    static let byteCount = 8
    /// `PERF_RECORD_LOST`.
    static let lost: UInt32 = 2
    /// `PERF_RECORD_SAMPLE`.
    static let sample: UInt32 = 9
}

/// What a reader of rings keeps between records.
struct PerfReading: ~Copyable, Sendable {
    /// The ring to look at first.
    var next = 0
    /// Events that the kernel reported as lost in the ring.
    var lost: UInt64 = 0
    /// Records that make no sense.
    var malformed: UInt64 = 0
    /// Where a record is put together that wraps around the end of its ring.
    var scratch = Scratch()
}

/// Room for one perf record, which has at most 65,535 bytes; allocated when first needed.
@safe
struct Scratch: ~Copyable, @unchecked Sendable {
    private var room: UnsafeMutableRawBufferPointer?

    init() { unsafe room = nil }

    deinit {
        unsafe room?.deallocate()
    }

    // SAFETY: the parts of one record, whose size is 16 bits, fit; the result is valid until the
    // next use.
    /// Two parts one after the other.
    @unsafe
    mutating func joined(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        let whole = unsafe room ?? .allocate(byteCount: 1 << 16, alignment: 8)
        unsafe room = whole
        unsafe whole.copyMemory(from: first)
        unsafe UnsafeMutableRawBufferPointer(rebasing: whole[first.count...])
            .copyMemory(from: second)
        return unsafe UnsafeRawBufferPointer(rebasing: whole[..<(first.count + second.count)])
    }
}
