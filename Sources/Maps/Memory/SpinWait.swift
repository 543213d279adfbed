#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Waiting for a lock that is held for a few instructions only.
struct SpinWait {
    private var rounds = 0

    /// Spins a little, then gives the processor away: the holder may have been suspended.
    mutating func pause() {
        rounds &+= 1
        if rounds > 64 { sched_yield() }
    }
}
