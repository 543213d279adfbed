/// A progress bar on standard error, for work that takes longer than half a second.
///
/// Nothing is shown when standard error is not a terminal.
struct Progress {
    private let total: UInt64
    private let start = ContinuousClock.now
    private var next: ContinuousClock.Instant
    private var isShown = false

    init(total: UInt64) {
        self.total = max(total, 1)
        next = start.advanced(by: .milliseconds(500))
    }

    /// Shows how far the work is, at most ten times a second.
    mutating func update(_ done: UInt64, _ detail: @autoclosure () -> String) {
        guard Terminal.showsProgress, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now.advanced(by: .milliseconds(100))
        isShown = true
        let fraction = min(Double(done) / Double(total), 1)
        let filled = Int(fraction * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        Terminal.overwrite("\(bar) \(Int(fraction * 100)) %  \(detail())")
    }

    /// Removes the bar.
    func finish() { if isShown { Terminal.overwrite("") } }
}
