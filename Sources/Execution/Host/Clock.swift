import Synchronization

/// What time it is for programs: the host's clocks, or one that only moves when it is told to.
///
/// With a virtual clock a run can be repeated exactly, and a capture can be replayed at the times
/// at which its packets arrived.
public final class Clock: Sendable {
    private let virtual: Mutex<UInt64?>

    private init(virtual: UInt64?) { self.virtual = Mutex(virtual) }

    /// The host's own clocks.
    public static var system: Clock { Clock(virtual: nil) }

    /// A clock that stands at `nanoseconds` until it is set.
    public static func virtual(nanoseconds: UInt64 = 0) -> Clock { Clock(virtual: nanoseconds) }

    /// Whether the clock only moves when it is set.
    public var isVirtual: Bool { virtual.withLock { $0 != nil } }

    /// Sets a virtual clock; the host's own clocks cannot be set.
    public func set(nanoseconds: UInt64) {
        virtual.withLock { if $0 != nil { $0 = nanoseconds } }
    }

    /// Nanoseconds since the host started, without time asleep (`CLOCK_MONOTONIC`).
    public var monotonic: UInt64 { virtual.withLock { $0 } ?? SystemClock.monotonic.nanoseconds }
    /// Nanoseconds since the host started, with time asleep (`CLOCK_BOOTTIME`).
    public var sinceBoot: UInt64 { virtual.withLock { $0 } ?? SystemClock.boot.nanoseconds }
    /// Nanoseconds of international atomic time (`CLOCK_TAI`).
    public var atomicTime: UInt64 { virtual.withLock { $0 } ?? SystemClock.tai.nanoseconds }
    /// Nanoseconds of coarse monotonic time (`CLOCK_MONOTONIC_COARSE`).
    public var coarse: UInt64 { virtual.withLock { $0 } ?? SystemClock.coarse.nanoseconds }
}
