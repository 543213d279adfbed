import EBPFExecution
import SystemPackage

extension RunSession {
    /// Runs the program on one packet of a capture, at the packet's own time, after the timers
    /// that are due by then; returns its verdict.
    ///
    /// - Returns: `nil` if the packet has no form that the program understands.
    func run(
        _ packet: Packet, _ runner: borrowing PacketRunner, _ report: inout RunReport,
        _ packets: inout ReplayedPackets
    ) throws -> UInt32? {
        try runner.fireTimers(until: packet.timestamp)
        clock.set(nanoseconds: packet.timestamp)
        guard let frame = packet.ethernetForm else {
            report.skipped += 1
            packets.skip()
            return nil
        }
        let origin = PacketOrigin(
            interface: UInt32(clamping: packet.interface + 1), timestamp: packet.timestamp,
            wireLength: packet.originalLength)
        packets.add(frame.bytes, from: origin)
        let start = ContinuousClock.now
        defer { report.elapsed += ContinuousClock.now - start }
        let returned = try runner.run(frame.bytes, origin: origin)
        report.count(UInt64(returned))
        collectEvents(&report)
        return returned
    }

    /// Runs the program on the packets of a capture once more, each at its own time.
    func replay(
        _ packets: ReplayedPackets, _ runner: borrowing PacketRunner, _ report: inout RunReport
    ) throws {
        report.skipped += packets.skippedCount
        // Asking the time costs as much as a short run.
        let start = ContinuousClock.now
        defer { report.elapsed += ContinuousClock.now - start }
        for (bytes, origin) in packets.packets {
            try runner.fireTimers(until: origin.timestamp)
            clock.set(nanoseconds: origin.timestamp)
            report.count(UInt64(try runner.run(bytes, origin: origin)))
            collectEvents(&report)
        }
    }

    /// Takes what the program put into ring buffers and perf buffers.
    func collectEvents(_ report: inout RunReport) {
        guard let events else { return }
        events.collect(into: &report.events)
    }
}

/// The packets of a capture that is replayed more than once, so that it need not be read again; those
/// of a large one are not kept.
struct ReplayedPackets {
    private(set) var packets: [(bytes: [UInt8], origin: PacketOrigin)] = []
    /// How many packets have no form that programs understand.
    private(set) var skippedCount = 0
    /// Whether these are all of them.
    private(set) var isComplete = false
    private var isWanted: Bool
    private var byteCount = 0

    private static let limit = 64 << 20

    /// - Parameter isWanted: whether to keep any.
    init(isWanted: Bool) { self.isWanted = isWanted }

    /// Keeps a packet.
    mutating func add(_ bytes: [UInt8], from origin: PacketOrigin) {
        guard isWanted else { return }
        byteCount += bytes.count
        if byteCount > Self.limit { return giveUp() }
        packets.append((bytes, origin))
    }

    /// Counts a packet that does not run.
    mutating func skip() { skippedCount += 1 }

    /// Notes that there are no more.
    mutating func finish() { isComplete = isWanted }

    /// Forgets all: the capture is too large, or cannot be read to its end.
    mutating func giveUp() {
        isWanted = false
        packets = []
    }
}

extension CaptureError {
    /// The file and what is wrong with it; the system's refusals in its own words.
    func explanation(_ path: String) -> String {
        guard case .system(_, _, let number) = reason else { return "\(path): \(self)" }
        return "\(path): \(Errno(rawValue: number))"
    }
}

/// The capture that `--output` names.
final class CaptureSink {
    private let path: String
    private var writer: CaptureWriter?
    private var failure: CaptureError?

    /// Creates the file.
    init(path: String) throws {
        self.path = path
        do throws(CaptureError) {
            let opened = try CaptureWriter(path: path)
            writer = consume opened
        } catch {
            throw Failure(message: error.explanation(path))
        }
    }

    /// Adds a packet; the first failure is reported at the end.
    func add(_ bytes: [UInt8], at timestamp: UInt64) {
        guard failure == nil else { return }
        let packet = Packet(
            timestamp: timestamp, originalLength: bytes.count, bytes: bytes, interface: 0,
            linkType: .ethernet)
        do throws(CaptureError) { try writer?.append(packet) } catch { failure = error }
    }

    /// Writes what is still in memory.
    func finish() throws {
        do throws(CaptureError) {
            if let failure { throw failure }
            try writer.take()?.finish()
        } catch {
            throw Failure(message: error.explanation(path))
        }
    }
}
