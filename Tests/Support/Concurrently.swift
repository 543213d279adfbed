import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs a body many times at once, each on a thread of its own, and waits for all.
///
/// - Parameter body: gets the number of its turn.
/// - Returns: what bodies threw, in words.
public func concurrently(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Void
) throws -> [String] {
    let work = ConcurrentWork(body)
    let threads = (0..<count).compactMap { _ -> pthread_t? in
        let argument = unsafe Unmanaged.passRetained(work)
        var thread = pthread_t()
        // SAFETY: the thread takes over the retained object and releases it.
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<ConcurrentWork>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            unsafe argument.release()
            return nil
        }
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
    guard threads.count == count else { throw SetupFailure("not all threads could start") }
    return work.failures
}

/// What the threads do, and what went wrong.
private final class ConcurrentWork: Sendable {
    private let body: @Sendable (Int) throws -> Void
    private let state = Mutex((turn: 0, failures: [String]()))

    init(_ body: @escaping @Sendable (Int) throws -> Void) { self.body = body }

    var failures: [String] { state.withLock { $0.failures } }

    func run() {
        let turn = state.withLock { state in
            defer { state.turn += 1 }
            return state.turn
        }
        do { try body(turn) } catch {
            state.withLock { $0.failures.append("\(error)") }
        }
    }
}
