// Written by Scripts/generate-helper-calls.

/// Clocks, timers and chance.
extension Helpers {
    /// `bpf_ktime_get_ns`, helper 5.
    @inline(__always)
    public static func ktimeGetNs() -> UInt64 {
        helper(5, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_get_prandom_u32`, helper 7.
    @inline(__always)
    public static func getPrandomU32() -> UInt32 {
        helper(7, as: (@convention(c) () -> UInt32).self)()
    }

    /// `bpf_jiffies64`, helper 118.
    @inline(__always)
    public static func jiffies64() -> UInt64 {
        helper(118, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_ktime_get_boot_ns`, helper 125.
    @inline(__always)
    public static func ktimeGetBootNs() -> UInt64 {
        helper(125, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_ktime_get_coarse_ns`, helper 160.
    @inline(__always)
    public static func ktimeGetCoarseNs() -> UInt64 {
        helper(160, as: (@convention(c) () -> UInt64).self)()
    }

    /// `bpf_timer_init`, helper 169.
    @inline(__always) @discardableResult
    public static func timerInit(
        _ timer: UnsafeMutableRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64
    ) -> Int {
        helper(
            169,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt64
            ) -> Int).self
        )(timer, map, flags)
    }

    /// `bpf_timer_set_callback`, helper 170.
    @inline(__always) @discardableResult
    public static func timerSetCallback(
        _ timer: UnsafeMutableRawPointer?, _ callbackFn: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            170,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
            ) -> Int).self
        )(timer, callbackFn)
    }

    /// `bpf_timer_start`, helper 171.
    @inline(__always) @discardableResult
    public static func timerStart(
        _ timer: UnsafeMutableRawPointer?, _ nsecs: UInt64, _ flags: UInt64
    ) -> Int {
        helper(171, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64, UInt64) -> Int).self)(
            timer, nsecs, flags)
    }

    /// `bpf_timer_cancel`, helper 172.
    @inline(__always) @discardableResult
    public static func timerCancel(_ timer: UnsafeMutableRawPointer?) -> Int {
        helper(172, as: (@convention(c) (UnsafeMutableRawPointer?) -> Int).self)(timer)
    }

    /// `bpf_ktime_get_tai_ns`, helper 208.
    @inline(__always)
    public static func ktimeGetTaiNs() -> UInt64 {
        helper(208, as: (@convention(c) () -> UInt64).self)()
    }
}
