extension StructureLayout {
    /// A socket, as far as programs see it.
    public static let bpfSock = StructureLayout(
        "bpf_sock", size: 80, alignment: 4, [
            .init("bound_dev_if", "__u32", at: 0, size: 4),
            .init("family", "__u32", at: 4, size: 4),
            .init("type", "__u32", at: 8, size: 4),
            .init("protocol", "__u32", at: 12, size: 4),
            .init("mark", "__u32", at: 16, size: 4),
            .init("priority", "__u32", at: 20, size: 4),
            .init("src_ip4", "__u32", at: 24, size: 4),
            .array("src_ip6", "__u32", count: 4, at: 28, size: 16),
            .init("src_port", "__u32", at: 44, size: 4),
            .init("dst_port", "__be16", at: 48, size: 2),
            .init("dst_ip4", "__u32", at: 52, size: 4),
            .array("dst_ip6", "__u32", count: 4, at: 56, size: 16),
            .init("state", "__u32", at: 72, size: 4),
            .init("rx_queue_mapping", "__s32", at: 76, size: 4),
        ])

    /// A TCP socket, as far as programs see it.
    public static let bpfTcpSock = StructureLayout(
        "bpf_tcp_sock", size: 112, alignment: 8, [
            .init("snd_cwnd", "__u32", at: 0, size: 4),
            .init("srtt_us", "__u32", at: 4, size: 4),
            .init("rtt_min", "__u32", at: 8, size: 4),
            .init("snd_ssthresh", "__u32", at: 12, size: 4),
            .init("rcv_nxt", "__u32", at: 16, size: 4),
            .init("snd_nxt", "__u32", at: 20, size: 4),
            .init("snd_una", "__u32", at: 24, size: 4),
            .init("mss_cache", "__u32", at: 28, size: 4),
            .init("ecn_flags", "__u32", at: 32, size: 4),
            .init("rate_delivered", "__u32", at: 36, size: 4),
            .init("rate_interval_us", "__u32", at: 40, size: 4),
            .init("packets_out", "__u32", at: 44, size: 4),
            .init("retrans_out", "__u32", at: 48, size: 4),
            .init("total_retrans", "__u32", at: 52, size: 4),
            .init("segs_in", "__u32", at: 56, size: 4),
            .init("data_segs_in", "__u32", at: 60, size: 4),
            .init("segs_out", "__u32", at: 64, size: 4),
            .init("data_segs_out", "__u32", at: 68, size: 4),
            .init("lost_out", "__u32", at: 72, size: 4),
            .init("sacked_out", "__u32", at: 76, size: 4),
            .init("bytes_received", "__u64", at: 80, size: 8),
            .init("bytes_acked", "__u64", at: 88, size: 8),
            .init("dsack_dups", "__u32", at: 96, size: 4),
            .init("delivered", "__u32", at: 100, size: 4),
            .init("delivered_ce", "__u32", at: 104, size: 4),
            .init("icsk_retransmits", "__u32", at: 108, size: 4),
        ])

    /// An AF_XDP socket, as far as programs see it.
    public static let bpfXdpSock = StructureLayout(
        "bpf_xdp_sock", size: 4, alignment: 4, [
            .init("queue_id", "__u32", at: 0, size: 4),
        ])

    /// The addresses and ports that name a socket.
    public static let bpfSockTuple = StructureLayout(
        "bpf_sock_tuple", size: 36, alignment: 4, [
            .union("", at: 0, size: 36, [
                .structure("ipv4", at: 0, size: 12, [
                    .init("saddr", "__be32", at: 0, size: 4),
                    .init("daddr", "__be32", at: 4, size: 4),
                    .init("sport", "__be16", at: 8, size: 2),
                    .init("dport", "__be16", at: 10, size: 2),
                ]),
                .structure("ipv6", at: 0, size: 36, [
                    .array("saddr", "__be32", count: 4, at: 0, size: 16),
                    .array("daddr", "__be32", count: 4, at: 16, size: 16),
                    .init("sport", "__be16", at: 32, size: 2),
                    .init("dport", "__be16", at: 34, size: 2),
                ]),
            ]),
        ])

    /// The context of programs over the addresses of a control group's sockets.
    public static let bpfSockAddr = StructureLayout(
        "bpf_sock_addr", size: 72, alignment: 8, [
            .init("user_family", "__u32", at: 0, size: 4),
            .init("user_ip4", "__u32", at: 4, size: 4),
            .array("user_ip6", "__u32", count: 4, at: 8, size: 16),
            .init("user_port", "__u32", at: 24, size: 4),
            .init("family", "__u32", at: 28, size: 4),
            .init("type", "__u32", at: 32, size: 4),
            .init("protocol", "__u32", at: 36, size: 4),
            .init("msg_src_ip4", "__u32", at: 40, size: 4),
            .array("msg_src_ip6", "__u32", count: 4, at: 44, size: 16),
            .alignedPointer("sk", "struct bpf_sock *", at: 64),
        ])

