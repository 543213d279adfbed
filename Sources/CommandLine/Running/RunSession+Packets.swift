import EBPFExecution
import SystemPackage

extension RunSession {
    /// Runs the program on one packet of a capture, at the packet's own time, after the timers
    /// that are due by then; returns its verdict.
    ///
    /// - Returns: `nil` if the packet has no form that the program understands.
    func run(
        _ packet: Packet, _ runner: borrowing PacketRunner, _ report: inout RunReport
    ) throws -> UInt32? {
        try runner.fireTimers(until: packet.timestamp)
        clock.set(nanoseconds: packet.timestamp)
        guard let frame = packet.ethernetForm else {
            report.skipped += 1
            return nil
        }
        let origin = PacketOrigin(
            interface: UInt32(clamping: packet.interface + 1), timestamp: packet.timestamp,
            wireLength: packet.originalLength)
        let start = ContinuousClock.now
        defer { report.elapsed += ContinuousClock.now - start }
        let returned = try runner.run(frame.bytes, origin: origin)
        report.count(UInt64(returned))
        collectEvents(&report)
        return returned
    }

    /// Takes what the program put into ring buffers and perf buffers.
    func collectEvents(_ report: inout RunReport) {
        guard let events else { return }
        events.collect(into: &report.events)
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
struct CaptureSink {
    private let path: String
    private var packets: [Packet] = []

    init(path: String) { self.path = path }

    mutating func add(_ bytes: [UInt8], at timestamp: UInt64) {
        packets.append(
            Packet(
                timestamp: timestamp, originalLength: bytes.count, bytes: bytes, interface: 0,
                linkType: .ethernet))
    }

    /// Writes the file; returns what went wrong.
    func finish() -> [String] {
        do throws(CaptureError) {
            var writer = try CaptureWriter(path: path)
            for packet in packets { try writer.append(packet) }
            try writer.finish()
            return []
        } catch {
            return [error.explanation(path)]
        }
    }
}
