extension ContextAccess {
    static let xdp = resolve(xdpRows, in: .xdpMd)
    static let xdpOfDeviceMap = resolve(xdpRows + [Row("egress_ifindex", .word)], in: .xdpMd)

    static let socketFilter = resolve(
        packetRows + [
            Row("mark", .narrow), Row("priority", .narrow), Row("tc_index", .narrow),
            Row("cb", .any, writes: .any),
        ], in: .skBuff)

    static let trafficControl = resolve(
        packetRows + dataRows + [
            Row("mark", .narrow, writes: .word), Row("priority", .narrow, writes: .word),
            Row("tc_index", .narrow, writes: .word), Row("cb", .any, writes: .any),
            Row("tc_classid", .narrow, writes: .word), Row("queue_mapping", [], writes: .word),
            Row("data_meta", .word, is: .packetMetadata),
            Row("tstamp", .double, writes: .double), Row("wire_len", .narrow),
            Row("tstamp_type", .byte), Row("hwtstamp", .double),
        ], in: .skBuff)

    static let cgroupSKB = resolve(
        packetRows + dataRows + addressRows + [
            Row("mark", .narrow, writes: .word), Row("priority", .narrow, writes: .word),
            Row("tc_index", .narrow), Row("cb", .any, writes: .any),
            Row("tstamp", .double, writes: .double), Row("hwtstamp", .double),
        ], in: .skBuff)

    static let tunnels = resolve(
        packetRows + dataRows + [
            Row("mark", .narrow, writes: .word), Row("priority", .narrow, writes: .word),
            Row("tc_index", .narrow), Row("cb", .any, writes: .any),
        ], in: .skBuff)

    static let socketSKB = resolve(
        packetRows + dataRows + addressRows + [
            Row("priority", .narrow, writes: .word), Row("tc_index", .narrow, writes: .word),
            Row("cb", .any),
        ], in: .skBuff)

    static let flowDissector = resolve(
        dataRows + [Row("flow_keys", .double, is: .flowKeys)], in: .skBuff)

    static let netfilter = resolve(
        [
            Row("state", .double, is: .structure("nf_hook_state")),
            Row("skb", .double, is: .structure("sk_buff")),
        ], in: .bpfNfCtx)

    private static let xdpRows: [Row] = [
        Row("data", .word, is: .packet), Row("data_end", .word, is: .packetEnd),
        Row("data_meta", .word, is: .packetMetadata), Row("ingress_ifindex", .word),
        Row("rx_queue_index", .word),
    ]

    /// What every program that sees `__sk_buff` may read, but for flow dissectors.
    private static let packetRows: [Row] =
        [
            "len", "pkt_type", "queue_mapping", "protocol", "vlan_present", "vlan_tci",
            "vlan_proto", "ingress_ifindex", "ifindex", "hash", "napi_id", "gso_segs", "gso_size",
        ].map { Row($0, .narrow) } + [Row("sk", .double, is: .socketCommonOrNull)]

    private static let dataRows: [Row] = [
        Row("data", .word, is: .packet), Row("data_end", .word, is: .packetEnd),
    ]

    private static let addressRows: [Row] = [
        Row("family", .narrow), Row("remote_ip4", .word), Row("local_ip4", .word),
        Row("remote_ip6", .word), Row("local_ip6", .word), Row("remote_port", .narrow),
        Row("local_port", .narrow),
    ]
}
