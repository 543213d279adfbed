/// The process that runs when a program is called.
public enum Process {
    /// Its number (`tgid`, what applications call pid).
    @inline(__always)
    public static var id: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentPidTgid() >> 32) }

    /// The number of its thread (`pid` in the kernel's words).
    @inline(__always)
    public static var thread: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentPidTgid()) }

    /// The number of its user.
    @inline(__always)
    public static var user: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentUidGid()) }

    /// The number of its group.
    @inline(__always)
    public static var group: UInt32 { UInt32(truncatingIfNeeded: Helpers.getCurrentUidGid() >> 32) }
}

/// Clocks.
public enum KernelTime {
    /// Nanoseconds since the system was started, without the time it slept (`CLOCK_MONOTONIC`).
    @inline(__always)
    public static var now: UInt64 { Helpers.ktimeGetNs() }
}
