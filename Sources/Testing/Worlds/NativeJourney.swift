import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The way of a packet through programs that go on to others.
///
/// A tail call does not come back. Swift has no such call, so programs that may make one run on a
/// thread of their own, which ends where the call is; the next program gets another thread.
final class NativeJourney: Sendable {
    private struct State {
        var next: NativeBody?
        var result: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Runs a program and all that it goes on to; returns what the last one returned.
    ///
    /// - Parameter call: calls a program with everything around it in place.
    func run(_ first: @escaping NativeBody, _ call: @escaping (NativeBody) -> UInt64) -> UInt64 {
        var next: NativeBody? = first
        while let body = next {
            state.withLock { $0.next = nil }
            let leg = Leg { [self] in
                let result = call(body)
                state.withLock { $0.result = result }
            }
            leg.run()
            next = state.withLock { $0.next }
        }
        return state.withLock { $0.result }
    }

    /// Ends the program that calls this, and goes on with another.
    func goOn(with program: @escaping NativeBody) -> Never {
        state.withLock { $0.next = program }
        pthread_exit(nil)
    }
}

/// A part of a journey on a thread of its own.
private final class Leg: @unchecked Sendable {
    private let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }

    /// Runs it, and waits for its end.
    func run() {
        var thread = pthread_t()
        // SAFETY: this call waits for the thread, so that `self` outlives it.
        let place = unsafe Unmanaged.passUnretained(self).toOpaque()
        let error = unsafe pthread_create(
            &thread, nil,
            { place in
                guard let place = unsafe place else { return nil }
                unsafe Unmanaged<Leg>.fromOpaque(place).takeUnretainedValue().body()
                return nil
            }, place)
        guard error == 0 else { return body() }
        pthread_join(thread, nil)
    }
}
