import EBPFBytecode

/// Waits for events of a buffer that its owner reads by itself, on the thread that all streams
/// share.
public final class EventWaiter: Sendable {
    private let name: String
    private let watch: Watch
    private let isReady: @Sendable () -> Bool

    /// Waits for what a source has.
    ///
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public init<Element>(_ source: EventSource<Element>) throws(KernelError) {
        name = source.name
        isReady = source.isReady
        watch = try attempting("waiting for events of \(source.name)") {
            () throws(KernelErrno) in
            try Watch(system: source.system, source.watch)
        }
    }

    /// Waits until there may be events, which keeps no thread.
    ///
    /// - Parameter deadline: when to give up; `nil` for never.
    /// - Returns: false when the time is over or the task is cancelled.
    /// - Throws: ``KernelError``.
    public func wait(until deadline: ContinuousClock.Instant?) async throws(KernelError) -> Bool {
        switch await watch.wait(until: deadline, unless: isReady) {
        case .ready: return true
        case .late, .cancelled: return false
        case .failed(let errno): throw KernelError("waiting for events of \(name)", errno)
        }
    }
}
