import EBPFBytecode

/// What programs send, as an `AsyncSequence`.
///
/// ```swift
/// let stream = try ring.events { Connection($0) }.within(.seconds(10))
/// for try await connection in stream { print(connection) }
/// print("lost:", try stream.lost() ?? 0)
/// ```
///
/// A stream takes events out when someone asks for one, at most ``prefetch`` ahead: a slow consumer
/// lets the kernel's buffer fill, and what does not fit there is counted in ``lost()``. Waiting
/// costs no thread. It ends when the task is cancelled, at its deadline, or by ``finish()``; events
/// that were taken ahead are kept for the next iterator, so that none is lost on the way. The stream
/// keeps its buffers alive; with the stream they go.
///
/// Several tasks may read from one stream; each event goes to one of them.
public struct EventStream<Element: Sendable>: AsyncSequence, Sendable {
    /// What may go wrong while waiting: nothing, as long as the process has descriptors.
    public typealias Failure = KernelError

    private let engine: EventEngine<Element>
    private let deadline: ContinuousClock.Instant?

    /// The events of several sources, as they come; those of one stay in order.
    ///
    /// - Parameter prefetch: how many events of a source may be taken out ahead of the reader.
    /// - Throws: ``KernelError`` if the process has no descriptors or threads left.
    public init(_ sources: [EventSource<Element>], prefetch: Int = 64) throws(KernelError) {
        engine = try EventEngine(sources, prefetch: Swift.max(prefetch, 1))
        deadline = nil
    }

    private init(_ engine: EventEngine<Element>, deadline: ContinuousClock.Instant?) {
        self.engine = engine
        self.deadline = deadline
    }

    /// How many events of a source may be taken out ahead of the reader.
    public var prefetch: Int { engine.prefetch }

    /// The same stream, which ends at a time; events that are there by then still come.
    public func until(_ deadline: ContinuousClock.Instant) -> EventStream {
        EventStream(engine, deadline: Swift.min(deadline, self.deadline ?? deadline))
    }

    /// The same stream, which ends after a time from now.
    public func within(_ time: Duration) -> EventStream { until(.now + time) }

    /// Ends the stream for all who read from it, now and later.
    public func finish() { engine.finish() }

    /// How many events could not be delivered because the kernel's buffers were full.
    ///
    /// Perf buffers count exactly. Ring buffers do not count: the program has to, see
    /// ``KernelRingBuffer/lost()``.
    ///
    /// - Returns: `nil` if one of the sources does not count.
    /// - Throws: ``KernelError``.
    public func lost() throws(KernelError) -> UInt64? { try engine.lost() }

    /// Begins reading where the last reader ended.
    public func makeAsyncIterator() -> Iterator { Iterator(engine: engine, deadline: deadline) }

    /// Reads a stream.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let engine: EventEngine<Element>
        fileprivate let deadline: ContinuousClock.Instant?

        /// The next event, for which it waits.
        ///
        /// - Returns: `nil` at the end: the task was cancelled, the time is over, or the stream
        ///   was finished.
        /// - Throws: ``KernelError``.
        public mutating func next(
            isolation: isolated (any Actor)?
        ) async throws(KernelError) -> Element? {
            try await engine.next(until: deadline, isolation: isolation)
        }

        /// The next event, for which it waits.
        public mutating func next() async throws(KernelError) -> Element? {
            try await engine.next(until: deadline, isolation: nil)
        }

        /// The next event, if one comes in time.
        ///
        /// - Parameter deadline: when to give up; the stream may have an earlier one.
        /// - Returns: `nil` if none came; the stream goes on.
        /// - Throws: ``KernelError``.
        public mutating func next(
            until deadline: ContinuousClock.Instant
        ) async throws(KernelError) -> Element? {
            let earlier = Swift.min(deadline, self.deadline ?? deadline)
            return try await engine.next(until: earlier, isolation: nil)
        }
    }
}
