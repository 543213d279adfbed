extension Helper {
    /// Reading and changing packets and what the kernel knows about them.
    static let packets: [Helper] = [
        Helper(
            .skbStoreBytes, "skb_store_bytes", since: 4, 1, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 offset", .anything),
                .init("const void *from", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .l3CsumReplace, "l3_csum_replace", since: 4, 1, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 offset", .anything),
                .init("__u64 from", .anything), .init("__u64 to", .anything),
                .init("__u64 size", .anything),
            ], .movesPacket),
        Helper(
            .l4CsumReplace, "l4_csum_replace", since: 4, 1, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 offset", .anything),
                .init("__u64 from", .anything), .init("__u64 to", .anything),
                .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .getCgroupClassid, "get_cgroup_classid", since: 4, 3, "__u32", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .skbVlanPush, "skb_vlan_push", since: 4, 3, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__be16 vlan_proto", .anything),
                .init("__u16 vlan_tci", .anything),
            ], .movesPacket),
        Helper(
            .skbVlanPop, "skb_vlan_pop", since: 4, 3, "long", .integer,
            [.init("struct __sk_buff *skb", .context)], .movesPacket),
        Helper(
            .skbGetTunnelKey, "skb_get_tunnel_key", since: 4, 3, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context),
                .init("struct bpf_tunnel_key *key", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .skbSetTunnelKey, "skb_set_tunnel_key", since: 4, 3, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context),
                .init("struct bpf_tunnel_key *key", .memory(.read)),
                .init("__u32 size", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .getRouteRealm, "get_route_realm", since: 4, 4, "__u32", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .skbLoadBytes, "skb_load_bytes", since: 4, 5, "long", .integer,
            [
                .init("const void *skb", .context), .init("__u32 offset", .anything),
                .init("void *to", .memory(.write)), .init("__u32 len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .csumDiff, "csum_diff", since: 4, 6, "__s64", .integer,
            [
                .init("__be32 *from", .memory(.read), nullable: true),
                .init("__u32 from_size", .size(zeroAllowed: true)),
                .init("__be32 *to", .memory(.read), nullable: true),
                .init("__u32 to_size", .size(zeroAllowed: true)), .init("__wsum seed", .anything),
            ], .takesPacketPointers),
        Helper(
            .skbGetTunnelOpt, "skb_get_tunnel_opt", since: 4, 6, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("void *opt", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)),
            ]),
        Helper(
            .skbSetTunnelOpt, "skb_set_tunnel_opt", since: 4, 6, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("void *opt", .memory(.read)),
                .init("__u32 size", .size(zeroAllowed: false)),
            ]),
        Helper(
            .skbChangeProto, "skb_change_proto", since: 4, 8, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__be16 proto", .anything),
                .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .skbChangeType, "skb_change_type", since: 4, 8, "long", .integer,
            [.init("struct __sk_buff *skb", .context), .init("__u32 type", .anything)]),
        Helper(
            .getHashRecalc, "get_hash_recalc", since: 4, 8, "__u32", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .skbChangeTail, "skb_change_tail", since: 4, 9, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 len", .anything),
                .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .skbPullData, "skb_pull_data", since: 4, 9, "long", .integer,
            [.init("struct __sk_buff *skb", .context), .init("__u32 len", .anything)],
            .movesPacket),
        Helper(
            .csumUpdate, "csum_update", since: 4, 9, "__s64", .integer,
            [.init("struct __sk_buff *skb", .context), .init("__wsum csum", .anything)]),
        Helper(
            .setHashInvalid, "set_hash_invalid", since: 4, 9, "void", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .skbChangeHead, "skb_change_head", since: 4, 10, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 len", .anything),
                .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .xdpAdjustHead, "xdp_adjust_head", since: 4, 10, "long", .integer,
            [.init("struct xdp_md *xdp_md", .context), .init("int delta", .anything)],
            .movesPacket),
        Helper(
            .getSocketUid, "get_socket_uid", since: 4, 12, "__u32", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .setHash, "set_hash", since: 4, 13, "long", .integer,
            [.init("struct __sk_buff *skb", .context), .init("__u32 hash", .anything)]),
        Helper(
            .skbAdjustRoom, "skb_adjust_room", since: 4, 13, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__s32 len_diff", .anything),
                .init("__u32 mode", .anything), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .xdpAdjustMeta, "xdp_adjust_meta", since: 4, 15, "long", .integer,
            [.init("struct xdp_md *xdp_md", .context), .init("int delta", .anything)],
            .movesPacket),
        Helper(
            .xdpAdjustTail, "xdp_adjust_tail", since: 4, 18, "long", .integer,
            [.init("struct xdp_md *xdp_md", .context), .init("int delta", .anything)],
            .movesPacket),
        Helper(
            .skbGetXfrmState, "skb_get_xfrm_state", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 index", .anything),
                .init("struct bpf_xfrm_state *xfrm_state", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .skbLoadBytesRelative, "skb_load_bytes_relative", since: 4, 18, "long", .integer,
            [
                .init("const void *skb", .context), .init("__u32 offset", .anything),
                .init("void *to", .memory(.write)), .init("__u32 len", .size(zeroAllowed: false)),
                .init("__u32 start_header", .anything),
            ]),
        Helper(
            .skbCgroupId, "skb_cgroup_id", since: 4, 18, "__u64", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .skbAncestorCgroupId, "skb_ancestor_cgroup_id", since: 4, 19, "__u64", .integer,
            [.init("struct __sk_buff *skb", .context), .init("int ancestor_level", .anything)]),
        Helper(
            .skbEcnSetCe, "skb_ecn_set_ce", since: 5, 1, "long", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .csumLevel, "csum_level", since: 5, 8, "long", .integer,
            [.init("struct __sk_buff *skb", .context), .init("__u64 level", .anything)]),
        Helper(
            .skbCgroupClassid, "skb_cgroup_classid", since: 5, 10, "__u64", .integer,
            [.init("struct __sk_buff *skb", .context)]),
        Helper(
            .checkMtu, "check_mtu", since: 5, 12, "long", .integer,
            [
                .init("void *ctx", .context), .init("__u32 ifindex", .anything),
                .init("__u32 *mtu_len", .fixedMemory(.modify, size: 4)),
                .init("__s32 len_diff", .anything), .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .xdpGetBuffLen, "xdp_get_buff_len", since: 5, 18, "__u64", .integer,
            [.init("struct xdp_md *xdp_md", .context)]),
        Helper(
            .xdpLoadBytes, "xdp_load_bytes", since: 5, 18, "long", .integer,
            [
                .init("struct xdp_md *xdp_md", .context), .init("__u32 offset", .anything),
                .init("void *buf", .memory(.write)),
                .init("__u32 len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .xdpStoreBytes, "xdp_store_bytes", since: 5, 18, "long", .integer,
            [
                .init("struct xdp_md *xdp_md", .context), .init("__u32 offset", .anything),
                .init("void *buf", .memory(.read)), .init("__u32 len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .skbSetTstamp, "skb_set_tstamp", since: 5, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u64 tstamp", .anything),
                .init("__u32 tstamp_type", .anything),
            ]),
    ]
}
