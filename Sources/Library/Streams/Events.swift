import EBPFKernel

/// The events of a map as they come.
///
/// Waiting keeps no thread. The sequence ends when the task is cancelled or at its deadline; it
/// fails with ``EventError``, and can be iterated again afterwards, from the next event on.
public struct Events<Event: BitwiseCopyable>: AsyncSequence, Sendable {
    /// What is read.
    public typealias Element = Event
    /// Why reading fails.
    public typealias Failure = EventError

    private let map: AnyMap
    private let deadline: ContinuousClock.Instant?

    init(_ map: AnyMap, deadline: ContinuousClock.Instant? = nil) {
        self.map = map
        self.deadline = deadline
    }

    /// A reader; several readers share the events.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(map: map, deadline: deadline)
    }

    /// Reads one event after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let map: AnyMap
        fileprivate let deadline: ContinuousClock.Instant?
        private var opened: (EventReader, EventDecoder<Event>)?

        fileprivate init(map: AnyMap, deadline: ContinuousClock.Instant?) {
            self.map = map
            self.deadline = deadline
        }

        /// The next event; `nil` at the deadline, and when the task is cancelled.
        ///
        /// - Throws: ``EventError``.
        public mutating func next() async throws(EventError) -> Event? {
            try await next(isolation: nil)
        }

        /// The next event; `nil` at the deadline, and when the task is cancelled.
        ///
        /// - Throws: ``EventError``.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(EventError) -> Event? {
            let (reader, decoder) = try open()
            var (isLate, attempts) = (false, 0)
            while !Task.isCancelled {
                if let event = try take(reader, decoder) { return event }
                guard !isLate else { return nil }
                await Self.rest(attempts)
                attempts += 1
                do throws(KernelError) {
                    // What came at the last moment is still read.
                    isLate = try await !reader.events(until: deadline)
                } catch {
                    throw .host(error)
                }
            }
            return nil
        }

        /// A record in the making counts as something to read: no need to look all the time.
        private static func rest(_ attempts: Int) async {
            guard attempts > 1 else { return }
            try? await Task.sleep(for: .microseconds(50 << Swift.min(attempts, 6)))
        }

        private func take(
            _ reader: EventReader, _ decoder: EventDecoder<Event>
        ) throws(EventError) -> Event? {
            var event: Event?
            _ = try reader.drain(limit: 1) { record throws(EventError) in
                event = try decoder.event(record)
            }
            return event
        }

        private mutating func open() throws(EventError) -> (EventReader, EventDecoder<Event>) {
            if let opened { return opened }
            let reader = try asEventError { () throws(KernelError) in try map.eventReader() }
            let result = (reader, EventDecoder<Event>(map.name, reader))
            opened = result
            return result
        }
    }
}
