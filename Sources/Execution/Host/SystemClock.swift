#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The host's clocks (`clock_gettime(2)`).
enum SystemClock {
    case monotonic, boot, tai, coarse

    /// The time now.
    var nanoseconds: UInt64 {
        var time = timespec()
        guard unsafe clock_gettime(id, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    private var id: clockid_t {
        #if os(Linux)
        switch self {
        case .monotonic: CLOCK_MONOTONIC
        case .boot: CLOCK_BOOTTIME
        case .tai: CLOCK_TAI
        case .coarse: CLOCK_MONOTONIC_COARSE
        }
        #else
        CLOCK_MONOTONIC
        #endif
    }
}
