import EBPFVerification
import Synchronization

/// How long a person waits for a verdict: shows how far a long verification is, and ends it when
/// that is asked for.
final class VerifyPatience: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let look = Mutex(Look())

    private struct Look {
        var program = ""
        var next = ContinuousClock.now
        var isShown = false
    }

    /// Ends this verification, and those that come.
    func end() { isOver.store(true, ordering: .relaxed) }

    /// The verification of a program begins; it is shown if it takes long.
    func begin(_ program: String) {
        look.withLock {
            $0.program = program
            $0.next = ContinuousClock.now.advanced(by: .seconds(2))
        }
    }

    /// Shows how far it is, at most ten times a second, and says whether to go on.
    func goesOn(_ progress: Verifier.Progress) -> Bool {
        guard !isOver.load(ordering: .relaxed), !Task.isCancelled else { return false }
        guard Terminal.showsProgress else { return true }
        look.withLock { look in
            guard ContinuousClock.now >= look.next else { return }
            look.next = ContinuousClock.now.advanced(by: .milliseconds(100))
            look.isShown = true
            Terminal.overwrite(
                "\(look.program): \(progress.processed) instructions of at most "
                    + "\(progress.limit), \(progress.waiting) branches wait")
        }
        return true
    }

    /// Removes what was shown.
    func finish() {
        look.withLock { look in
            if look.isShown { Terminal.overwrite("") }
            look.isShown = false
        }
    }
}
