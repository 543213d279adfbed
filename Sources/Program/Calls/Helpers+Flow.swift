// Written by Scripts/generate-helper-calls.

/// Calls, loops, locks.
extension Helpers {
    /// `bpf_tail_call`, helper 12.
    @inline(__always)
    public static func tailCall(
        _ ctx: UnsafeRawPointer?, _ progArrayMap: UnsafeRawPointer?, _ index: UInt32
    ) {
        helper(
            12,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32
            ) -> Void).self
        )(ctx, progArrayMap, index)
    }

    /// `bpf_spin_lock`, helper 93.
    @inline(__always)
    public static func spinLock(_ lock: UnsafeMutableRawPointer?) {
        helper(93, as: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)(lock)
    }

    /// `bpf_spin_unlock`, helper 94.
    @inline(__always)
    public static func spinUnlock(_ lock: UnsafeMutableRawPointer?) {
        helper(94, as: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)(lock)
    }

    /// `bpf_loop`, helper 181.
    @inline(__always) @discardableResult
    public static func loop(
        _ nrLoops: UInt32,
        _ callbackFn: UnsafeMutableRawPointer?,
        _ callbackCtx: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            181,
            as: (@convention(c) (
                UInt32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(nrLoops, callbackFn, callbackCtx, flags)
    }
}
