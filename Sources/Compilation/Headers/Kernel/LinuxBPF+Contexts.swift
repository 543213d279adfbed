extension LinuxBPF {
    /// What programs are given and what helpers take.
    static let contexts = #"""
        struct __sk_buff {
            __u32 len;
            __u32 pkt_type;
            __u32 mark;
            __u32 queue_mapping;
            __u32 protocol;
            __u32 vlan_present;
            __u32 vlan_tci;
            __u32 vlan_proto;
            __u32 priority;
            __u32 ingress_ifindex;
            __u32 ifindex;
            __u32 tc_index;
            __u32 cb[5];
            __u32 hash;
            __u32 tc_classid;
            __u32 data;
            __u32 data_end;
            __u32 napi_id;
            __u32 family;
            __u32 remote_ip4;
            __u32 local_ip4;
            __u32 remote_ip6[4];
            __u32 local_ip6[4];
            __u32 remote_port;
            __u32 local_port;
            __u32 data_meta;
            __bpf_md_ptr(struct bpf_flow_keys *, flow_keys);
            __u64 tstamp;
            __u32 wire_len;
            __u32 gso_segs;
            __bpf_md_ptr(struct bpf_sock *, sk);
            __u32 gso_size;
            __u8 tstamp_type;
            __u64 hwtstamp;
        };

        struct bpf_tunnel_key {
            __u32 tunnel_id;
            union {
                __u32 remote_ipv4;
                __u32 remote_ipv6[4];
            };
            __u8 tunnel_tos;
            __u8 tunnel_ttl;
            union {
                __u16 tunnel_ext;
                __be16 tunnel_flags;
            };
            __u32 tunnel_label;
            union {
                __u32 local_ipv4;
                __u32 local_ipv6[4];
            };
        };

        struct bpf_xfrm_state {
            __u32 reqid;
            __u32 spi;
            __u16 family;
            __u16 ext;
            union {
                __u32 remote_ipv4;
                __u32 remote_ipv6[4];
            };
        };

        struct bpf_sock {
            __u32 bound_dev_if;
            __u32 family;
            __u32 type;
            __u32 protocol;
            __u32 mark;
            __u32 priority;
            __u32 src_ip4;
            __u32 src_ip6[4];
            __u32 src_port;
            __be16 dst_port;
            __u32 dst_ip4;
            __u32 dst_ip6[4];
            __u32 state;
            __s32 rx_queue_mapping;
        };

        struct bpf_tcp_sock {
            __u32 snd_cwnd;
            __u32 srtt_us;
            __u32 rtt_min;
            __u32 snd_ssthresh;
            __u32 rcv_nxt;
            __u32 snd_nxt;
            __u32 snd_una;
            __u32 mss_cache;
            __u32 ecn_flags;
            __u32 rate_delivered;
            __u32 rate_interval_us;
            __u32 packets_out;
            __u32 retrans_out;
            __u32 total_retrans;
            __u32 segs_in;
            __u32 data_segs_in;
            __u32 segs_out;
            __u32 data_segs_out;
            __u32 lost_out;
            __u32 sacked_out;
            __u64 bytes_received;
            __u64 bytes_acked;
            __u32 dsack_dups;
            __u32 delivered;
            __u32 delivered_ce;
            __u32 icsk_retransmits;
        };

        struct bpf_sock_tuple {
            union {
                struct {
                    __be32 saddr;
                    __be32 daddr;
                    __be16 sport;
                    __be16 dport;
                } ipv4;
                struct {
                    __be32 saddr[4];
                    __be32 daddr[4];
                    __be16 sport;
                    __be16 dport;
                } ipv6;
            };
        };

        struct bpf_xdp_sock {
            __u32 queue_id;
        };

        struct xdp_md {
            __u32 data;
            __u32 data_end;
            __u32 data_meta;
            __u32 ingress_ifindex;
            __u32 rx_queue_index;
            __u32 egress_ifindex;
        };

        struct bpf_devmap_val {
            __u32 ifindex;
            union {
                int fd;
                __u32 id;
            } bpf_prog;
        };

        struct bpf_cpumap_val {
            __u32 qsize;
            union {
                int fd;
                __u32 id;
            } bpf_prog;
        };

        struct sk_msg_md {
            __bpf_md_ptr(void *, data);
            __bpf_md_ptr(void *, data_end);
            __u32 family;
            __u32 remote_ip4;
            __u32 local_ip4;
            __u32 remote_ip6[4];
            __u32 local_ip6[4];
            __u32 remote_port;
            __u32 local_port;
            __u32 size;
            __bpf_md_ptr(struct bpf_sock *, sk);
        };

        struct sk_reuseport_md {
            __bpf_md_ptr(void *, data);
            __bpf_md_ptr(void *, data_end);
            __u32 len;
            __u32 eth_protocol;
            __u32 ip_protocol;
            __u32 bind_inany;
            __u32 hash;
            __bpf_md_ptr(struct bpf_sock *, sk);
            __bpf_md_ptr(struct bpf_sock *, migrating_sk);
        };

        struct bpf_sock_addr {
            __u32 user_family;
            __u32 user_ip4;
            __u32 user_ip6[4];
            __u32 user_port;
            __u32 family;
            __u32 type;
            __u32 protocol;
            __u32 msg_src_ip4;
            __u32 msg_src_ip6[4];
            __bpf_md_ptr(struct bpf_sock *, sk);
        };

        struct bpf_sock_ops {
            __u32 op;
            union {
                __u32 args[4];
                __u32 reply;
                __u32 replylong[4];
            };
            __u32 family;
            __u32 remote_ip4;
            __u32 local_ip4;
            __u32 remote_ip6[4];
            __u32 local_ip6[4];
            __u32 remote_port;
            __u32 local_port;
            __u32 is_fullsock;
            __u32 snd_cwnd;
            __u32 srtt_us;
            __u32 bpf_sock_ops_cb_flags;
            __u32 state;
            __u32 rtt_min;
            __u32 snd_ssthresh;
            __u32 rcv_nxt;
            __u32 snd_nxt;
            __u32 snd_una;
            __u32 mss_cache;
            __u32 ecn_flags;
            __u32 rate_delivered;
            __u32 rate_interval_us;
            __u32 packets_out;
            __u32 retrans_out;
            __u32 total_retrans;
            __u32 segs_in;
            __u32 data_segs_in;
            __u32 segs_out;
            __u32 data_segs_out;
            __u32 lost_out;
            __u32 sacked_out;
            __u32 sk_txhash;
            __u64 bytes_received;
            __u64 bytes_acked;
            __bpf_md_ptr(struct bpf_sock *, sk);
            __bpf_md_ptr(void *, skb_data);
            __bpf_md_ptr(void *, skb_data_end);
            __u32 skb_len;
            __u32 skb_tcp_flags;
            __u64 skb_hwtstamp;
        };

        struct bpf_perf_event_value {
            __u64 counter;
            __u64 enabled;
            __u64 running;
        };

        struct bpf_cgroup_dev_ctx {
            __u32 access_type;
            __u32 major;
            __u32 minor;
        };

        struct bpf_raw_tracepoint_args {
            __u64 args[0];
        };

        struct bpf_fib_lookup {
            __u8 family;
            __u8 l4_protocol;
            __be16 sport;
            __be16 dport;
            union {
                __u16 tot_len;
                __u16 mtu_result;
            };
            __u32 ifindex;
            union {
                __u8 tos;
                __be32 flowinfo;
                __u32 rt_metric;
            };
            union {
                __be32 ipv4_src;
                __u32 ipv6_src[4];
            };
            union {
                __be32 ipv4_dst;
                __u32 ipv6_dst[4];
            };
            union {
                struct {
                    __be16 h_vlan_proto;
                    __be16 h_vlan_TCI;
                };
                __u32 tbid;
            };
            union {
                struct {
                    __u32 mark;
                };
                struct {
                    __u8 smac[6];
                    __u8 dmac[6];
                };
            };
        };

        struct bpf_redir_neigh {
            __u32 nh_family;
            union {
                __be32 ipv4_nh;
                __u32 ipv6_nh[4];
            };
        };

        struct bpf_flow_keys {
            __u16 nhoff;
            __u16 thoff;
            __u16 addr_proto;
            __u8 is_frag;
            __u8 is_first_frag;
            __u8 is_encap;
            __u8 ip_proto;
            __be16 n_proto;
            __be16 sport;
            __be16 dport;
            union {
                struct {
                    __be32 ipv4_src;
                    __be32 ipv4_dst;
                };
                struct {
                    __u32 ipv6_src[4];
                    __u32 ipv6_dst[4];
                };
            };
            __u32 flags;
            __be32 flow_label;
        };

        struct bpf_func_info {
            __u32 insn_off;
            __u32 type_id;
        };

        struct bpf_line_info {
            __u32 insn_off;
            __u32 file_name_off;
            __u32 line_off;
            __u32 line_col;
        };

        struct bpf_spin_lock {
            __u32 val;
        };

        struct bpf_timer {
            __u64 __opaque[2];
        };

        struct bpf_wq {
            __u64 __opaque[2];
        };

        struct bpf_task_work {
            __u64 __opaque;
        };

        struct bpf_dynptr {
            __u64 __opaque[2];
        };

        struct bpf_list_head {
            __u64 __opaque[2];
        };

        struct bpf_list_node {
            __u64 __opaque[3];
        };

        struct bpf_rb_root {
            __u64 __opaque[2];
        };

        struct bpf_rb_node {
            __u64 __opaque[4];
        };

        struct bpf_refcount {
            __u32 __opaque[1];
        };

        struct bpf_sysctl {
            __u32 write;
            __u32 file_pos;
        };

        struct bpf_sockopt {
            __bpf_md_ptr(struct bpf_sock *, sk);
            __bpf_md_ptr(void *, optval);
            __bpf_md_ptr(void *, optval_end);
            __s32 level;
            __s32 optname;
            __s32 optlen;
            __s32 retval;
        };

        struct bpf_pidns_info {
            __u32 pid;
            __u32 tgid;
        };

        struct bpf_sk_lookup {
            union {
                __bpf_md_ptr(struct bpf_sock *, sk);
                __u64 cookie;
            };
            __u32 family;
            __u32 protocol;
            __u32 remote_ip4;
            __u32 remote_ip6[4];
            __be16 remote_port;
            __u32 local_ip4;
            __u32 local_ip6[4];
            __u32 local_port;
            __u32 ingress_ifindex;
        };

        struct btf_ptr {
            void *ptr;
            __u32 type_id;
            __u32 flags;
        };

        struct bpf_core_relo {
            __u32 insn_off;
            __u32 type_id;
            __u32 access_str_off;
            enum bpf_core_relo_kind kind;
        };

        struct bpf_iter_num {
            __u64 __opaque[1];
        };
        """#
}
