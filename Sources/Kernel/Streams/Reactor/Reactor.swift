import EBPFBytecode
import Synchronization

/// The one thread of this process that waits for the kernel on behalf of all streams (epoll(7)).
///
/// It starts with the first stream that has to wait and lives as long as the process. It reads
/// nothing: it wakes those who wait, and they read on their own threads.
final class Reactor: Sendable {
    private let set: PollSet
    private let alarm: Descriptor
    private let waiters = Mutex(Waiters())

    private static let started = Mutex<Reactor?>(nil)

    /// The reactor of this process, which is started if it is not running.
    ///
    /// - Throws: the kernel's error number if there are no more descriptors or threads.
    static func shared() throws(KernelErrno) -> Reactor {
        try started.withLock { started throws(KernelErrno) in
            if let started { return started }
            let reactor = try Reactor(system: .linux)
            try startThread("ebpf-events") { reactor.run() }
            started = reactor
            return reactor
        }
    }

    private init(system: SystemCalls) throws(KernelErrno) {
        let closeOnExecAndNonBlocking = 0o2004000
        set = try PollSet(system: system)
        alarm = Descriptor(
            owning: try system.call(.eventDescriptor, 0, closeOnExecAndNonBlocking), system: system)
        try set.add(alarm, key: Self.alarmKey)
    }

    /// The key of the descriptor that interrupts the thread when an earlier deadline comes in.
    private static let alarmKey: UInt64 = 0

    // MARK: Watching

    /// Begins watching a descriptor, which is reported only when someone waits for it.
    ///
    /// - Returns: the key under which it is waited for.
    func watch(_ descriptor: borrowing Descriptor) throws(KernelErrno) -> UInt64 {
        let key = waiters.withLock { $0.newKey() }
        try set.add(descriptor, key: key, PollSet.once)
        return key
    }

    /// Ends watching a descriptor and wakes who still waits for it.
    func unwatch(_ descriptor: borrowing Descriptor, key: UInt64) {
        try? set.remove(descriptor)
        resume(key, .cancelled)
    }

    /// Asks for one report about a descriptor.
    func arm(_ descriptor: borrowing Descriptor, key: UInt64) throws(KernelErrno) {
        try set.change(descriptor, key: key, Interest.readable.rawValue | PollSet.once)
    }

    /// Enlists someone who waits.
    ///
    /// - Returns: by which number ``resume(_:waiter:_:)`` knows them.
    func enlist(
        _ key: UInt64, until deadline: ContinuousClock.Instant?,
        _ continuation: CheckedContinuation<WaitOutcome, Never>
    ) -> UInt64 {
        let (waiter, isFirst) = waiters.withLock {
            $0.add(Waiter(key: key, deadline: deadline, continuation: continuation))
        }
        if isFirst { wakeThread() }
        return waiter
    }

    /// Wakes one waiter; nothing happens if it was woken before.
    func resume(waiter: UInt64, _ outcome: WaitOutcome) {
        waiters.withLock { $0.remove(waiter) }?.continuation.resume(returning: outcome)
    }

    /// Wakes all who wait for a descriptor.
    func resume(_ key: UInt64, _ outcome: WaitOutcome) {
        for waiter in waiters.withLock({ $0.remove(waitingFor: key) }) {
            waiter.continuation.resume(returning: outcome)
        }
    }

    /// How many wait.
    var waiterCount: Int { waiters.withLock { $0.count } }

    // MARK: The thread

    private func run() {
        while true {
            let now = ContinuousClock.now
            let (late, next) = waiters.withLock { ($0.remove(lateAt: now), $0.firstDeadline) }
            for waiter in late { waiter.continuation.resume(returning: .late) }
            // What epoll_wait(2) can fail with are our own mistakes (EBADF, EINVAL, EFAULT).
            guard let ready = try? set.wait(for: next.map { $0 - now }, limit: 64) else { continue }
            for key in ready {
                if key == Self.alarmKey {
                    _ = try? alarm.read(count: 8)
                } else {
                    resume(key, .ready)
                }
            }
        }
    }

    private func wakeThread() {
        try? alarm.write([1, 0, 0, 0, 0, 0, 0, 0])
    }
}

/// How waiting ended.
enum WaitOutcome: Sendable {
    /// There may be something to read.
    case ready
    /// The deadline has passed.
    case late
    /// Somebody does not want to wait any more.
    case cancelled
    /// The kernel refused.
    case failed(KernelErrno)
}
