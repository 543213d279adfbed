import EBPFExecution
import Synchronization

/// Keeps what programs print, and shows it at once where somebody reads along.
final class TraceCollector: Sendable {
    /// How many lines are kept; a program in a loop prints millions.
    static let limit = 100_000

    private let collected = Mutex<(lines: [TraceLine], dropped: Int)>(([], 0))

    /// The lines so far.
    var lines: [TraceLine] { collected.withLock { $0.lines } }

    /// How many lines were not kept.
    var droppedCount: Int { collected.withLock { $0.dropped } }

    /// Adds a line.
    func add(_ line: TraceLine, printing: Bool) {
        collected.withLock { collected in
            if collected.lines.count < Self.limit {
                collected.lines.append(line)
            } else {
                collected.dropped += 1
            }
        }
        if printing { Terminal.say(line.text) }
    }
}
