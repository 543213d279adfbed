extension KernelFunction {
    /// Packets, connections and sockets.
    static let packets: [KernelFunction] = [
        KernelFunction("bpf_ct_change_status", since: 6, 0, .takesTrustedArguments, .connections),
        KernelFunction("bpf_ct_change_timeout", since: 6, 0, .takesTrustedArguments, .connections),
        KernelFunction(
            "bpf_ct_insert_entry", since: 6, 0, [.acquires, .releases, .mayReturnNull], .connections
        ),
        KernelFunction("bpf_ct_release", since: 5, 18, .releases, .connections),
        KernelFunction("bpf_ct_set_nat_info", since: 6, 1, .takesTrustedArguments, .connections),
        KernelFunction("bpf_ct_set_status", since: 6, 0, .takesTrustedArguments, .connections),
        KernelFunction("bpf_ct_set_timeout", since: 6, 0, .takesTrustedArguments, .connections),
        KernelFunction(
            "bpf_sk_assign_tcp_reqsk", since: 6, 11, .takesTrustedArguments, .trafficControl),
        KernelFunction("bpf_skb_ct_alloc", since: 6, 0, [.acquires, .mayReturnNull], .connections),
        KernelFunction(
            "bpf_skb_ct_lookup", since: 5, 18, [.acquires, .mayReturnNull], .connections),
        KernelFunction("bpf_skb_get_fou_encap", since: 6, 4, [], .trafficControl),
        KernelFunction("bpf_skb_get_xfrm_info", since: 6, 2, [], .trafficControl),
        KernelFunction("bpf_skb_set_fou_encap", since: 6, 4, [], .trafficControl),
        KernelFunction("bpf_skb_set_xfrm_info", since: 6, 2, [], .trafficControl),
        KernelFunction("bpf_sock_addr_set_sun_path", since: 6, 7, [], .cgroup),
        KernelFunction(
            "bpf_sock_destroy", since: 6, 5, .takesTrustedArguments, .tracing, only: .iterators),
        KernelFunction(
            "bpf_sock_ops_enable_tx_tstamp", since: 6, 15, .takesTrustedArguments, .cgroup),
        KernelFunction("bpf_xdp_ct_alloc", since: 6, 0, [.acquires, .mayReturnNull], .connections),
        KernelFunction(
            "bpf_xdp_ct_lookup", since: 5, 18, [.acquires, .mayReturnNull], .connections),
        KernelFunction(
            "bpf_xdp_flow_lookup", since: 6, 11, [.mayReturnNull, .takesTrustedArguments], .xdp),
        KernelFunction("bpf_xdp_get_xfrm_state", since: 6, 8, [.acquires, .mayReturnNull], .xdp),
        KernelFunction("bpf_xdp_metadata_rx_hash", since: 6, 3, [], .xdp, only: .deviceBound),
        KernelFunction("bpf_xdp_metadata_rx_timestamp", since: 6, 3, [], .xdp, only: .deviceBound),
        KernelFunction("bpf_xdp_metadata_rx_vlan_tag", since: 6, 8, [], .xdp, only: .deviceBound),
        KernelFunction("bpf_xdp_pull_data", since: 6, 18, [], .xdp, role: .pullFrameData),
        KernelFunction("bpf_xdp_xfrm_state_release", since: 6, 8, .releases, .xdp),
    ]
}
