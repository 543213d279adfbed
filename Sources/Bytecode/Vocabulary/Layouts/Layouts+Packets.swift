extension StructureLayout {
    /// The context of XDP programs.
    public static let xdpMd = StructureLayout(
        "xdp_md", size: 24, alignment: 4, [
            .init("data", "__u32", at: 0, size: 4),
            .init("data_end", "__u32", at: 4, size: 4),
            .init("data_meta", "__u32", at: 8, size: 4),
            .init("ingress_ifindex", "__u32", at: 12, size: 4),
            .init("rx_queue_index", "__u32", at: 16, size: 4),
            .init("egress_ifindex", "__u32", at: 20, size: 4),
        ])

    /// A packet as programs of sockets, traffic control and many others see it.
    public static let skBuff = StructureLayout(
        "__sk_buff", size: 192, alignment: 8, [
            .init("len", "__u32", at: 0, size: 4),
            .init("pkt_type", "__u32", at: 4, size: 4),
            .init("mark", "__u32", at: 8, size: 4),
            .init("queue_mapping", "__u32", at: 12, size: 4),
            .init("protocol", "__u32", at: 16, size: 4),
            .init("vlan_present", "__u32", at: 20, size: 4),
            .init("vlan_tci", "__u32", at: 24, size: 4),
            .init("vlan_proto", "__u32", at: 28, size: 4),
            .init("priority", "__u32", at: 32, size: 4),
            .init("ingress_ifindex", "__u32", at: 36, size: 4),
            .init("ifindex", "__u32", at: 40, size: 4),
            .init("tc_index", "__u32", at: 44, size: 4),
            .array("cb", "__u32", count: 5, at: 48, size: 20),
            .init("hash", "__u32", at: 68, size: 4),
            .init("tc_classid", "__u32", at: 72, size: 4),
            .init("data", "__u32", at: 76, size: 4),
            .init("data_end", "__u32", at: 80, size: 4),
            .init("napi_id", "__u32", at: 84, size: 4),
            .init("family", "__u32", at: 88, size: 4),
            .init("remote_ip4", "__u32", at: 92, size: 4),
            .init("local_ip4", "__u32", at: 96, size: 4),
            .array("remote_ip6", "__u32", count: 4, at: 100, size: 16),
            .array("local_ip6", "__u32", count: 4, at: 116, size: 16),
            .init("remote_port", "__u32", at: 132, size: 4),
            .init("local_port", "__u32", at: 136, size: 4),
            .init("data_meta", "__u32", at: 140, size: 4),
            .alignedPointer("flow_keys", "struct bpf_flow_keys *", at: 144),
            .init("tstamp", "__u64", at: 152, size: 8),
            .init("wire_len", "__u32", at: 160, size: 4),
            .init("gso_segs", "__u32", at: 164, size: 4),
            .alignedPointer("sk", "struct bpf_sock *", at: 168),
            .init("gso_size", "__u32", at: 176, size: 4),
            .init("tstamp_type", "__u8", at: 180, size: 1),
            .init("hwtstamp", "__u64", at: 184, size: 8),
        ])

    /// What a flow dissector finds; reached through its `__sk_buff`.
    public static let bpfFlowKeys = StructureLayout(
        "bpf_flow_keys", size: 56, alignment: 4, [
            .init("nhoff", "__u16", at: 0, size: 2),
            .init("thoff", "__u16", at: 2, size: 2),
            .init("addr_proto", "__u16", at: 4, size: 2),
            .init("is_frag", "__u8", at: 6, size: 1),
            .init("is_first_frag", "__u8", at: 7, size: 1),
            .init("is_encap", "__u8", at: 8, size: 1),
            .init("ip_proto", "__u8", at: 9, size: 1),
            .init("n_proto", "__be16", at: 10, size: 2),
            .init("sport", "__be16", at: 12, size: 2),
            .init("dport", "__be16", at: 14, size: 2),
            .union("", at: 16, size: 32, [
                .structure("", at: 16, size: 8, [
                    .init("ipv4_src", "__be32", at: 16, size: 4),
                    .init("ipv4_dst", "__be32", at: 20, size: 4),
                ]),
                .structure("", at: 16, size: 32, [
                    .array("ipv6_src", "__u32", count: 4, at: 16, size: 16),
                    .array("ipv6_dst", "__u32", count: 4, at: 32, size: 16),
                ]),
            ]),
            .init("flags", "__u32", at: 48, size: 4),
            .init("flow_label", "__be32", at: 52, size: 4),
        ])
}
