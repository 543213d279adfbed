#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The clocks that the kernel's times are compared with.
enum Clocks {
    /// Nanoseconds since 1970 (`CLOCK_REALTIME`).
    static var wall: Int64 { nanoseconds(CLOCK_REALTIME) }

    /// Nanoseconds since the machine started, sleep included (`CLOCK_BOOTTIME`).
    static var sinceBoot: Int64 {
        #if os(Linux)
        nanoseconds(CLOCK_BOOTTIME)
        #else
        nanoseconds(CLOCK_MONOTONIC)
        #endif
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
