import Synchronization

/// Counts the system calls of a test.
final class CallCounter: Sendable {
    private let number = Atomic(0)

    var total: Int { number.load(ordering: .relaxed) }

    func count() { number.add(1, ordering: .relaxed) }
}
