import EBPFBytecode
import Synchronization

/// Several descriptors that tasks wait for as one, without a thread of their own.
final class Watch: Sendable {
    private let set: PollSet
    private let reactor: Reactor
    private let key: UInt64

    /// Watches what is added to a set.
    ///
    /// - Parameter fill: adds descriptors, which have to live as long as this object.
    /// - Throws: the kernel's error number.
    init(
        system: SystemCalls, _ fill: (borrowing PollSet) throws(KernelErrno) -> Void
    ) throws(KernelErrno) {
        let set = try PollSet(system: system)
        try fill(set)
        reactor = try Reactor.shared()
        key = try reactor.watch(set.descriptor)
        self.set = set
    }

    deinit {
        reactor.unwatch(set.descriptor, key: key)
    }

    /// Waits until one of the descriptors is ready; ends at once when the task is cancelled.
    ///
    /// - Parameters:
    ///   - deadline: when to give up; `nil` for never.
    ///   - isReady: asked once more after the kernel was, for what was ready before: a perf event
    ///     reports each wake-up to only one who asks.
    func wait(
        until deadline: ContinuousClock.Instant?, unless isReady: () -> Bool
    ) async -> WaitOutcome {
        let number = Mutex<UInt64?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = reactor.enlist(key, until: deadline, continuation)
                number.withLock { $0 = waiter }
                do throws(KernelErrno) {
                    try reactor.arm(set.descriptor, key: key)
                    if isReady() { reactor.resume(waiter: waiter, .ready) }
                } catch {
                    reactor.resume(waiter: waiter, .failed(error))
                }
                // The handler may have run before there was a waiter to wake.
                if Task.isCancelled { reactor.resume(waiter: waiter, .cancelled) }
            }
        } onCancel: {
            guard let waiter = number.withLock({ $0 }) else { return }
            reactor.resume(waiter: waiter, .cancelled)
        }
    }

    /// Wakes all who wait.
    func wake() { reactor.resume(key, .cancelled) }
}
