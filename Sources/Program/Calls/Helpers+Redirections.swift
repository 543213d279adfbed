// Written by Scripts/generate-helper-calls.

/// Sending packets elsewhere: redirection, routes, tunnels.
extension Helpers {
    /// `bpf_clone_redirect`, helper 13.
    @inline(__always) @discardableResult
    public static func cloneRedirect(
        _ skb: UnsafeRawPointer?, _ ifindex: UInt32, _ flags: UInt64
    ) -> Int {
        helper(13, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64) -> Int).self)(
            skb, ifindex, flags)
    }

    /// `bpf_redirect`, helper 23.
    @inline(__always) @discardableResult
    public static func redirect(_ ifindex: UInt32, _ flags: UInt64) -> Int {
        helper(23, as: (@convention(c) (UInt32, UInt64) -> Int).self)(ifindex, flags)
    }

    /// `bpf_redirect_map`, helper 51.
    @inline(__always) @discardableResult
    public static func redirectMap(
        _ map: UnsafeRawPointer?, _ key: UInt64, _ flags: UInt64
    ) -> Int {
        helper(51, as: (@convention(c) (UnsafeRawPointer?, UInt64, UInt64) -> Int).self)(
            map, key, flags)
    }

    /// `bpf_fib_lookup`, helper 69.
    @inline(__always) @discardableResult
    public static func fibLookup(
        _ ctx: UnsafeRawPointer?, _ params: UnsafeMutableRawPointer?, _ plen: Int32, _ flags: UInt32
    ) -> Int {
        helper(
            69,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, Int32, UInt32
            ) -> Int).self
        )(ctx, params, plen, flags)
    }

    /// `bpf_lwt_push_encap`, helper 73.
    @inline(__always) @discardableResult
    public static func lwtPushEncap(
        _ skb: UnsafeRawPointer?, _ type: UInt32, _ hdr: UnsafeRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            73,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(skb, type, hdr, len)
    }

    /// `bpf_lwt_seg6_store_bytes`, helper 74.
    @inline(__always) @discardableResult
    public static func lwtSeg6StoreBytes(
        _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UnsafeRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            74,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(skb, offset, from, len)
    }

    /// `bpf_lwt_seg6_adjust_srh`, helper 75.
    @inline(__always) @discardableResult
    public static func lwtSeg6AdjustSrh(
        _ skb: UnsafeRawPointer?, _ offset: UInt32, _ delta: Int32
    ) -> Int {
        helper(75, as: (@convention(c) (UnsafeRawPointer?, UInt32, Int32) -> Int).self)(
            skb, offset, delta)
    }

    /// `bpf_lwt_seg6_action`, helper 76.
    @inline(__always) @discardableResult
    public static func lwtSeg6Action(
        _ skb: UnsafeRawPointer?, _ action: UInt32, _ param: UnsafeRawPointer?, _ paramLen: UInt32
    ) -> Int {
        helper(
            76,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(skb, action, param, paramLen)
    }

    /// `bpf_redirect_neigh`, helper 152.
    @inline(__always) @discardableResult
    public static func redirectNeigh(
        _ ifindex: UInt32, _ params: UnsafeRawPointer?, _ plen: Int32, _ flags: UInt64
    ) -> Int {
        helper(152, as: (@convention(c) (UInt32, UnsafeRawPointer?, Int32, UInt64) -> Int).self)(
            ifindex, params, plen, flags)
    }

    /// `bpf_redirect_peer`, helper 155.
    @inline(__always) @discardableResult
    public static func redirectPeer(_ ifindex: UInt32, _ flags: UInt64) -> Int {
        helper(155, as: (@convention(c) (UInt32, UInt64) -> Int).self)(ifindex, flags)
    }
}
