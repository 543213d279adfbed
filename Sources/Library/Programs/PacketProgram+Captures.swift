import EBPFExecution
import EBPFKernel

extension PacketProgram {
    /// Runs the program on every packet of a capture, in their order.
    ///
    /// ```swift
    /// let verdicts = try firewall.run(capture: "lan.pcapng")
    /// print(verdicts[.drop] ?? 0)
    /// ```
    ///
    /// In user space a virtual clock stands at each packet's own time, so that every run measures
    /// the same. Packets without an Ethernet header get one; those of unknown links are left out.
    ///
    /// - Parameter path: a pcap or pcapng file; `-` is the standard input.
    /// - Returns: how often the program decided what.
    /// - Throws: ``RunError``, also if the file cannot be read.
    public func run(capture path: String) throws(RunError) -> [Verdict: Int] {
        var verdicts: [Verdict: Int] = [:]
        var capture = try reading(path) { () throws(CaptureError) in
            try Capture(contentsOf: path)
        }
        while let packet = try reading(path, { () throws(CaptureError) in try capture.next() }) {
            guard let frame = packet.ethernetForm else { continue }
            if case .userSpace(let program) = program.storage {
                program.host.options.clock.set(nanoseconds: packet.timestamp)
            }
            verdicts[try run(packet: frame.bytes).verdict, default: 0] += 1
        }
        return verdicts
    }

    private func reading<Result: ~Copyable>(
        _ path: String, _ body: () throws(CaptureError) -> Result
    ) throws(RunError) -> Result {
        do throws(CaptureError) {
            return try body()
        } catch {
            throw .refused(
                KernelError("reading capture \(path)", .invalidArgument, reason: "\(error)"))
        }
    }
}
