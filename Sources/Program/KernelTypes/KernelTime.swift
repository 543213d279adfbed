/// Clocks.
public enum KernelTime {
    /// Nanoseconds since the system was started, without the time it slept (`CLOCK_MONOTONIC`).
    @inline(__always)
    public static var now: UInt64 { Helpers.ktimeGetNs() }

    /// Nanoseconds since the system was started, with the time it slept (`CLOCK_BOOTTIME`,
    /// Linux 5.8).
    @inline(__always)
    public static var sinceBoot: UInt64 { Helpers.ktimeGetBootNs() }

    /// As ``now``, of the last tick: fast and coarse (Linux 5.11).
    @inline(__always)
    public static var coarse: UInt64 { Helpers.ktimeGetCoarseNs() }

    /// Nanoseconds of atomic time since 1970 (`CLOCK_TAI`, Linux 6.1).
    @inline(__always)
    public static var atomic: UInt64 { Helpers.ktimeGetTaiNs() }

    /// Ticks of the kernel (`bpf_jiffies64`, Linux 5.5).
    @inline(__always)
    public static var ticks: UInt64 { Helpers.jiffies64() }
}
