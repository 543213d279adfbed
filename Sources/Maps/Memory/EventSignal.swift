import Synchronization

/// How those who wait for something in a map learn that it has happened.
///
/// A waiter first says that it waits, then looks once more, and only then sleeps; so nothing that
/// happens in between is missed. It is told once.
public final class EventSignal: Sendable {
    /// A waiter's number, to end waiting.
    public typealias Token = UInt64

    private struct Waiters {
        var bodies: [Token: @Sendable () -> Void] = [:]
        var next: Token = 0
    }

    private let waiters = Mutex(Waiters())
    /// Lets ``send()`` pass without the lock as long as nobody waits.
    private let count = Atomic<Int>(0)

    init() {}

    /// Calls `body` the next time that something happens, on the thread where it happens.
    public func wait(_ body: @escaping @Sendable () -> Void) -> Token {
        defer { atomicMemoryFence(ordering: .sequentiallyConsistent) }
        return waiters.withLock { waiters in
            waiters.next &+= 1
            waiters.bodies[waiters.next] = body
            count.store(waiters.bodies.count, ordering: .sequentiallyConsistent)
            return waiters.next
        }
    }

    /// Ends waiting; a body that is running is not stopped.
    public func endWait(_ token: Token) {
        waiters.withLock { waiters in
            waiters.bodies[token] = nil
            count.store(waiters.bodies.count, ordering: .sequentiallyConsistent)
        }
    }

    /// Tells all who wait.
    public func send() {
        guard count.load(ordering: .sequentiallyConsistent) > 0 else { return }
        let bodies = waiters.withLock { waiters in
            defer {
                waiters.bodies = [:]
                count.store(0, ordering: .sequentiallyConsistent)
            }
            return Array(waiters.bodies.values)
        }
        for body in bodies { body() }
    }
}
