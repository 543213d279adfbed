extension LinuxBPF {
    /// Flags, actions and results of helpers.
    static let flags = #"""
        /* flags of element updates and look-ups */
        enum {
            BPF_ANY = 0, BPF_NOEXIST, BPF_EXIST, BPF_F_LOCK = 4,
        };

        /* flags of maps */
        enum {
            BPF_F_NO_PREALLOC = 1, BPF_F_NO_COMMON_LRU = 2, BPF_F_NUMA_NODE = 4, BPF_F_RDONLY = 8,
            BPF_F_WRONLY = 16, BPF_F_STACK_BUILD_ID = 32, BPF_F_ZERO_SEED = 64,
            BPF_F_RDONLY_PROG = 128, BPF_F_WRONLY_PROG = 0x100, BPF_F_CLONE = 0x200,
            BPF_F_MMAPABLE = 0x400, BPF_F_PRESERVE_ELEMS = 0x800, BPF_F_INNER_MAP = 0x1000,
            BPF_F_LINK = 0x2000, BPF_F_PATH_FD = 0x4000, BPF_F_VTYPE_BTF_OBJ_FD = 0x8000,
            BPF_F_TOKEN_FD = 0x10000, BPF_F_SEGV_ON_FAULT = 0x20000, BPF_F_NO_USER_CONV = 0x40000,
        };

        enum bpf_stats_type {
            BPF_STATS_RUN_TIME = 0,
        };

        enum bpf_stack_build_id_status {
            BPF_STACK_BUILD_ID_EMPTY = 0, BPF_STACK_BUILD_ID_VALID, BPF_STACK_BUILD_ID_IP,
        };

        enum bpf_stream_id {
            BPF_STDOUT = 1, BPF_STDERR,
        };

        enum bpf_task_fd_type {
            BPF_FD_TYPE_RAW_TRACEPOINT = 0, BPF_FD_TYPE_TRACEPOINT, BPF_FD_TYPE_KPROBE,
            BPF_FD_TYPE_KRETPROBE, BPF_FD_TYPE_UPROBE, BPF_FD_TYPE_URETPROBE,
        };

        /* flags of helpers */
        enum {
            BPF_F_RECOMPUTE_CSUM = 1, BPF_F_INVALIDATE_HASH = 2,
        };

        enum {
            BPF_F_HDR_FIELD_MASK = 15,
        };

        enum {
            BPF_F_PSEUDO_HDR = 16, BPF_F_MARK_MANGLED_0 = 32, BPF_F_MARK_ENFORCE = 64,
            BPF_F_IPV6 = 128,
        };

        enum {
            BPF_F_TUNINFO_IPV6 = 1,
        };

        enum {
            BPF_F_SKIP_FIELD_MASK = 255, BPF_F_USER_STACK = 0x100, BPF_F_FAST_STACK_CMP = 0x200,
            BPF_F_REUSE_STACKID = 0x400, BPF_F_USER_BUILD_ID = 0x800,
        };

        enum {
            BPF_F_ZERO_CSUM_TX = 2, BPF_F_DONT_FRAGMENT = 4, BPF_F_SEQ_NUMBER = 8,
            BPF_F_NO_TUNNEL_KEY = 16,
        };

        enum {
            BPF_F_TUNINFO_FLAGS = 16,
        };

        enum {
            BPF_F_INDEX_MASK = 0xffffffffULL, BPF_F_CURRENT_CPU = 0xffffffffULL,
            BPF_F_CTXLEN_MASK = 0xfffff00000000ULL,
        };

        enum {
            BPF_F_CURRENT_NETNS = -1,
        };

        enum {
            BPF_CSUM_LEVEL_QUERY = 0, BPF_CSUM_LEVEL_INC, BPF_CSUM_LEVEL_DEC, BPF_CSUM_LEVEL_RESET,
        };

        enum {
            BPF_F_ADJ_ROOM_FIXED_GSO = 1, BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 = 2,
            BPF_F_ADJ_ROOM_ENCAP_L3_IPV6 = 4, BPF_F_ADJ_ROOM_ENCAP_L4_GRE = 8,
            BPF_F_ADJ_ROOM_ENCAP_L4_UDP = 16, BPF_F_ADJ_ROOM_NO_CSUM_RESET = 32,
            BPF_F_ADJ_ROOM_ENCAP_L2_ETH = 64, BPF_F_ADJ_ROOM_DECAP_L3_IPV4 = 128,
            BPF_F_ADJ_ROOM_DECAP_L3_IPV6 = 0x100,
        };

        enum {
            BPF_ADJ_ROOM_ENCAP_L2_MASK = 255, BPF_ADJ_ROOM_ENCAP_L2_SHIFT = 56,
        };

        enum {
            BPF_F_SYSCTL_BASE_NAME = 1,
        };

        enum {
            BPF_LOCAL_STORAGE_GET_F_CREATE = 1, BPF_SK_STORAGE_GET_F_CREATE = 1,
        };

        enum {
            BPF_F_GET_BRANCH_RECORDS_SIZE = 1,
        };

        enum {
            BPF_RB_NO_WAKEUP = 1, BPF_RB_FORCE_WAKEUP,
        };

        enum {
            BPF_RB_AVAIL_DATA = 0, BPF_RB_RING_SIZE, BPF_RB_CONS_POS, BPF_RB_PROD_POS,
        };

        enum {
            BPF_RINGBUF_BUSY_BIT = 0x80000000, BPF_RINGBUF_DISCARD_BIT = 0x40000000,
            BPF_RINGBUF_HDR_SZ = 8,
        };

        enum {
            BPF_SK_LOOKUP_F_REPLACE = 1, BPF_SK_LOOKUP_F_NO_REUSEPORT,
        };

        enum {
            BPF_F_BPRM_SECUREEXEC = 1,
        };

        enum {
            BPF_F_INGRESS = 1, BPF_F_BROADCAST = 8, BPF_F_EXCLUDE_INGRESS = 16,
        };

        enum {
            BPF_SKB_TSTAMP_UNSPEC = 0, BPF_SKB_TSTAMP_DELIVERY_MONO, BPF_SKB_CLOCK_REALTIME = 0,
            BPF_SKB_CLOCK_MONOTONIC, BPF_SKB_CLOCK_TAI,
        };

        enum {
            BPF_F_TIMER_ABS = 1, BPF_F_TIMER_CPU_PIN = 2,
        };

        enum bpf_adj_room_mode {
            BPF_ADJ_ROOM_NET = 0, BPF_ADJ_ROOM_MAC,
        };

        enum bpf_hdr_start_off {
            BPF_HDR_START_MAC = 0, BPF_HDR_START_NET,
        };

        enum bpf_lwt_encap_mode {
            BPF_LWT_ENCAP_SEG6 = 0, BPF_LWT_ENCAP_SEG6_INLINE, BPF_LWT_ENCAP_IP,
        };

        enum bpf_ret_code {
            BPF_OK = 0, BPF_DROP = 2, BPF_REDIRECT = 7, BPF_LWT_REROUTE = 128,
            BPF_FLOW_DISSECTOR_CONTINUE,
        };

        enum xdp_action {
            XDP_ABORTED = 0, XDP_DROP, XDP_PASS, XDP_TX, XDP_REDIRECT,
        };

        enum tcx_action_base {
            TCX_NEXT = -1, TCX_PASS, TCX_DROP = 2, TCX_REDIRECT = 7,
        };

        enum sk_action {
            SK_DROP = 0, SK_PASS,
        };

        enum bpf_check_mtu_flags {
            BPF_MTU_CHK_SEGS = 1,
        };

        enum bpf_check_mtu_ret {
            BPF_MTU_CHK_RET_SUCCESS = 0, BPF_MTU_CHK_RET_FRAG_NEEDED, BPF_MTU_CHK_RET_SEGS_TOOBIG,
        };

        enum bpf_iter_task_type {
            BPF_TASK_ITER_ALL = 0, BPF_TASK_ITER_TID, BPF_TASK_ITER_TGID,
        };

        enum bpf_kfunc_flags {
            BPF_F_PAD_ZEROS = 1,
        };

        /* socket operations */
        enum {
            BPF_SOCK_OPS_RTO_CB_FLAG = 1, BPF_SOCK_OPS_RETRANS_CB_FLAG = 2,
            BPF_SOCK_OPS_STATE_CB_FLAG = 4, BPF_SOCK_OPS_RTT_CB_FLAG = 8,
            BPF_SOCK_OPS_PARSE_ALL_HDR_OPT_CB_FLAG = 16,
            BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG = 32,
            BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG = 64, BPF_SOCK_OPS_ALL_CB_FLAGS = 127,
        };

        enum {
            BPF_SOCK_OPS_VOID = 0, BPF_SOCK_OPS_TIMEOUT_INIT, BPF_SOCK_OPS_RWND_INIT,
            BPF_SOCK_OPS_TCP_CONNECT_CB, BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB,
            BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB, BPF_SOCK_OPS_NEEDS_ECN, BPF_SOCK_OPS_BASE_RTT,
            BPF_SOCK_OPS_RTO_CB, BPF_SOCK_OPS_RETRANS_CB, BPF_SOCK_OPS_STATE_CB,
            BPF_SOCK_OPS_TCP_LISTEN_CB, BPF_SOCK_OPS_RTT_CB, BPF_SOCK_OPS_PARSE_HDR_OPT_CB,
            BPF_SOCK_OPS_HDR_OPT_LEN_CB, BPF_SOCK_OPS_WRITE_HDR_OPT_CB,
            BPF_SOCK_OPS_TSTAMP_SCHED_CB, BPF_SOCK_OPS_TSTAMP_SND_SW_CB,
            BPF_SOCK_OPS_TSTAMP_SND_HW_CB, BPF_SOCK_OPS_TSTAMP_ACK_CB,
            BPF_SOCK_OPS_TSTAMP_SENDMSG_CB,
        };

        enum {
            BPF_TCP_ESTABLISHED = 1, BPF_TCP_SYN_SENT, BPF_TCP_SYN_RECV, BPF_TCP_FIN_WAIT1,
            BPF_TCP_FIN_WAIT2, BPF_TCP_TIME_WAIT, BPF_TCP_CLOSE, BPF_TCP_CLOSE_WAIT,
            BPF_TCP_LAST_ACK, BPF_TCP_LISTEN, BPF_TCP_CLOSING, BPF_TCP_NEW_SYN_RECV,
            BPF_TCP_BOUND_INACTIVE, BPF_TCP_MAX_STATES,
        };

        enum {
            TCP_BPF_IW = 1001, TCP_BPF_SNDCWND_CLAMP, TCP_BPF_DELACK_MAX, TCP_BPF_RTO_MIN,
            TCP_BPF_SYN, TCP_BPF_SYN_IP, TCP_BPF_SYN_MAC, TCP_BPF_SOCK_OPS_CB_FLAGS = 1008,
            SK_BPF_CB_FLAGS = 1009,
        };

        enum {
            BPF_LOAD_HDR_OPT_TCP_SYN = 1,
        };

        enum {
            BPF_WRITE_HDR_TCP_CURRENT_MSS = 1, BPF_WRITE_HDR_TCP_SYNACK_COOKIE,
        };

        enum {
            BPF_DEVCG_ACC_MKNOD = 1, BPF_DEVCG_ACC_READ = 2, BPF_DEVCG_ACC_WRITE = 4
        };

        enum {
            BPF_DEVCG_DEV_BLOCK = 1, BPF_DEVCG_DEV_CHAR
        };

        /* routing */
        enum {
            BPF_FIB_LOOKUP_DIRECT = 1, BPF_FIB_LOOKUP_OUTPUT, BPF_FIB_LOOKUP_SKIP_NEIGH = 4,
            BPF_FIB_LOOKUP_TBID = 8, BPF_FIB_LOOKUP_SRC = 16, BPF_FIB_LOOKUP_MARK = 32,
        };

        enum {
            BPF_FIB_LKUP_RET_SUCCESS = 0, BPF_FIB_LKUP_RET_BLACKHOLE, BPF_FIB_LKUP_RET_UNREACHABLE,
            BPF_FIB_LKUP_RET_PROHIBIT, BPF_FIB_LKUP_RET_NOT_FWDED, BPF_FIB_LKUP_RET_FWD_DISABLED,
            BPF_FIB_LKUP_RET_UNSUPP_LWT, BPF_FIB_LKUP_RET_NO_NEIGH, BPF_FIB_LKUP_RET_FRAG_NEEDED,
            BPF_FIB_LKUP_RET_NO_SRC_ADDR,
        };

        enum {
            BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG = 1, BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL,
            BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP = 4,
        };

        enum {
            BTF_F_COMPACT = 1, BTF_F_NONAME, BTF_F_PTR_RAW = 4, BTF_F_ZERO = 8,
        };

        enum bpf_core_relo_kind {
            BPF_CORE_FIELD_BYTE_OFFSET = 0, BPF_CORE_FIELD_BYTE_SIZE, BPF_CORE_FIELD_EXISTS,
            BPF_CORE_FIELD_SIGNED, BPF_CORE_FIELD_LSHIFT_U64, BPF_CORE_FIELD_RSHIFT_U64,
            BPF_CORE_TYPE_ID_LOCAL, BPF_CORE_TYPE_ID_TARGET, BPF_CORE_TYPE_EXISTS,
            BPF_CORE_TYPE_SIZE, BPF_CORE_ENUMVAL_EXISTS, BPF_CORE_ENUMVAL_VALUE,
            BPF_CORE_TYPE_MATCHES,
        };
        """#
}
