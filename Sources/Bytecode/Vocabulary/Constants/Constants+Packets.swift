extension ConstantGroup {
    /// What an XDP program answers.
    public static let xdpActions = ConstantGroup(
        "xdp_action", [
            ("XDP_ABORTED", 0),
            ("XDP_DROP", 1),
            ("XDP_PASS", 2),
            ("XDP_TX", 3),
            ("XDP_REDIRECT", 4),
        ])

    /// What a traffic control program answers (`linux/pkt_cls.h`).
    public static let trafficControlActions = ConstantGroup(
        nil, areMacros: true, [
            ("TC_ACT_UNSPEC", -1),
            ("TC_ACT_OK", 0),
            ("TC_ACT_RECLASSIFY", 1),
            ("TC_ACT_SHOT", 2),
            ("TC_ACT_PIPE", 3),
            ("TC_ACT_STOLEN", 4),
            ("TC_ACT_QUEUED", 5),
            ("TC_ACT_REPEAT", 6),
            ("TC_ACT_REDIRECT", 7),
            ("TC_ACT_TRAP", 8),
        ])

    /// What a tcx program answers.
    public static let tcxActions = ConstantGroup(
        "tcx_action_base", [
            ("TCX_NEXT", -1),
            ("TCX_PASS", 0),
            ("TCX_DROP", 2),
            ("TCX_REDIRECT", 7),
        ])

    /// What other programs over packets answer.
    public static let returnCodes = ConstantGroup(
        "bpf_ret_code", [
            ("BPF_OK", 0),
            ("BPF_DROP", 2),
            ("BPF_REDIRECT", 7),
            ("BPF_LWT_REROUTE", 128),
            ("BPF_FLOW_DISSECTOR_CONTINUE", 129),
        ])

    /// Flags of `bpf_skb_store_bytes`.
    public static let storeFlags = ConstantGroup(
        nil, [
            ("BPF_F_RECOMPUTE_CSUM", 1),
            ("BPF_F_INVALIDATE_HASH", 2),
        ])

    /// Flags of `bpf_l3_csum_replace` and `bpf_l4_csum_replace`.
    public static let checksumReplaceFlags = ConstantGroup(
        nil, [
            ("BPF_F_HDR_FIELD_MASK", 15),
        ])

    /// Flags of `bpf_l4_csum_replace` alone.
    public static let checksumPseudoHeaderFlags = ConstantGroup(
        nil, [
            ("BPF_F_PSEUDO_HDR", 16),
            ("BPF_F_MARK_MANGLED_0", 32),
            ("BPF_F_MARK_ENFORCE", 64),
            ("BPF_F_IPV6", 128),
        ])

    /// Operations of `bpf_csum_level`.
    public static let checksumLevels = ConstantGroup(
        nil, [
            ("BPF_CSUM_LEVEL_QUERY", 0),
            ("BPF_CSUM_LEVEL_INC", 1),
            ("BPF_CSUM_LEVEL_DEC", 2),
            ("BPF_CSUM_LEVEL_RESET", 3),
        ])

    /// Where `bpf_skb_adjust_room` makes room.
    public static let adjustRoomModes = ConstantGroup(
        "bpf_adj_room_mode", [
            ("BPF_ADJ_ROOM_NET", 0),
            ("BPF_ADJ_ROOM_MAC", 1),
        ])

    /// Flags of `bpf_skb_adjust_room`.
    public static let adjustRoomFlags = ConstantGroup(
        nil, [
            ("BPF_F_ADJ_ROOM_FIXED_GSO", 1),
            ("BPF_F_ADJ_ROOM_ENCAP_L3_IPV4", 2),
            ("BPF_F_ADJ_ROOM_ENCAP_L3_IPV6", 4),
            ("BPF_F_ADJ_ROOM_ENCAP_L4_GRE", 8),
            ("BPF_F_ADJ_ROOM_ENCAP_L4_UDP", 16),
            ("BPF_F_ADJ_ROOM_NO_CSUM_RESET", 32),
            ("BPF_F_ADJ_ROOM_ENCAP_L2_ETH", 64),
            ("BPF_F_ADJ_ROOM_DECAP_L3_IPV4", 128),
            ("BPF_F_ADJ_ROOM_DECAP_L3_IPV6", 0x100),
        ])

    /// The field of those flags that holds a length.
    public static let adjustRoomFields = ConstantGroup(
        nil, [
            ("BPF_ADJ_ROOM_ENCAP_L2_MASK", 255),
            ("BPF_ADJ_ROOM_ENCAP_L2_SHIFT", 56),
        ])

    /// Where `bpf_skb_load_bytes_relative` counts from.
    public static let headerStarts = ConstantGroup(
        "bpf_hdr_start_off", [
            ("BPF_HDR_START_MAC", 0),
            ("BPF_HDR_START_NET", 1),
        ])

    /// The kinds of a packet's time stamp.
    public static let timestampTypes = ConstantGroup(
        nil, [
            ("BPF_SKB_TSTAMP_UNSPEC", 0),
            ("BPF_SKB_TSTAMP_DELIVERY_MONO", 1),
            ("BPF_SKB_CLOCK_REALTIME", 0),
            ("BPF_SKB_CLOCK_MONOTONIC", 1),
            ("BPF_SKB_CLOCK_TAI", 2),
        ])

    /// Flags of redirection.
    public static let redirectFlags = ConstantGroup(
        nil, [
            ("BPF_F_INGRESS", 1),
            ("BPF_F_BROADCAST", 8),
            ("BPF_F_EXCLUDE_INGRESS", 16),
        ])

    /// All flags of `bpf_redirect`.
    public static let redirectMask = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_F_REDIRECT_FLAGS", 25),
        ])

    /// Flags of `bpf_skb_set_tunnel_key` and `bpf_skb_get_tunnel_key`.
    public static let tunnelFlags = ConstantGroup(
        nil, [
            ("BPF_F_TUNINFO_IPV6", 1),
        ])

    /// Flags of `bpf_skb_set_tunnel_key`.
    public static let setTunnelFlags = ConstantGroup(
        nil, [
            ("BPF_F_ZERO_CSUM_TX", 2),
            ("BPF_F_DONT_FRAGMENT", 4),
            ("BPF_F_SEQ_NUMBER", 8),
            ("BPF_F_NO_TUNNEL_KEY", 16),
        ])

    /// Flags of `bpf_skb_get_tunnel_key`.
    public static let getTunnelFlags = ConstantGroup(
        nil, [
            ("BPF_F_TUNINFO_FLAGS", 16),
        ])

    /// What `bpf_lwt_push_encap` adds.
    public static let encapsulationModes = ConstantGroup(
        "bpf_lwt_encap_mode", [
            ("BPF_LWT_ENCAP_SEG6", 0),
            ("BPF_LWT_ENCAP_SEG6_INLINE", 1),
            ("BPF_LWT_ENCAP_IP", 2),
        ])

    /// Flags of `bpf_fib_lookup`.
    public static let routeLookupFlags = ConstantGroup(
        nil, [
            ("BPF_FIB_LOOKUP_DIRECT", 1),
            ("BPF_FIB_LOOKUP_OUTPUT", 2),
            ("BPF_FIB_LOOKUP_SKIP_NEIGH", 4),
            ("BPF_FIB_LOOKUP_TBID", 8),
            ("BPF_FIB_LOOKUP_SRC", 16),
            ("BPF_FIB_LOOKUP_MARK", 32),
        ])

    /// What `bpf_fib_lookup` answers.
    public static let routeLookupResults = ConstantGroup(
        nil, [
            ("BPF_FIB_LKUP_RET_SUCCESS", 0),
            ("BPF_FIB_LKUP_RET_BLACKHOLE", 1),
            ("BPF_FIB_LKUP_RET_UNREACHABLE", 2),
            ("BPF_FIB_LKUP_RET_PROHIBIT", 3),
            ("BPF_FIB_LKUP_RET_NOT_FWDED", 4),
            ("BPF_FIB_LKUP_RET_FWD_DISABLED", 5),
            ("BPF_FIB_LKUP_RET_UNSUPP_LWT", 6),
            ("BPF_FIB_LKUP_RET_NO_NEIGH", 7),
            ("BPF_FIB_LKUP_RET_FRAG_NEEDED", 8),
            ("BPF_FIB_LKUP_RET_NO_SRC_ADDR", 9),
        ])

    /// Flags of `bpf_check_mtu`.
    public static let checkMTUFlags = ConstantGroup(
        "bpf_check_mtu_flags", [
            ("BPF_MTU_CHK_SEGS", 1),
        ])

    /// What `bpf_check_mtu` answers.
    public static let checkMTUResults = ConstantGroup(
        "bpf_check_mtu_ret", [
            ("BPF_MTU_CHK_RET_SUCCESS", 0),
            ("BPF_MTU_CHK_RET_FRAG_NEEDED", 1),
            ("BPF_MTU_CHK_RET_SEGS_TOOBIG", 2),
        ])

    /// What a flow dissector is asked for.
    public static let flowDissectorFlags = ConstantGroup(
        nil, [
            ("BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG", 1),
            ("BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL", 2),
            ("BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP", 4),
        ])
}
