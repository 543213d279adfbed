import Synchronization

/// The timers that programs have set (`bpf_timer`), in the order in which they fire.
///
/// A host has no thread of its own: timers fire when ``UserSpaceHost/fireTimers(until:)`` is called,
/// so a run with a virtual clock can be repeated exactly.
final class TimerQueue: Sendable {
    /// One timer, known by its address in a map value.
    struct Timer: Sendable {
        var map: Int
        var callback: UInt64
        var program: LoadedProgram
        var deadline: UInt64?
    }

    private let timers = Mutex<[UInt64: Timer]>([:])

    /// Reads or changes the timer at an address.
    func withTimer<Result>(_ address: UInt64, _ body: (inout Timer?) -> Result) -> Result {
        timers.withLock { body(&$0[address]) }
    }

    /// Takes the first timer that is due; it does not fire again unless it is started again.
    func takeDue(at now: UInt64) -> (address: UInt64, timer: Timer)? {
        timers.withLock { timers in
            let due = timers.filter { ($0.value.deadline ?? .max) <= now }
            guard let first = due.min(by: { ($0.value.deadline ?? 0, $0.key) < ($1.value.deadline ?? 0, $1.key) })
            else { return nil }
            timers[first.key]?.deadline = nil
            return (first.key, first.value)
        }
    }
}
