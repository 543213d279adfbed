/// A task that waits for a descriptor.
struct Waiter: Sendable {
    /// The key of the descriptor.
    let key: UInt64
    let deadline: ContinuousClock.Instant?
    let continuation: CheckedContinuation<WaitOutcome, Never>
}

/// Who waits, by number; each is handed out once.
///
/// There are as many as there are streams with idle readers: few, so that a search through all is
/// no matter.
struct Waiters: Sendable {
    private var waiters: [UInt64: Waiter] = [:]
    private var lastNumber: UInt64 = 0
    private var lastKey: UInt64 = 0

    /// A key that no other descriptor has; never 0.
    mutating func newKey() -> UInt64 {
        lastKey += 1
        return lastKey
    }

    /// - Returns: the waiter's number, and whether its deadline is the first of all.
    mutating func add(_ waiter: Waiter) -> (UInt64, isFirst: Bool) {
        let first = firstDeadline
        lastNumber += 1
        waiters[lastNumber] = waiter
        guard let deadline = waiter.deadline else { return (lastNumber, false) }
        return (lastNumber, first.map { deadline < $0 } ?? true)
    }

    mutating func remove(_ number: UInt64) -> Waiter? {
        waiters.removeValue(forKey: number)
    }

    mutating func remove(waitingFor key: UInt64) -> [Waiter] {
        remove { $0.key == key }
    }

    mutating func remove(lateAt now: ContinuousClock.Instant) -> [Waiter] {
        remove { waiter in waiter.deadline.map { $0 <= now } ?? false }
    }

    /// When the next of them has waited long enough.
    var firstDeadline: ContinuousClock.Instant? { waiters.values.compactMap(\.deadline).min() }

    var count: Int { waiters.count }

    private mutating func remove(where isMeant: (Waiter) -> Bool) -> [Waiter] {
        let numbers = waiters.filter { isMeant($0.value) }.keys
        return numbers.compactMap { waiters.removeValue(forKey: $0) }
    }
}
