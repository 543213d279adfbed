import EBPFMaps
import Synchronization

/// The timers and deferred work that programs have set (`bpf_timer`, `bpf_wq`), in the order in
/// which they are due.
///
/// A host has no thread of its own: they run when ``UserSpaceHost/fireTimers(until:)`` is called,
/// so a run with a virtual clock can be repeated exactly.
final class TimerQueue: Sendable {
    /// One timer, known by its address in a map value.
    struct Timer: Sendable {
        /// What the field in the value holds; when the element is deleted, it does not any more.
        let serial: UInt32
        let map: Map
        /// Which clock absolute times are of.
        let clock: TimerClock
        /// What it calls.
        var callback: TimerCallback?
        /// When it is due, in nanoseconds of the monotonic clock; `nil` when it is not started.
        var deadline: UInt64?
        /// The CPU that it must run on.
        var cpu: Int?
    }

    private struct State {
        var timers: [UInt64: Timer] = [:]
        var lastSerial: UInt32 = 0
    }

    private let state = Mutex(State())

    /// Makes a timer at an address in place of what was there; returns its serial number.
    func add(at address: UInt64, in map: Map, _ clock: TimerClock) -> UInt32 {
        state.withLock { state in
            state.lastSerial &+= 1
            state.timers[address] = Timer(serial: state.lastSerial, map: map, clock: clock)
            return state.lastSerial
        }
    }

    /// Reads or changes the timer at an address, if it is still the one with a serial number.
    func withTimer<Result>(
        _ address: UInt64,
        serial: UInt32,
        _ body: (inout Timer) -> Result
    ) -> Result? {
        state.withLock { state in
            guard var timer = state.timers[address], timer.serial == serial else { return nil }
            defer { state.timers[address] = timer }
            return body(&timer)
        }
    }

    /// Forgets the timers inside a part of the address space: its values are gone.
    func remove(in addresses: Range<UInt64>) {
        state.withLock { state in
            guard !state.timers.isEmpty else { return }
            state.timers = state.timers.filter { !addresses.contains($0.key) }
        }
    }

    /// Takes the first timer that is due; it does not fire again unless it is started again.
    func takeDue(at now: UInt64) -> (address: UInt64, timer: Timer)? {
        state.withLock { state in
            guard !state.timers.isEmpty else { return nil }
            let due = state.timers.lazy.compactMap { address, timer in
                timer.deadline.flatMap { $0 <= now ? ($0, address) : nil }
            }
            guard let (_, address) = due.min(by: <), let timer = state.timers[address]
            else { return nil }
            state.timers[address]?.deadline = nil
            return (address, timer)
        }
    }

    /// When the next timer is due, if one is started.
    var nextDeadline: UInt64? { state.withLock { $0.timers.values.compactMap(\.deadline).min() } }
}

/// What a timer calls with its map, its key and its value.
enum TimerCallback: Sendable {
    /// A function of a program.
    case function(UInt64, of: ProgramBody)
    /// A closure of this process, for a program that runs natively.
    case native(NativeTimer)
}

/// The clocks of timers (`CLOCK_REALTIME`, `CLOCK_MONOTONIC`, `CLOCK_BOOTTIME`).
enum TimerClock: UInt64, Sendable {
    case real = 0
    case monotonic = 1
    case boot = 7

    /// The time now, in nanoseconds; real time is taken as atomic time.
    func now(_ clock: Clock) -> UInt64 {
        switch self {
        case .real: clock.atomicTime
        case .monotonic: clock.monotonic
        case .boot: clock.sinceBoot
        }
    }
}
