// Written by Scripts/generate-helper-calls.

/// Streams of sockets in a map, and the options of TCP.
extension Helpers {
    /// `bpf_sk_redirect_map`, helper 52.
    @inline(__always) @discardableResult
    public static func skRedirectMap(
        _ skb: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            52,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skb, map, key, flags)
    }

    /// `bpf_sock_map_update`, helper 53.
    @inline(__always) @discardableResult
    public static func sockMapUpdate(
        _ skops: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ key: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            53,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(skops, map, key, flags)
    }

    /// `bpf_sock_ops_cb_flags_set`, helper 59.
    @inline(__always) @discardableResult
    public static func sockOpsCbFlagsSet(_ bpfSock: UnsafeRawPointer?, _ argval: Int32) -> Int {
        helper(59, as: (@convention(c) (UnsafeRawPointer?, Int32) -> Int).self)(bpfSock, argval)
    }

    /// `bpf_msg_redirect_map`, helper 60.
    @inline(__always) @discardableResult
    public static func msgRedirectMap(
        _ msg: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            60,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(msg, map, key, flags)
    }

    /// `bpf_msg_apply_bytes`, helper 61.
    @inline(__always) @discardableResult
    public static func msgApplyBytes(_ msg: UnsafeRawPointer?, _ bytes: UInt32) -> Int {
        helper(61, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(msg, bytes)
    }

    /// `bpf_msg_cork_bytes`, helper 62.
    @inline(__always) @discardableResult
    public static func msgCorkBytes(_ msg: UnsafeRawPointer?, _ bytes: UInt32) -> Int {
        helper(62, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(msg, bytes)
    }

    /// `bpf_msg_pull_data`, helper 63.
    @inline(__always) @discardableResult
    public static func msgPullData(
        _ msg: UnsafeRawPointer?, _ start: UInt32, _ end: UInt32, _ flags: UInt64
    ) -> Int {
        helper(63, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt32, UInt64) -> Int).self)(
            msg, start, end, flags)
    }

    /// `bpf_sock_hash_update`, helper 70.
    @inline(__always) @discardableResult
    public static func sockHashUpdate(
        _ skops: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ key: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            70,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(skops, map, key, flags)
    }

    /// `bpf_msg_redirect_hash`, helper 71.
    @inline(__always) @discardableResult
    public static func msgRedirectHash(
        _ msg: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ key: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            71,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(msg, map, key, flags)
    }

    /// `bpf_sk_redirect_hash`, helper 72.
    @inline(__always) @discardableResult
    public static func skRedirectHash(
        _ skb: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ key: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            72,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(skb, map, key, flags)
    }

    /// `bpf_msg_push_data`, helper 90.
    @inline(__always) @discardableResult
    public static func msgPushData(
        _ msg: UnsafeRawPointer?, _ start: UInt32, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(90, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt32, UInt64) -> Int).self)(
            msg, start, len, flags)
    }

    /// `bpf_msg_pop_data`, helper 91.
    @inline(__always) @discardableResult
    public static func msgPopData(
        _ msg: UnsafeRawPointer?, _ start: UInt32, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(91, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt32, UInt64) -> Int).self)(
            msg, start, len, flags)
    }

    /// `bpf_load_hdr_opt`, helper 142.
    @inline(__always) @discardableResult
    public static func loadHdrOpt(
        _ skops: UnsafeRawPointer?,
        _ searchbyRes: UnsafeMutableRawPointer?,
        _ len: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            142,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skops, searchbyRes, len, flags)
    }

    /// `bpf_store_hdr_opt`, helper 143.
    @inline(__always) @discardableResult
    public static func storeHdrOpt(
        _ skops: UnsafeRawPointer?, _ from: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            143,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skops, from, len, flags)
    }

    /// `bpf_reserve_hdr_opt`, helper 144.
    @inline(__always) @discardableResult
    public static func reserveHdrOpt(
        _ skops: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(144, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64) -> Int).self)(
            skops, len, flags)
    }
}
