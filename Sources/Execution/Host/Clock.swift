import Synchronization

/// What time it is for programs: the host's clocks, or one that only moves when it is told to.
///
/// With a virtual clock a run can be repeated exactly, and a capture can be replayed at the times
/// at which its packets arrived.
public final class Clock: Sendable {
    /// Whether the clock only moves when it is set.
    public let isVirtual: Bool
    /// Where it stands then.
    private let time: Atomic<UInt64>

    private init(isVirtual: Bool, nanoseconds: UInt64) {
        self.isVirtual = isVirtual
        time = Atomic(nanoseconds)
    }

    /// The host's own clocks.
    public static var system: Clock { Clock(isVirtual: false, nanoseconds: 0) }

    /// A clock that stands at `nanoseconds` until it is set.
    public static func virtual(nanoseconds: UInt64 = 0) -> Clock {
        Clock(isVirtual: true, nanoseconds: nanoseconds)
    }

    /// Sets a virtual clock; the host's own clocks cannot be set.
    public func set(nanoseconds: UInt64) { time.store(nanoseconds, ordering: .releasing) }

    private func now(_ clock: SystemClock) -> UInt64 {
        isVirtual ? time.load(ordering: .acquiring) : clock.nanoseconds
    }

    /// Nanoseconds since the host started, without time asleep (`CLOCK_MONOTONIC`).
    public var monotonic: UInt64 { now(.monotonic) }
    /// Nanoseconds since the host started, with time asleep (`CLOCK_BOOTTIME`).
    public var sinceBoot: UInt64 { now(.boot) }
    /// Nanoseconds of international atomic time (`CLOCK_TAI`).
    public var atomicTime: UInt64 { now(.tai) }
    /// Nanoseconds of coarse monotonic time (`CLOCK_MONOTONIC_COARSE`).
    public var coarse: UInt64 { now(.coarse) }
}