    /// The context of programs that follow TCP connections.
    public static let bpfSockOps = StructureLayout(
        "bpf_sock_ops", size: 224, alignment: 8, [
            .init("op", "__u32", at: 0, size: 4),
            .union("", at: 4, size: 16, [
                .array("args", "__u32", count: 4, at: 4, size: 16),
                .init("reply", "__u32", at: 4, size: 4),
                .array("replylong", "__u32", count: 4, at: 4, size: 16),
            ]),
            .init("family", "__u32", at: 20, size: 4),
            .init("remote_ip4", "__u32", at: 24, size: 4),
            .init("local_ip4", "__u32", at: 28, size: 4),
            .array("remote_ip6", "__u32", count: 4, at: 32, size: 16),
            .array("local_ip6", "__u32", count: 4, at: 48, size: 16),
            .init("remote_port", "__u32", at: 64, size: 4),
            .init("local_port", "__u32", at: 68, size: 4),
            .init("is_fullsock", "__u32", at: 72, size: 4),
            .init("snd_cwnd", "__u32", at: 76, size: 4),
            .init("srtt_us", "__u32", at: 80, size: 4),
            .init("bpf_sock_ops_cb_flags", "__u32", at: 84, size: 4),
            .init("state", "__u32", at: 88, size: 4),
            .init("rtt_min", "__u32", at: 92, size: 4),
            .init("snd_ssthresh", "__u32", at: 96, size: 4),
            .init("rcv_nxt", "__u32", at: 100, size: 4),
            .init("snd_nxt", "__u32", at: 104, size: 4),
            .init("snd_una", "__u32", at: 108, size: 4),
            .init("mss_cache", "__u32", at: 112, size: 4),
            .init("ecn_flags", "__u32", at: 116, size: 4),
            .init("rate_delivered", "__u32", at: 120, size: 4),
            .init("rate_interval_us", "__u32", at: 124, size: 4),
            .init("packets_out", "__u32", at: 128, size: 4),
            .init("retrans_out", "__u32", at: 132, size: 4),
            .init("total_retrans", "__u32", at: 136, size: 4),
            .init("segs_in", "__u32", at: 140, size: 4),
            .init("data_segs_in", "__u32", at: 144, size: 4),
            .init("segs_out", "__u32", at: 148, size: 4),
            .init("data_segs_out", "__u32", at: 152, size: 4),
            .init("lost_out", "__u32", at: 156, size: 4),
            .init("sacked_out", "__u32", at: 160, size: 4),
            .init("sk_txhash", "__u32", at: 164, size: 4),
            .init("bytes_received", "__u64", at: 168, size: 8),
            .init("bytes_acked", "__u64", at: 176, size: 8),
            .alignedPointer("sk", "struct bpf_sock *", at: 184),
            .alignedPointer("skb_data", "void *", at: 192),
            .alignedPointer("skb_data_end", "void *", at: 200),
            .init("skb_len", "__u32", at: 208, size: 4),
            .init("skb_tcp_flags", "__u32", at: 212, size: 4),
            .init("skb_hwtstamp", "__u64", at: 216, size: 8),
        ])

    /// The context of programs over sent messages.
    public static let skMsgMd = StructureLayout(
        "sk_msg_md", size: 80, alignment: 8, [
            .alignedPointer("data", "void *", at: 0),
            .alignedPointer("data_end", "void *", at: 8),
            .init("family", "__u32", at: 16, size: 4),
            .init("remote_ip4", "__u32", at: 20, size: 4),
            .init("local_ip4", "__u32", at: 24, size: 4),
            .array("remote_ip6", "__u32", count: 4, at: 28, size: 16),
            .array("local_ip6", "__u32", count: 4, at: 44, size: 16),
            .init("remote_port", "__u32", at: 60, size: 4),
            .init("local_port", "__u32", at: 64, size: 4),
            .init("size", "__u32", at: 68, size: 4),
            .alignedPointer("sk", "struct bpf_sock *", at: 72),
        ])

    /// The context of programs that select a socket of a SO_REUSEPORT group.
    public static let skReuseportMd = StructureLayout(
        "sk_reuseport_md", size: 56, alignment: 8, [
            .alignedPointer("data", "void *", at: 0),
            .alignedPointer("data_end", "void *", at: 8),
            .init("len", "__u32", at: 16, size: 4),
            .init("eth_protocol", "__u32", at: 20, size: 4),
            .init("ip_protocol", "__u32", at: 24, size: 4),
            .init("bind_inany", "__u32", at: 28, size: 4),
            .init("hash", "__u32", at: 32, size: 4),
            .alignedPointer("sk", "struct bpf_sock *", at: 40),
            .alignedPointer("migrating_sk", "struct bpf_sock *", at: 48),
        ])

    /// The context of socket look-up programs.
    public static let bpfSkLookup = StructureLayout(
        "bpf_sk_lookup", size: 72, alignment: 8, [
            .union("", at: 0, size: 8, [
                .alignedPointer("sk", "struct bpf_sock *", at: 0),
                .init("cookie", "__u64", at: 0, size: 8),
            ]),
            .init("family", "__u32", at: 8, size: 4),
            .init("protocol", "__u32", at: 12, size: 4),
            .init("remote_ip4", "__u32", at: 16, size: 4),
            .array("remote_ip6", "__u32", count: 4, at: 20, size: 16),
            .init("remote_port", "__be16", at: 36, size: 2),
            .init("local_ip4", "__u32", at: 40, size: 4),
            .array("local_ip6", "__u32", count: 4, at: 44, size: 16),
            .init("local_port", "__u32", at: 60, size: 4),
            .init("ingress_ifindex", "__u32", at: 64, size: 4),
        ])

    /// The context of programs over socket options.
    public static let bpfSockopt = StructureLayout(
        "bpf_sockopt", size: 40, alignment: 8, [
            .alignedPointer("sk", "struct bpf_sock *", at: 0),
            .alignedPointer("optval", "void *", at: 8),
            .alignedPointer("optval_end", "void *", at: 16),
            .init("level", "__s32", at: 24, size: 4),
            .init("optname", "__s32", at: 28, size: 4),
            .init("optlen", "__s32", at: 32, size: 4),
            .init("retval", "__s32", at: 36, size: 4),
        ])
}
