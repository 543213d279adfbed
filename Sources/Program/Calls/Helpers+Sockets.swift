// Written by Scripts/generate-helper-calls.

/// Finding sockets, and what they are.
extension Helpers {
    /// `bpf_get_socket_cookie`, helper 46.
    @inline(__always)
    public static func getSocketCookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
        helper(46, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(ctx)
    }

    /// `bpf_setsockopt`, helper 49.
    @inline(__always) @discardableResult
    public static func setsockopt(
        _ bpfSocket: UnsafeRawPointer?,
        _ level: Int32,
        _ optname: Int32,
        _ optval: UnsafeRawPointer?,
        _ optlen: Int32
    ) -> Int {
        helper(
            49,
            as: (@convention(c) (
                UnsafeRawPointer?, Int32, Int32, UnsafeRawPointer?, Int32
            ) -> Int).self
        )(bpfSocket, level, optname, optval, optlen)
    }

    /// `bpf_getsockopt`, helper 57.
    @inline(__always) @discardableResult
    public static func getsockopt(
        _ bpfSocket: UnsafeRawPointer?,
        _ level: Int32,
        _ optname: Int32,
        _ optval: UnsafeMutableRawPointer?,
        _ optlen: Int32
    ) -> Int {
        helper(
            57,
            as: (@convention(c) (
                UnsafeRawPointer?, Int32, Int32, UnsafeMutableRawPointer?, Int32
            ) -> Int).self
        )(bpfSocket, level, optname, optval, optlen)
    }

