#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Lets the thread sleep, at most a second (nanosleep(2)).
func pauseThread(_ duration: Duration) {
    let nanoseconds = min(max(duration.components.attoseconds / 1_000_000_000, 0), 999_999_999)
    var time = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
    unsafe nanosleep(&time, nil)
}
