// Written by Scripts/generate-helper-calls.

/// Reading and changing packets and what the kernel knows about them.
extension Helpers {
    /// `bpf_skb_store_bytes`, helper 9.
    @inline(__always) @discardableResult
    public static func skbStoreBytes(
        _ skb: UnsafeRawPointer?,
        _ offset: UInt32,
        _ from: UnsafeRawPointer?,
        _ len: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            9,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skb, offset, from, len, flags)
    }

    /// `bpf_l3_csum_replace`, helper 10.
    @inline(__always) @discardableResult
    public static func l3CsumReplace(
        _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UInt64, _ to: UInt64, _ size: UInt64
    ) -> Int {
        helper(
            10,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UInt64, UInt64, UInt64
            ) -> Int).self
        )(skb, offset, from, to, size)
    }

    /// `bpf_l4_csum_replace`, helper 11.
    @inline(__always) @discardableResult
    public static func l4CsumReplace(
        _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UInt64, _ to: UInt64, _ flags: UInt64
    ) -> Int {
        helper(
            11,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UInt64, UInt64, UInt64
            ) -> Int).self
        )(skb, offset, from, to, flags)
    }

    /// `bpf_get_cgroup_classid`, helper 17.
    @inline(__always)
    public static func getCgroupClassid(_ skb: UnsafeRawPointer?) -> UInt32 {
        helper(17, as: (@convention(c) (UnsafeRawPointer?) -> UInt32).self)(skb)
    }

    /// `bpf_skb_vlan_push`, helper 18.
    @inline(__always) @discardableResult
    public static func skbVlanPush(
        _ skb: UnsafeRawPointer?, _ vlanProto: UInt16, _ vlanTci: UInt16
    ) -> Int {
        helper(18, as: (@convention(c) (UnsafeRawPointer?, UInt16, UInt16) -> Int).self)(
            skb, vlanProto, vlanTci)
    }

    /// `bpf_skb_vlan_pop`, helper 19.
    @inline(__always) @discardableResult
    public static func skbVlanPop(_ skb: UnsafeRawPointer?) -> Int {
        helper(19, as: (@convention(c) (UnsafeRawPointer?) -> Int).self)(skb)
    }

    /// `bpf_skb_get_tunnel_key`, helper 20.
    @inline(__always) @discardableResult
    public static func skbGetTunnelKey(
        _ skb: UnsafeRawPointer?, _ key: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            20,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skb, key, size, flags)
    }

    /// `bpf_skb_set_tunnel_key`, helper 21.
    @inline(__always) @discardableResult
    public static func skbSetTunnelKey(
        _ skb: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ size: UInt32, _ flags: UInt64
    ) -> Int {
        helper(
            21,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skb, key, size, flags)
    }

    /// `bpf_get_route_realm`, helper 24.
    @inline(__always)
    public static func getRouteRealm(_ skb: UnsafeRawPointer?) -> UInt32 {
        helper(24, as: (@convention(c) (UnsafeRawPointer?) -> UInt32).self)(skb)
    }

    /// `bpf_skb_load_bytes`, helper 26.
    @inline(__always) @discardableResult
    public static func skbLoadBytes(
        _ skb: UnsafeRawPointer?, _ offset: UInt32, _ to: UnsafeMutableRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            26,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(skb, offset, to, len)
    }

    /// `bpf_csum_diff`, helper 28.
    @inline(__always) @discardableResult
    public static func csumDiff(
        _ from: UnsafeRawPointer?,
        _ fromSize: UInt32,
        _ to: UnsafeRawPointer?,
        _ toSize: UInt32,
        _ seed: UInt32
    ) -> Int64 {
        helper(
            28,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32, UInt32
            ) -> Int64).self
        )(from, fromSize, to, toSize, seed)
    }

    /// `bpf_skb_get_tunnel_opt`, helper 29.
    @inline(__always) @discardableResult
    public static func skbGetTunnelOpt(
        _ skb: UnsafeRawPointer?, _ opt: UnsafeMutableRawPointer?, _ size: UInt32
    ) -> Int {
        helper(
            29,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(skb, opt, size)
    }

    /// `bpf_skb_set_tunnel_opt`, helper 30.
    @inline(__always) @discardableResult
    public static func skbSetTunnelOpt(
        _ skb: UnsafeRawPointer?, _ opt: UnsafeRawPointer?, _ size: UInt32
    ) -> Int {
        helper(30, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UInt32) -> Int).self)(
            skb, opt, size)
    }

    /// `bpf_skb_change_proto`, helper 31.
    @inline(__always) @discardableResult
    public static func skbChangeProto(
        _ skb: UnsafeRawPointer?, _ proto: UInt16, _ flags: UInt64
    ) -> Int {
        helper(31, as: (@convention(c) (UnsafeRawPointer?, UInt16, UInt64) -> Int).self)(
            skb, proto, flags)
    }

    /// `bpf_skb_change_type`, helper 32.
    @inline(__always) @discardableResult
    public static func skbChangeType(_ skb: UnsafeRawPointer?, _ type: UInt32) -> Int {
        helper(32, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(skb, type)
    }

    /// `bpf_get_hash_recalc`, helper 34.
    @inline(__always)
    public static func getHashRecalc(_ skb: UnsafeRawPointer?) -> UInt32 {
        helper(34, as: (@convention(c) (UnsafeRawPointer?) -> UInt32).self)(skb)
    }

    /// `bpf_skb_change_tail`, helper 38.
    @inline(__always) @discardableResult
    public static func skbChangeTail(
        _ skb: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(38, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64) -> Int).self)(
            skb, len, flags)
    }

    /// `bpf_skb_pull_data`, helper 39.
    @inline(__always) @discardableResult
    public static func skbPullData(_ skb: UnsafeRawPointer?, _ len: UInt32) -> Int {
        helper(39, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(skb, len)
    }

    /// `bpf_csum_update`, helper 40.
    @inline(__always) @discardableResult
    public static func csumUpdate(_ skb: UnsafeRawPointer?, _ csum: UInt32) -> Int64 {
        helper(40, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int64).self)(skb, csum)
    }

    /// `bpf_set_hash_invalid`, helper 41.
    @inline(__always)
    public static func setHashInvalid(_ skb: UnsafeRawPointer?) {
        helper(41, as: (@convention(c) (UnsafeRawPointer?) -> Void).self)(skb)
    }

    /// `bpf_skb_change_head`, helper 43.
    @inline(__always) @discardableResult
    public static func skbChangeHead(
        _ skb: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
    ) -> Int {
        helper(43, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64) -> Int).self)(
            skb, len, flags)
    }

    /// `bpf_xdp_adjust_head`, helper 44.
    @inline(__always) @discardableResult
    public static func xdpAdjustHead(_ xdpMd: UnsafeRawPointer?, _ delta: Int32) -> Int {
        helper(44, as: (@convention(c) (UnsafeRawPointer?, Int32) -> Int).self)(xdpMd, delta)
    }

    /// `bpf_get_socket_uid`, helper 47.
    @inline(__always)
    public static func getSocketUid(_ skb: UnsafeRawPointer?) -> UInt32 {
        helper(47, as: (@convention(c) (UnsafeRawPointer?) -> UInt32).self)(skb)
    }

    /// `bpf_set_hash`, helper 48.
    @inline(__always) @discardableResult
    public static func setHash(_ skb: UnsafeRawPointer?, _ hash: UInt32) -> Int {
        helper(48, as: (@convention(c) (UnsafeRawPointer?, UInt32) -> Int).self)(skb, hash)
    }

    /// `bpf_skb_adjust_room`, helper 50.
    @inline(__always) @discardableResult
    public static func skbAdjustRoom(
        _ skb: UnsafeRawPointer?, _ lenDiff: Int32, _ mode: UInt32, _ flags: UInt64
    ) -> Int {
        helper(50, as: (@convention(c) (UnsafeRawPointer?, Int32, UInt32, UInt64) -> Int).self)(
            skb, lenDiff, mode, flags)
    }

    /// `bpf_xdp_adjust_meta`, helper 54.
    @inline(__always) @discardableResult
    public static func xdpAdjustMeta(_ xdpMd: UnsafeRawPointer?, _ delta: Int32) -> Int {
        helper(54, as: (@convention(c) (UnsafeRawPointer?, Int32) -> Int).self)(xdpMd, delta)
    }

    /// `bpf_xdp_adjust_tail`, helper 65.
    @inline(__always) @discardableResult
    public static func xdpAdjustTail(_ xdpMd: UnsafeRawPointer?, _ delta: Int32) -> Int {
        helper(65, as: (@convention(c) (UnsafeRawPointer?, Int32) -> Int).self)(xdpMd, delta)
    }

    /// `bpf_skb_get_xfrm_state`, helper 66.
    @inline(__always) @discardableResult
    public static func skbGetXfrmState(
        _ skb: UnsafeRawPointer?,
        _ index: UInt32,
        _ xfrmState: UnsafeMutableRawPointer?,
        _ size: UInt32,
        _ flags: UInt64
    ) -> Int {
        helper(
            66,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?, UInt32, UInt64
            ) -> Int).self
        )(skb, index, xfrmState, size, flags)
    }

    /// `bpf_skb_load_bytes_relative`, helper 68.
    @inline(__always) @discardableResult
    public static func skbLoadBytesRelative(
        _ skb: UnsafeRawPointer?,
        _ offset: UInt32,
        _ to: UnsafeMutableRawPointer?,
        _ len: UInt32,
        _ startHeader: UInt32
    ) -> Int {
        helper(
            68,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?, UInt32, UInt32
            ) -> Int).self
        )(skb, offset, to, len, startHeader)
    }

    /// `bpf_skb_cgroup_id`, helper 79.
    @inline(__always)
    public static func skbCgroupId(_ skb: UnsafeRawPointer?) -> UInt64 {
        helper(79, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(skb)
    }

    /// `bpf_skb_ancestor_cgroup_id`, helper 83.
    @inline(__always)
    public static func skbAncestorCgroupId(
        _ skb: UnsafeRawPointer?, _ ancestorLevel: Int32
    ) -> UInt64 {
        helper(83, as: (@convention(c) (UnsafeRawPointer?, Int32) -> UInt64).self)(
            skb, ancestorLevel)
    }

    /// `bpf_skb_ecn_set_ce`, helper 97.
    @inline(__always) @discardableResult
    public static func skbEcnSetCe(_ skb: UnsafeRawPointer?) -> Int {
        helper(97, as: (@convention(c) (UnsafeRawPointer?) -> Int).self)(skb)
    }

    /// `bpf_csum_level`, helper 135.
    @inline(__always) @discardableResult
    public static func csumLevel(_ skb: UnsafeRawPointer?, _ level: UInt64) -> Int {
        helper(135, as: (@convention(c) (UnsafeRawPointer?, UInt64) -> Int).self)(skb, level)
    }

    /// `bpf_skb_cgroup_classid`, helper 151.
    @inline(__always)
    public static func skbCgroupClassid(_ skb: UnsafeRawPointer?) -> UInt64 {
        helper(151, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(skb)
    }

    /// `bpf_check_mtu`, helper 163.
    @inline(__always) @discardableResult
    public static func checkMtu(
        _ ctx: UnsafeRawPointer?,
        _ ifindex: UInt32,
        _ mtuLen: UnsafeMutableRawPointer?,
        _ lenDiff: Int32,
        _ flags: UInt64
    ) -> Int {
        helper(
            163,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?, Int32, UInt64
            ) -> Int).self
        )(ctx, ifindex, mtuLen, lenDiff, flags)
    }

    /// `bpf_xdp_get_buff_len`, helper 188.
    @inline(__always)
    public static func xdpGetBuffLen(_ xdpMd: UnsafeRawPointer?) -> UInt64 {
        helper(188, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(xdpMd)
    }

    /// `bpf_xdp_load_bytes`, helper 189.
    @inline(__always) @discardableResult
    public static func xdpLoadBytes(
        _ xdpMd: UnsafeRawPointer?, _ offset: UInt32, _ buf: UnsafeMutableRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            189,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeMutableRawPointer?, UInt32
            ) -> Int).self
        )(xdpMd, offset, buf, len)
    }

    /// `bpf_xdp_store_bytes`, helper 190.
    @inline(__always) @discardableResult
    public static func xdpStoreBytes(
        _ xdpMd: UnsafeRawPointer?, _ offset: UInt32, _ buf: UnsafeRawPointer?, _ len: UInt32
    ) -> Int {
        helper(
            190,
            as: (@convention(c) (
                UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(xdpMd, offset, buf, len)
    }

    /// `bpf_skb_set_tstamp`, helper 192.
    @inline(__always) @discardableResult
    public static func skbSetTstamp(
        _ skb: UnsafeRawPointer?, _ tstamp: UInt64, _ tstampType: UInt32
    ) -> Int {
        helper(192, as: (@convention(c) (UnsafeRawPointer?, UInt64, UInt32) -> Int).self)(
            skb, tstamp, tstampType)
    }
}