    /// `bpf_bind`, helper 64.
    @inline(__always) @discardableResult
    public static func bind(
        _ ctx: UnsafeRawPointer?, _ addr: UnsafeRawPointer?, _ addrLen: Int32
    ) -> Int {
        helper(64, as: (@convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, Int32) -> Int).self)(
            ctx, addr, addrLen)
    }

    /// `bpf_sk_select_reuseport`, helper 82.
    @inline(__always) @discardableResult
    public static func skSelectReuseport(
        _ reuse: UnsafeRawPointer?,
        _ map: UnsafeRawPointer?,
        _ key: UnsafeMutableRawPointer?,
        _ flags: UInt64
    ) -> Int {
        helper(
            82,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(reuse, map, key, flags)
    }

    /// `bpf_sk_lookup_tcp`, helper 84.
    @inline(__always)
    public static func skLookupTcp(
        _ ctx: UnsafeRawPointer?,
        _ tuple: UnsafeRawPointer?,
        _ tupleSize: UInt32,
        _ netns: UInt64,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            84,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(ctx, tuple, tupleSize, netns, flags)
    }

    /// `bpf_sk_lookup_udp`, helper 85.
    @inline(__always)
    public static func skLookupUdp(
        _ ctx: UnsafeRawPointer?,
        _ tuple: UnsafeRawPointer?,
        _ tupleSize: UInt32,
        _ netns: UInt64,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            85,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(ctx, tuple, tupleSize, netns, flags)
    }

    /// `bpf_sk_release`, helper 86.
    @inline(__always) @discardableResult
    public static func skRelease(_ sock: UnsafeMutableRawPointer?) -> Int {
        helper(86, as: (@convention(c) (UnsafeMutableRawPointer?) -> Int).self)(sock)
    }

    /// `bpf_sk_fullsock`, helper 95.
    @inline(__always)
    public static func skFullsock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            95,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_tcp_sock`, helper 96.
    @inline(__always)
    public static func tcpSock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            96,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_get_listener_sock`, helper 98.
    @inline(__always)
    public static func getListenerSock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            98,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_lookup_tcp`, helper 99.
    @inline(__always)
    public static func skcLookupTcp(
        _ ctx: UnsafeRawPointer?,
        _ tuple: UnsafeRawPointer?,
        _ tupleSize: UInt32,
        _ netns: UInt64,
        _ flags: UInt64
    ) -> UnsafeMutableRawPointer? {
        helper(
            99,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeRawPointer?, UInt32, UInt64, UInt64
            ) -> UnsafeMutableRawPointer?).self
        )(ctx, tuple, tupleSize, netns, flags)
    }

    /// `bpf_tcp_check_syncookie`, helper 100.
    @inline(__always) @discardableResult
    public static func tcpCheckSyncookie(
        _ sk: UnsafeMutableRawPointer?,
        _ iph: UnsafeRawPointer?,
        _ iphLen: UInt32,
        _ th: UnsafeRawPointer?,
        _ thLen: UInt32
    ) -> Int {
        helper(
            100,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int).self
        )(sk, iph, iphLen, th, thLen)
    }

    /// `bpf_tcp_gen_syncookie`, helper 110.
    @inline(__always) @discardableResult
    public static func tcpGenSyncookie(
        _ sk: UnsafeMutableRawPointer?,
        _ iph: UnsafeRawPointer?,
        _ iphLen: UInt32,
        _ th: UnsafeRawPointer?,
        _ thLen: UInt32
    ) -> Int64 {
        helper(
            110,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32, UnsafeRawPointer?, UInt32
            ) -> Int64).self
        )(sk, iph, iphLen, th, thLen)
    }

    /// `bpf_tcp_send_ack`, helper 116.
    @inline(__always) @discardableResult
    public static func tcpSendAck(_ tp: UnsafeMutableRawPointer?, _ rcvNxt: UInt32) -> Int {
        helper(116, as: (@convention(c) (UnsafeMutableRawPointer?, UInt32) -> Int).self)(tp, rcvNxt)
    }

    /// `bpf_get_netns_cookie`, helper 122.
    @inline(__always)
    public static func getNetnsCookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
        helper(122, as: (@convention(c) (UnsafeRawPointer?) -> UInt64).self)(ctx)
    }

    /// `bpf_sk_assign`, helper 124.
    @inline(__always) @discardableResult
    public static func skAssign(
        _ ctx: UnsafeRawPointer?, _ sk: UnsafeMutableRawPointer?, _ flags: UInt64
    ) -> Int {
        helper(
            124,
            as: (@convention(c) (
                UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64
            ) -> Int).self
        )(ctx, sk, flags)
    }

    /// `bpf_sk_cgroup_id`, helper 128.
    @inline(__always)
    public static func skCgroupId(_ sk: UnsafeMutableRawPointer?) -> UInt64 {
        helper(128, as: (@convention(c) (UnsafeMutableRawPointer?) -> UInt64).self)(sk)
    }

    /// `bpf_sk_ancestor_cgroup_id`, helper 129.
    @inline(__always)
    public static func skAncestorCgroupId(
        _ sk: UnsafeMutableRawPointer?, _ ancestorLevel: Int32
    ) -> UInt64 {
        helper(129, as: (@convention(c) (UnsafeMutableRawPointer?, Int32) -> UInt64).self)(
            sk, ancestorLevel)
    }

    /// `bpf_skc_to_tcp6_sock`, helper 136.
    @inline(__always)
    public static func skcToTcp6Sock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            136,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_to_tcp_sock`, helper 137.
    @inline(__always)
    public static func skcToTcpSock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            137,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_to_tcp_timewait_sock`, helper 138.
    @inline(__always)
    public static func skcToTcpTimewaitSock(
        _ sk: UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer? {
        helper(
            138,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_to_tcp_request_sock`, helper 139.
    @inline(__always)
    public static func skcToTcpRequestSock(
        _ sk: UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer? {
        helper(
            139,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_to_udp6_sock`, helper 140.
    @inline(__always)
    public static func skcToUdp6Sock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            140,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_sock_from_file`, helper 162.
    @inline(__always)
    public static func sockFromFile(_ file: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            162,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(file)
    }

    /// `bpf_skc_to_unix_sock`, helper 178.
    @inline(__always)
    public static func skcToUnixSock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            178,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_skc_to_mptcp_sock`, helper 196.
    @inline(__always)
    public static func skcToMptcpSock(_ sk: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        helper(
            196,
            as: (@convention(c) (
                UnsafeMutableRawPointer?
            ) -> UnsafeMutableRawPointer?).self
        )(sk)
    }

    /// `bpf_tcp_raw_gen_syncookie_ipv4`, helper 204.
    @inline(__always) @discardableResult
    public static func tcpRawGenSyncookieIpv4(
        _ iph: UnsafeMutableRawPointer?, _ th: UnsafeRawPointer?, _ thLen: UInt32
    ) -> Int64 {
        helper(
            204,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32
            ) -> Int64).self
        )(iph, th, thLen)
    }

    /// `bpf_tcp_raw_gen_syncookie_ipv6`, helper 205.
    @inline(__always) @discardableResult
    public static func tcpRawGenSyncookieIpv6(
        _ iph: UnsafeMutableRawPointer?, _ th: UnsafeRawPointer?, _ thLen: UInt32
    ) -> Int64 {
        helper(
            205,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt32
            ) -> Int64).self
        )(iph, th, thLen)
    }

    /// `bpf_tcp_raw_check_syncookie_ipv4`, helper 206.
    @inline(__always) @discardableResult
    public static func tcpRawCheckSyncookieIpv4(
        _ iph: UnsafeMutableRawPointer?, _ th: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            206,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
            ) -> Int).self
        )(iph, th)
    }

    /// `bpf_tcp_raw_check_syncookie_ipv6`, helper 207.
    @inline(__always) @discardableResult
    public static func tcpRawCheckSyncookieIpv6(
        _ iph: UnsafeMutableRawPointer?, _ th: UnsafeMutableRawPointer?
    ) -> Int {
        helper(
            207,
            as: (@convention(c) (
                UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
            ) -> Int).self
        )(iph, th)
    }
}
