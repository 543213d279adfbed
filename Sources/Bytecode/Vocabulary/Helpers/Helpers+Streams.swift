extension Helper {
    /// Streams of sockets in a map, and the options of TCP.
    static let streams: [Helper] = [
        Helper(
            .skRedirectMap, "sk_redirect_map", since: 4, 14, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("void *map", .map),
                .init("__u32 key", .anything), .init("__u64 flags", .anything),
            ]),
        Helper(
            .sockMapUpdate, "sock_map_update", since: 4, 14, "long", .integer,
            [
                .init("struct bpf_sock_ops *skops", .context), .init("void *map", .map),
                .init("void *key", .mapKey), .init("__u64 flags", .anything),
            ], .takesPacketPointers),
        Helper(
            .sockOpsCbFlagsSet, "sock_ops_cb_flags_set", since: 4, 16, "long", .integer,
            [.init("struct bpf_sock_ops *bpf_sock", .context), .init("int argval", .anything)]),
        Helper(
            .msgRedirectMap, "msg_redirect_map", since: 4, 17, "long", .integer,
            [
                .init("struct sk_msg_md *msg", .context), .init("void *map", .map),
                .init("__u32 key", .anything), .init("__u64 flags", .anything),
            ]),
        Helper(
            .msgApplyBytes, "msg_apply_bytes", since: 4, 17, "long", .integer,
            [.init("struct sk_msg_md *msg", .context), .init("__u32 bytes", .anything)]),
        Helper(
            .msgCorkBytes, "msg_cork_bytes", since: 4, 17, "long", .integer,
            [.init("struct sk_msg_md *msg", .context), .init("__u32 bytes", .anything)]),
        Helper(
            .msgPullData, "msg_pull_data", since: 4, 17, "long", .integer,
            [
                .init("struct sk_msg_md *msg", .context), .init("__u32 start", .anything),
                .init("__u32 end", .anything), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .sockHashUpdate, "sock_hash_update", since: 4, 18, "long", .integer,
            [
                .init("struct bpf_sock_ops *skops", .context), .init("void *map", .map),
                .init("void *key", .mapKey), .init("__u64 flags", .anything),
            ], .takesPacketPointers),
        Helper(
            .msgRedirectHash, "msg_redirect_hash", since: 4, 18, "long", .integer,
            [
                .init("struct sk_msg_md *msg", .context), .init("void *map", .map),
                .init("void *key", .mapKey), .init("__u64 flags", .anything),
            ]),
        Helper(
            .skRedirectHash, "sk_redirect_hash", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("void *map", .map),
                .init("void *key", .mapKey), .init("__u64 flags", .anything),
            ]),
        Helper(
            .msgPushData, "msg_push_data", since: 4, 20, "long", .integer,
            [
                .init("struct sk_msg_md *msg", .context), .init("__u32 start", .anything),
                .init("__u32 len", .anything), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .msgPopData, "msg_pop_data", since: 5, 0, "long", .integer,
            [
                .init("struct sk_msg_md *msg", .context), .init("__u32 start", .anything),
                .init("__u32 len", .anything), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .loadHdrOpt, "load_hdr_opt", since: 5, 10, "long", .integer,
            [
                .init("struct bpf_sock_ops *skops", .context),
                .init("void *searchby_res", .memory(.modify)),
                .init("__u32 len", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .storeHdrOpt, "store_hdr_opt", since: 5, 10, "long", .integer,
            [
                .init("struct bpf_sock_ops *skops", .context),
                .init("const void *from", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: false)), .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .reserveHdrOpt, "reserve_hdr_opt", since: 5, 10, "long", .integer,
            [
                .init("struct bpf_sock_ops *skops", .context), .init("__u32 len", .anything),
                .init("__u64 flags", .anything),
            ]),
    ]
}
