// Written by Scripts/generate-helper-calls.

/// Ring buffers, dynptrs, per-CPU variables and pointers kept in maps.
extension Helpers {
    /// `bpf_ringbuf_output`, helper 130.
    @inline(__always) @discardableResult
    public static func ringbufOutput(
        _ ringbuf: UnsafeRawPointer?, _ data: UnsafeRawPointer?, _ size: UInt64, _ flags: UInt64
    ) -> Int {
        helper(
            130,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt64, UInt64
            ) -> Int).self
        )(ringbuf, data, size, flags)
    }

    /// `bpf_ringbuf_reserve`, helper 131.
    @inline(__always)
    public static func ringbufReserve(
        _ ringbuf: UnsafeRawPointer?, _ size: UInt64, _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            131,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt64, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(ringbuf, size, flags)
    }

    /// `bpf_ringbuf_submit`, helper 132.
    @inline(__always)
    public static func ringbufSubmit(_ data: UnsafeMutableRawPointer?, _ flags: UInt64) {
        helper(132, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> Void).self)(
            data, flags)
    }

    /// `bpf_ringbuf_discard`, helper 133.
    @inline(__always)
    public static func ringbufDiscard(_ data: UnsafeMutableRawPointer?, _ flags: UInt64) {
        helper(133, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> Void).self)(
            data, flags)
    }

    /// `bpf_ringbuf_query`, helper 134.
    @inline(__always)
    public static func ringbufQuery(_ ringbuf: UnsafeRawPointer?, _ flags: UInt64) -> UInt64 {
        helper(134, as: (@convention(c) (UnsafeRawPointer?, UInt64) -> UInt64).self)(ringbuf, flags)
    }

    /// `bpf_per_cpu_ptr`, helper 153.
    @inline(__always)
    public static func perCpuPtr(
        _ percpuPtr: UnsafeRawPointer?, _ cpu: UInt32
    ) -> UnsafeMutableRawPointer? {
        helper(
            153,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32
            ) -> UnsafeMutableRawPointer?).self
        )(percpuPtr, cpu)
    }

    /// `bpf_this_cpu_ptr`, helper 154.
    @inline(__always)
    public static func thisCpuPtr(_ percpuPtr: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
        helper(154, as: (@convention(c) (UnsafeRawPointer?) -> UnsafeMutableRawPointer?).self)(
            percpuPtr)
    }

    /// `bpf_kptr_xchg`, helper 194.
    @inline(__always)
    public static func kptrXchg(
        _ dst: UnsafeMutableRawPointer?, _ ptr: UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer? {
        helper(
            194,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(dst, ptr)
    }

    /// `bpf_dynptr_from_mem`, helper 197.
    @inline(__always) @discardableResult
    public static func dynptrFromMem(
        _ data: UnsafeMutableRawPointer?,
        _ size: UInt32,
        _ flags: UInt64,
        _ ptr: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            197,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt32, UInt64, UnsafeMutableRawPointer?
            ) -> Int).self
        )(data, size, flags, ptr)
    }

    /// `bpf_ringbuf_reserve_dynptr`, helper 198.
    @inline(__always) @discardableResult
    public static func ringbufReserveDynptr(
        _ ringbuf: UnsafeRawPointer?,
        _ size: UInt32,
        _ flags: UInt64,
        _ ptr: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            198,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UInt64, UnsafeMutableRawPointer?
            ) -> Int).self
        )(ringbuf, size, flags, ptr)
    }

    /// `bpf_ringbuf_submit_dynptr`, helper 199.
    @inline(__always)
    public static func ringbufSubmitDynptr(_ ptr: UnsafeMutableRawPointer?, _ flags: UInt64) {
        helper(199, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> Void).self)(
            ptr, flags)
    }

    /// `bpf_ringbuf_discard_dynptr`, helper 200.
    @inline(__always)
    public static func ringbufDiscardDynptr(_ ptr: UnsafeMutableRawPointer?, _ flags: UInt64) {
        helper(200, as: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> Void).self)(
            ptr, flags)
    }

    /// `bpf_dynptr_read`, helper 201.
    @inline(__always) @discardableResult
    public static func dynptrRead(
        _ dst: UnsafeMutableRawPointer?,
        _ len: UInt32,
        _ src: UnsafeRawPointer?,
        _ offset: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            201,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt32, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(dst, len, src, offset, flags)
    }

    /// `bpf_dynptr_write`, helper 202.
    @inline(__always) @discardableResult
    public static func dynptrWrite(
        _ dst: UnsafeRawPointer?,
        _ offset: UInt32,
        _ src: UnsafeRawPointer?,
        _ len: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            202,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(dst, offset, src, len, flags)
    }

    /// `bpf_dynptr_data`, helper 203.
    @inline(__always)
    public static func dynptrData(
        _ ptr: UnsafeRawPointer?, _ offset: UInt32, _ len: UInt32
    ) -> UnsafeMutableRawPointer? {
        helper(
            203,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UInt32
            ) -> UnsafeMutableRawPointer?).self
        )(ptr, offset, len)
    }

    /// `bpf_user_ringbuf_drain`, helper 209.
    @inline(__always) @discardableResult
    public static func userRingbufDrain(
        _ map: UnsafeRawPointer?,
        _ callbackFn: UnsafeMutableRawPointer?,
        _ ctx: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            209,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(map, callbackFn, ctx, flags)
    }
}
