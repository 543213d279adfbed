import EBPFMaps
import Synchronization

extension EventSignal {
    /// Waits until something has happened, while others use the thread.
    ///
    /// - Parameters:
    ///   - deadline: when to give up; `nil` never.
    ///   - isReady: whether there is nothing to wait for.
    /// - Returns: false when the time is over or the task is cancelled.
    func events(
        until deadline: ContinuousClock.Instant?, _ isReady: () -> Bool
    ) async -> Bool {
        let gate = Gate()
        let token = wait { gate.open(true) }
        defer { endWait(token) }
        if isReady() { return true }
        let timer = deadline.map { deadline in
            Task {
                try? await Task.sleep(until: deadline, clock: .continuous)
                gate.open(false)
            }
        }
        defer { timer?.cancel() }
        return await withTaskCancellationHandler {
            await gate.pass()
        } onCancel: {
            gate.open(false)
        }
    }

    /// Waits until something has happened, which keeps the thread.
    func sleep(until deadline: ContinuousClock.Instant?, _ isReady: () -> Bool) -> Bool {
        var pause = Duration.microseconds(50)
        while !isReady() {
            if let deadline, deadline <= .now { return false }
            pauseThread(min(pause, (deadline.map { $0 - .now }) ?? pause))
            pause = min(pause * 2, .milliseconds(5))
        }
        return true
    }
}

/// A gate that one task waits at, and that is opened once.
private final class Gate: Sendable {
    private enum State {
        case closed
        case awaited(CheckedContinuation<Bool, Never>)
        case open(Bool)
    }

    private let state = Mutex(State.closed)

    /// Opens the gate; only the first time counts.
    func open(_ result: Bool) {
        let waiting: CheckedContinuation<Bool, Never>? = state.withLock { state in
            switch state {
            case .closed:
                state = .open(result)
                return nil
            case .awaited(let continuation):
                state = .open(result)
                return continuation
            case .open: return nil
            }
        }
        waiting?.resume(returning: result)
    }

    /// Waits for the gate to open.
    func pass() async -> Bool {
        await withCheckedContinuation { continuation in
            let result: Bool? = state.withLock { state in
                if case .open(let result) = state { return result }
                state = .awaited(continuation)
                return nil
            }
            if let result { continuation.resume(returning: result) }
        }
    }
}
