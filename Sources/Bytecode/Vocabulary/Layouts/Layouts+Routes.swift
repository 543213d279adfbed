extension StructureLayout {
    /// A question to the routing table, and its answer.
    public static let bpfFibLookup = StructureLayout(
        "bpf_fib_lookup", size: 64, alignment: 4, [
            .init("family", "__u8", at: 0, size: 1),
            .init("l4_protocol", "__u8", at: 1, size: 1),
            .init("sport", "__be16", at: 2, size: 2),
            .init("dport", "__be16", at: 4, size: 2),
            .union("", at: 6, size: 2, [
                .init("tot_len", "__u16", at: 6, size: 2),
                .init("mtu_result", "__u16", at: 6, size: 2),
            ]),
            .init("ifindex", "__u32", at: 8, size: 4),
            .union("", at: 12, size: 4, [
                .init("tos", "__u8", at: 12, size: 1),
                .init("flowinfo", "__be32", at: 12, size: 4),
                .init("rt_metric", "__u32", at: 12, size: 4),
            ]),
            .union("", at: 16, size: 16, [
                .init("ipv4_src", "__be32", at: 16, size: 4),
                .array("ipv6_src", "__u32", count: 4, at: 16, size: 16),
            ]),
            .union("", at: 32, size: 16, [
                .init("ipv4_dst", "__be32", at: 32, size: 4),
                .array("ipv6_dst", "__u32", count: 4, at: 32, size: 16),
            ]),
            .union("", at: 48, size: 4, [
                .structure("", at: 48, size: 4, [
                    .init("h_vlan_proto", "__be16", at: 48, size: 2),
                    .init("h_vlan_TCI", "__be16", at: 50, size: 2),
                ]),
                .init("tbid", "__u32", at: 48, size: 4),
            ]),
            .union("", at: 52, size: 12, [
                .structure("", at: 52, size: 4, [
                    .init("mark", "__u32", at: 52, size: 4),
                ]),
                .structure("", at: 52, size: 12, [
                    .array("smac", "__u8", count: 6, at: 52, size: 6),
                    .array("dmac", "__u8", count: 6, at: 58, size: 6),
                ]),
            ]),
        ])

    /// A neighbour to redirect to.
    public static let bpfRedirNeigh = StructureLayout(
        "bpf_redir_neigh", size: 20, alignment: 4, [
            .init("nh_family", "__u32", at: 0, size: 4),
            .union("", at: 4, size: 16, [
                .init("ipv4_nh", "__be32", at: 4, size: 4),
                .array("ipv6_nh", "__u32", count: 4, at: 4, size: 16),
            ]),
        ])

    /// A tunnel's addresses and options.
    public static let bpfTunnelKey = StructureLayout(
        "bpf_tunnel_key", size: 44, alignment: 4, [
            .init("tunnel_id", "__u32", at: 0, size: 4),
            .union("", at: 4, size: 16, [
                .init("remote_ipv4", "__u32", at: 4, size: 4),
                .array("remote_ipv6", "__u32", count: 4, at: 4, size: 16),
            ]),
            .init("tunnel_tos", "__u8", at: 20, size: 1),
            .init("tunnel_ttl", "__u8", at: 21, size: 1),
            .union("", at: 22, size: 2, [
                .init("tunnel_ext", "__u16", at: 22, size: 2),
                .init("tunnel_flags", "__be16", at: 22, size: 2),
            ]),
            .init("tunnel_label", "__u32", at: 24, size: 4),
            .union("", at: 28, size: 16, [
                .init("local_ipv4", "__u32", at: 28, size: 4),
                .array("local_ipv6", "__u32", count: 4, at: 28, size: 16),
            ]),
        ])

    /// A state of IPsec.
    public static let bpfXfrmState = StructureLayout(
        "bpf_xfrm_state", size: 28, alignment: 4, [
            .init("reqid", "__u32", at: 0, size: 4),
            .init("spi", "__u32", at: 4, size: 4),
            .init("family", "__u16", at: 8, size: 2),
            .init("ext", "__u16", at: 10, size: 2),
            .union("", at: 12, size: 16, [
                .init("remote_ipv4", "__u32", at: 12, size: 4),
                .array("remote_ipv6", "__u32", count: 4, at: 12, size: 16),
            ]),
        ])
}
