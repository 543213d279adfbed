import EBPFExecution
import Synchronization

/// Keeps what programs print, and shows it at once where somebody reads along.
final class TraceCollector: Sendable {
    private let collected = Mutex<[TraceLine]>([])

    /// The lines so far.
    var lines: [TraceLine] { collected.withLock { $0 } }

    /// Adds a line.
    func add(_ line: TraceLine, printing: Bool) {
        collected.withLock { $0.append(line) }
        if printing { Terminal.say(line.text) }
    }
}
