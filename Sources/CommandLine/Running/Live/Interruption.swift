@unsafe @preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether the user wants a command to end: Ctrl-C, `kill`, a terminal that is closed, or a reader
/// of the output that has gone (`| head`).
///
/// While one lives, these do not end the process; whoever waits in ``value`` goes on and cleans up.
/// A second Ctrl-C ends the process as usual.
final class Interruption: Sendable {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    /// How many there are.
    private static let alive = Atomic<Int>(0)

    private let sources: [any DispatchSourceSignal]
    private let arrived: AsyncStream<Int32>
    private let first = Atomic<Int32>(0)

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        arrived = stream
        sources = Self.numbers.map { number in
            #if !os(Linux)
            signal(number, SIG_IGN)
            #endif
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        // Writing to nobody is an error then, and not the end.
        if Self.alive.add(1, ordering: .relaxed).newValue == 1 { signal(SIGPIPE, SIG_IGN) }
        for (number, source) in zip(Self.numbers, sources) {
            source.setEventHandler { [weak self] in
                _ = self?.first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
                continuation.yield(number)
                signal(number, SIG_DFL)
            }
        }
        // Before a source is in place a signal ends the process as usual: there is nothing to clean
        // up yet, and none is lost.
        let inPlace = DispatchSemaphore(value: 0)
        for source in sources {
            source.setRegistrationHandler { inPlace.signal() }
            source.resume()
        }
        for _ in sources { inPlace.wait() }
    }

    /// The signal that came first; `nil` when the task is cancelled before.
    var value: Int32? {
        get async {
            for await number in arrived { return number }
            return nil
        }
    }

    /// Does something that goes on until the user wants it to end, which is a good end then.
    ///
    /// - Parameter body: what to do; its task is cancelled at the end.
    static func ending(_ body: @Sendable @escaping () async throws -> Void) async throws {
        let interruption = Interruption()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = await interruption.value }
            group.addTask { try await body() }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// Whether a signal has come.
    var hasArrived: Bool { first.load(ordering: .relaxed) != 0 }

    /// Ends what waits for an interruption, as nobody reads its output any more.
    static func outputClosed() {
        if alive.load(ordering: .relaxed) > 0 { kill(getpid(), SIGTERM) }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in Self.numbers { signal(number, SIG_DFL) }
        if Self.alive.subtract(1, ordering: .relaxed).newValue == 0 { signal(SIGPIPE, SIG_DFL) }
    }
}
