// Written by Scripts/generate-helper-calls.

/// Numbers and text, and printing them.
extension Helpers {
    /// `bpf_strtol`, helper 105.
    @inline(__always) @discardableResult
    public static func strtol(
        _ buf: UnsafeRawPointer?, _ bufLen: UInt, _ flags: UInt64, _ res: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            105,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt, UInt64, UnsafeMutableRawPointer?
            ) -> Int).self
        )(buf, bufLen, flags, res)
    }

    /// `bpf_strtoul`, helper 106.
    @inline(__always) @discardableResult
    public static func strtoul(
        _ buf: UnsafeRawPointer?, _ bufLen: UInt, _ flags: UInt64, _ res: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            106,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt, UInt64, UnsafeMutableRawPointer?
            ) -> Int).self
        )(buf, bufLen, flags, res)
    }

    /// `bpf_seq_printf`, helper 126.
    @inline(__always) @discardableResult
    public static func seqPrintf(
        _ m: UnsafeMutableRawPointer?,
        _ fmt: UnsafeRawPointer?,
        _ fmtSize: UInt32,
        _ data: UnsafeRawPointer?,
        _ dataLen: UInt32
    ) -> Int {
        helper(
            126,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(m, fmt, fmtSize, data, dataLen)
    }

    /// `bpf_seq_write`, helper 127.
    @inline(__always) @discardableResult
    public static func seqWrite(
        _ m: UnsafeMutableRawPointer?, _ data: UnsafeRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            127,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(m, data, len)
    }

    /// `bpf_d_path`, helper 147.
    @inline(__always) @discardableResult
    public static func dPath(
        _ path: UnsafeMutableRawPointer?, _ buf: UnsafeMutableRawPointer?, _ sz: UInt32
    ) -> Int {
        helper(
            147,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(path, buf, sz)
    }

    /// `bpf_snprintf_btf`, helper 149.
    @inline(__always) @discardableResult
    public static func snprintfBtf(
        _ str: UnsafeMutableRawPointer?,
        _ strSize: UInt32,
        _ ptr: UnsafeRawPointer?,
        _ btfPtrSize: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            149,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt32, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(str, strSize, ptr, btfPtrSize, flags)
    }

    /// `bpf_seq_printf_btf`, helper 150.
    @inline(__always) @discardableResult
    public static func seqPrintfBtf(
        _ m: UnsafeMutableRawPointer?, _ ptr: UnsafeRawPointer?, _ ptrSize: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            150,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(m, ptr, ptrSize, flags)
    }

    /// `bpf_snprintf`, helper 165.
    @inline(__always) @discardableResult
    public static func snprintf(
        _ str: UnsafeMutableRawPointer?,
        _ strSize: UInt32,
        _ fmt: UnsafeRawPointer?,
        _ data: UnsafeRawPointer?,
        _ dataLen: UInt32
    ) -> Int {
        helper(
            165,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UInt32, UnsafeRawPointer?, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(str, strSize, fmt, data, dataLen)
    }

    /// `bpf_trace_vprintk`, helper 177.
    @inline(__always) @discardableResult
    public static func traceVprintk(
        _ fmt: UnsafeRawPointer?, _ fmtSize: UInt32, _ data: UnsafeRawPointer?, _ dataLen: UInt32
    ) -> Int {
        helper(
            177,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(fmt, fmtSize, data, dataLen)
    }

    /// `bpf_strncmp`, helper 182.
    @inline(__always) @discardableResult
    public static func strncmp(
        _ s1: UnsafeRawPointer?, _ s1Sz: UInt32, _ s2: UnsafeRawPointer?
    ) -> Int {
        helper(
            182,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?
            ) -> Int).self
        )(s1, s1Sz, s2)
    }
}
