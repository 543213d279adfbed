extension ConstantGroup {
    /// What programs over streams and look-ups answer.
    public static let socketActions = ConstantGroup(
        "sk_action", [
            ("SK_DROP", 0),
            ("SK_PASS", 1),
        ])

    /// Flags of `bpf_sk_assign` in socket look-up.
    public static let assignFlags = ConstantGroup(
        nil, [
            ("BPF_SK_LOOKUP_F_REPLACE", 1),
            ("BPF_SK_LOOKUP_F_NO_REUSEPORT", 2),
        ])

    /// Which calls a connection's program wants.
    public static let socketOperationFlags = ConstantGroup(
        nil, [
            ("BPF_SOCK_OPS_RTO_CB_FLAG", 1),
            ("BPF_SOCK_OPS_RETRANS_CB_FLAG", 2),
            ("BPF_SOCK_OPS_STATE_CB_FLAG", 4),
            ("BPF_SOCK_OPS_RTT_CB_FLAG", 8),
            ("BPF_SOCK_OPS_PARSE_ALL_HDR_OPT_CB_FLAG", 16),
            ("BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG", 32),
            ("BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG", 64),
            ("BPF_SOCK_OPS_ALL_CB_FLAGS", 127),
        ])

    /// Why a connection's program is called.
    public static let socketOperationCodes = ConstantGroup(
        nil, [
            ("BPF_SOCK_OPS_VOID", 0),
            ("BPF_SOCK_OPS_TIMEOUT_INIT", 1),
            ("BPF_SOCK_OPS_RWND_INIT", 2),
            ("BPF_SOCK_OPS_TCP_CONNECT_CB", 3),
            ("BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB", 4),
            ("BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB", 5),
            ("BPF_SOCK_OPS_NEEDS_ECN", 6),
            ("BPF_SOCK_OPS_BASE_RTT", 7),
            ("BPF_SOCK_OPS_RTO_CB", 8),
            ("BPF_SOCK_OPS_RETRANS_CB", 9),
            ("BPF_SOCK_OPS_STATE_CB", 10),
            ("BPF_SOCK_OPS_TCP_LISTEN_CB", 11),
            ("BPF_SOCK_OPS_RTT_CB", 12),
            ("BPF_SOCK_OPS_PARSE_HDR_OPT_CB", 13),
            ("BPF_SOCK_OPS_HDR_OPT_LEN_CB", 14),
            ("BPF_SOCK_OPS_WRITE_HDR_OPT_CB", 15),
            ("BPF_SOCK_OPS_TSTAMP_SCHED_CB", 16),
            ("BPF_SOCK_OPS_TSTAMP_SND_SW_CB", 17),
            ("BPF_SOCK_OPS_TSTAMP_SND_HW_CB", 18),
            ("BPF_SOCK_OPS_TSTAMP_ACK_CB", 19),
            ("BPF_SOCK_OPS_TSTAMP_SENDMSG_CB", 20),
        ])

    /// The states of a TCP connection.
    public static let tcpStates = ConstantGroup(
        nil, [
            ("BPF_TCP_ESTABLISHED", 1),
            ("BPF_TCP_SYN_SENT", 2),
            ("BPF_TCP_SYN_RECV", 3),
            ("BPF_TCP_FIN_WAIT1", 4),
            ("BPF_TCP_FIN_WAIT2", 5),
            ("BPF_TCP_TIME_WAIT", 6),
            ("BPF_TCP_CLOSE", 7),
            ("BPF_TCP_CLOSE_WAIT", 8),
            ("BPF_TCP_LAST_ACK", 9),
            ("BPF_TCP_LISTEN", 10),
            ("BPF_TCP_CLOSING", 11),
            ("BPF_TCP_NEW_SYN_RECV", 12),
            ("BPF_TCP_BOUND_INACTIVE", 13),
            ("BPF_TCP_MAX_STATES", 14),
        ])

    /// Socket options of TCP that only programs can set.
    public static let tcpOptions = ConstantGroup(
        nil, [
            ("TCP_BPF_IW", 1001),
            ("TCP_BPF_SNDCWND_CLAMP", 1002),
            ("TCP_BPF_DELACK_MAX", 1003),
            ("TCP_BPF_RTO_MIN", 1004),
            ("TCP_BPF_SYN", 1005),
            ("TCP_BPF_SYN_IP", 1006),
            ("TCP_BPF_SYN_MAC", 1007),
            ("TCP_BPF_SOCK_OPS_CB_FLAGS", 1008),
            ("SK_BPF_CB_FLAGS", 1009),
        ])

    /// Which time stamps a socket's program wants.
    public static let timestampingFlags = ConstantGroup(
        nil, [
            ("SK_BPF_CB_TX_TIMESTAMPING", 1),
            ("SK_BPF_CB_MASK", 1),
        ])

    /// Flags of `bpf_load_hdr_opt`.
    public static let loadHeaderOptionFlags = ConstantGroup(
        nil, [
            ("BPF_LOAD_HDR_OPT_TCP_SYN", 1),
        ])

    /// When header options are written.
    public static let writeHeaderOptionReasons = ConstantGroup(
        nil, [
            ("BPF_WRITE_HDR_TCP_CURRENT_MSS", 1),
            ("BPF_WRITE_HDR_TCP_SYNACK_COOKIE", 2),
        ])

    /// The network namespace of `bpf_sk_lookup_tcp`.
    public static let networkNamespaces = ConstantGroup(
        nil, [
            ("BPF_F_CURRENT_NETNS", -1),
        ])

    /// Flags of `bpf_sysctl_get_name`.
    public static let systemControlFlags = ConstantGroup(
        nil, [
            ("BPF_F_SYSCTL_BASE_NAME", 1),
        ])

    /// What access to a device is asked for.
    public static let deviceAccess = ConstantGroup(
        nil, [
            ("BPF_DEVCG_ACC_MKNOD", 1),
            ("BPF_DEVCG_ACC_READ", 2),
            ("BPF_DEVCG_ACC_WRITE", 4),
        ])

    /// The kind of the device.
    public static let deviceTypes = ConstantGroup(
        nil, [
            ("BPF_DEVCG_DEV_BLOCK", 1),
            ("BPF_DEVCG_DEV_CHAR", 2),
        ])

    /// Flags of `bpf_bprm_opts_set`.
    public static let execFlags = ConstantGroup(
        nil, [
            ("BPF_F_BPRM_SECUREEXEC", 1),
        ])
}
