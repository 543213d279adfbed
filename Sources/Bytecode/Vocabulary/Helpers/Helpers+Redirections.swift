extension Helper {
    /// Sending packets elsewhere: redirection, routes, tunnels.
    static let redirections: [Helper] = [
        Helper(
            .cloneRedirect, "clone_redirect", since: 4, 2, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 ifindex", .anything),
                .init("__u64 flags", .anything),
            ], .movesPacket),
        Helper(
            .redirect, "redirect", since: 4, 4, "long", .integer,
            [.init("__u32 ifindex", .anything), .init("__u64 flags", .anything)]),
        Helper(
            .redirectMap, "redirect_map", since: 4, 14, "long", .integer,
            [
                .init("void *map", .map), .init("__u64 key", .anything),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .fibLookup, "fib_lookup", since: 4, 18, "long", .integer,
            [
                .init("void *ctx", .context),
                .init("struct bpf_fib_lookup *params", .memory(.modify)),
                .init("int plen", .size(zeroAllowed: false)), .init("__u32 flags", .anything),
            ], .requiresGPL),
        Helper(
            .lwtPushEncap, "lwt_push_encap", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 type", .anything),
                .init("void *hdr", .memory(.read)), .init("__u32 len", .size(zeroAllowed: false)),
            ], .movesPacket),
        Helper(
            .lwtSeg6StoreBytes, "lwt_seg6_store_bytes", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 offset", .anything),
                .init("const void *from", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: false)),
            ], .movesPacket),
        Helper(
            .lwtSeg6AdjustSrh, "lwt_seg6_adjust_srh", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 offset", .anything),
                .init("__s32 delta", .anything),
            ], .movesPacket),
        Helper(
            .lwtSeg6Action, "lwt_seg6_action", since: 4, 18, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("__u32 action", .anything),
                .init("void *param", .memory(.read)),
                .init("__u32 param_len", .size(zeroAllowed: false)),
            ], .movesPacket),
        Helper(
            .redirectNeigh, "redirect_neigh", since: 5, 10, "long", .integer,
            [
                .init("__u32 ifindex", .anything),
                .init("struct bpf_redir_neigh *params", .memory(.read), nullable: true),
                .init("int plen", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .redirectPeer, "redirect_peer", since: 5, 10, "long", .integer,
            [.init("__u32 ifindex", .anything), .init("__u64 flags", .anything)]),
    ]
}
