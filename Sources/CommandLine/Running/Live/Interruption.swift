@unsafe @preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether the user wants a command to end: Ctrl-C, or `kill`.
///
/// While one lives, SIGINT and SIGTERM do not end the process; whoever waits in ``value`` goes on
/// and cleans up. A second Ctrl-C ends the process as usual.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let arrived: AsyncStream<Int32>

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        arrived = stream
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                continuation.yield(number)
                signal(number, SIG_DFL)
            }
            source.resume()
            return source
        }
    }

    /// The signal that came first; `nil` when the task is cancelled before.
    var value: Int32? {
        get async {
            for await number in arrived { return number }
            return nil
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
