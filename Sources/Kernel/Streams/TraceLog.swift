import EBPFBytecode
import Synchronization

/// What programs print with `bpf_trace_printk`: the kernel's `trace_pipe`.
///
/// ```swift
/// let log = try TraceLog(tracefs: "/sys/kernel/tracing")
/// for try await line in try log.lines() { print(line) }
/// ```
///
/// There is one log for the whole system, with everything that is traced in it, and each line goes
/// to only one of those who read it. What the kernel overwrote because nobody read it stands in the
/// log itself: `CPU:2 [LOST 17 EVENTS]`.
public final class TraceLog: Sendable {
    /// Whether the kernel wrote into the log when it was opened (`tracing_on`); programs that print
    /// cannot tell the difference.
    public let isOn: Bool
    private let file: Descriptor
    private let pending = Mutex(Pending())

    private struct Pending: Sendable {
        var splitter = LineSplitter()
        /// Complete lines, the next one last.
        var lines: [String] = []
    }

    /// Opens the log.
    ///
    /// - Parameters:
    ///   - root: where tracefs is mounted, or a directory below its `instances`.
    ///   - system: the kernel to read from.
    /// - Throws: ``KernelError``; `EBUSY` if another reader excludes us.
    public init(tracefs root: String, system: SystemCalls = .linux) throws(KernelError) {
        isOn = (try? system.text(of: "\(root)/tracing_on")) != "0"
        file = try attempting("opening the trace log \(root)/trace_pipe", on: system) {
            () throws(KernelErrno) in
            try system.open("\(root)/trace_pipe", .nonBlocking)
        }
    }

    /// Takes out the lines that are there, without waiting.
    ///
    /// - Parameter limit: the greatest number of lines.
    /// - Throws: ``KernelError``.
    public func read(limit: Int = .max) throws(KernelError) -> [String] {
        try pending.withLock { pending throws(KernelError) in
            if pending.lines.isEmpty {
                pending.lines = pending.splitter.lines(try piece()).reversed()
            }
            let taken = pending.lines.suffix(max(limit, 0))
            pending.lines.removeLast(taken.count)
            return taken.reversed()
        }
    }

    /// The lines as they come; see ``EventStream``.
    ///
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public func lines() throws(KernelError) -> EventStream<String> {
        try EventStream([
            EventSource(
                name: "the trace log", system: file.system,
                watch: { (set) throws(KernelErrno) in try set.add(self.file) },
                isReady: { !self.pending.withLock { $0.lines.isEmpty } },
                drain: { (limit, body) throws(KernelError) in
                    try self.read(limit: limit).forEach(body)
                },
                lost: { nil })
        ])
    }

    private func piece() throws(KernelError) -> [UInt8] {
        do throws(KernelErrno) {
            return try file.read(count: 1 << 14)
        } catch {
            if error == .tryAgain { return [] }
            throw KernelError("reading the trace log", error)
        }
    }
}
