import EBPFBytecode
import Synchronization

/// What all copies and iterators of a stream share.
final class EventEngine<Element: Sendable>: Sendable {
    let prefetch: Int
    private let sources: [EventSource<Element>]
    private let watch: Watch
    private let state = Mutex(State())

    private struct State: Sendable {
        /// Taken out of the sources and not asked for yet, the next one last.
        var pending: [Element] = []
        /// The source to look at first.
        var nextSource = 0
        var isFinished = false
    }

    private enum Step: Sendable {
        case element(Element)
        case empty
        case finished
    }

    init(_ sources: [EventSource<Element>], prefetch: Int) throws(KernelError) {
        self.sources = sources
        self.prefetch = prefetch
        let names = sources.map(\.name).joined(separator: ", ")
        watch = try attempting("waiting for events of \(names)") { () throws(KernelErrno) in
            try Watch(system: sources.first?.system ?? .linux) { set throws(KernelErrno) in
                for source in sources { try source.watch(set) }
            }
        }
    }

    func finish() {
        state.withLock { state in
            state.isFinished = true
            state.pending = []
        }
        watch.wake()
    }

    func lost() throws(KernelError) -> UInt64? {
        var sum: UInt64 = 0
        for source in sources {
            guard let lost = try source.lost() else { return nil }
            sum &+= lost
        }
        return sum
    }

    func next(
        until deadline: ContinuousClock.Instant?, isolation: isolated (any Actor)?
    ) async throws(KernelError) -> Element? {
        var patience = Patience()
        var isLate = false
        while !Task.isCancelled {
            switch try take() {
            case .element(let element): return element
            case .finished: return nil
            case .empty: if isLate { return nil }
            }
            await patience.rest()
            switch await watch.wait(until: deadline, unless: isReady) {
            case .ready: continue
            case .late: isLate = true
            case .cancelled: patience = Patience()
            case .failed(let errno):
                let names = sources.map(\.name).joined(separator: ", ")
                throw KernelError("waiting for events of \(names)", errno)
            }
        }
        return nil
    }

    /// Whether waiting is of no use.
    private func isReady() -> Bool {
        state.withLock { $0.isFinished } || sources.contains { $0.isReady() }
    }

    private func take() throws(KernelError) -> Step {
        try state.withLock { state throws(KernelError) in
            if state.isFinished { return .finished }
            if state.pending.isEmpty { try refill(&state) }
            return state.pending.popLast().map(Step.element) ?? .empty
        }
    }

    /// Takes events from each source, beginning with another one each time, so that a busy source
    /// does not keep the others from being heard.
    private func refill(_ state: inout State) throws(KernelError) {
        for index in sources.indices {
            let source = sources[(state.nextSource + index) % sources.count]
            try source.drain(prefetch) { state.pending.append($0) }
        }
        state.pending.reverse()
        if !sources.isEmpty { state.nextSource = (state.nextSource + 1) % sources.count }
    }
}

/// Rests between attempts that found nothing, longer and longer: the kernel calls a ring readable
/// as long as its first record is in the making.
private struct Patience: Sendable {
    private var attempts = 0

    mutating func rest() async {
        defer { attempts += 1 }
        guard attempts > 1 else { return }
        try? await Task.sleep(for: .microseconds(min(50 << min(attempts, 7), 5_000)))
    }
}
