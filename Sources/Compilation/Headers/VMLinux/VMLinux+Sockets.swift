extension VMLinux {
    /// Sockets of all protocols.
    static let sockets = #"""
        struct sock_common {
            union {
                __addrpair skc_addrpair;
                struct {
                    __be32 skc_daddr;
                    __be32 skc_rcv_saddr;
                };
            };
            union {
                unsigned int skc_hash;
                __u16 skc_u16hashes[2];
            };
            union {
                __portpair skc_portpair;
                struct {
                    __be16 skc_dport;
                    __u16 skc_num;
                };
            };
            short unsigned int skc_family;
            volatile unsigned char skc_state;
            unsigned char skc_reuse: 4;
            unsigned char skc_reuseport: 1;
            unsigned char skc_ipv6only: 1;
            unsigned char skc_net_refcnt: 1;
            int skc_bound_dev_if;
            struct proto *skc_prot;
            possible_net_t skc_net;
            struct in6_addr skc_v6_daddr;
            struct in6_addr skc_v6_rcv_saddr;
            atomic64_t skc_cookie;
            union {
                long unsigned int skc_flags;
                struct sock *skc_listener;
            };
            short unsigned int skc_rx_queue_mapping;
            union {
                int skc_incoming_cpu;
            };
            refcount_t skc_refcnt;
        };

        struct sk_buff_head {
            union {
                struct {
                    struct sk_buff *next;
                    struct sk_buff *prev;
                };
            };
            __u32 qlen;
        };

        struct sock_cgroup_data {
            struct cgroup *cgroup;
            u32 classid;
            u16 prioidx;
        };

        struct sock {
            struct sock_common __sk_common;
            atomic_t sk_drops;
            struct sk_buff_head sk_receive_queue;
            u8 sk_userlocks;
            int sk_rcvbuf;
            union {
                struct socket_wq *sk_wq;
            };
            void (*sk_data_ready)(struct sock *);
            int sk_rcvlowat;
            int sk_err;
            struct socket *sk_socket;
            int sk_forward_alloc;
            u32 sk_tsflags;
            int sk_err_soft;
            int sk_wmem_queued;
            refcount_t sk_wmem_alloc;
            struct sk_buff_head sk_write_queue;
            long unsigned int sk_pacing_rate;
            long unsigned int sk_max_pacing_rate;
            u32 sk_priority;
            u32 sk_mark;
            kuid_t sk_uid;
            u16 sk_protocol;
            u16 sk_type;
            struct dst_entry *sk_dst_cache;
            u16 sk_gso_max_segs;
            u32 sk_txhash;
            int sk_sndbuf;
            u8 sk_shutdown;
            long unsigned int sk_lingertime;
            struct proto *sk_prot_creator;
            u32 sk_ack_backlog;
            u32 sk_max_ack_backlog;
            struct pid *sk_peer_pid;
            const struct cred *sk_peer_cred;
            void *sk_user_data;
            void *sk_security;
            struct sock_cgroup_data sk_cgrp_data;
            void (*sk_state_change)(struct sock *);
            void (*sk_write_space)(struct sock *);
            struct bpf_local_storage *sk_bpf_storage;
        };

        typedef enum {
            SS_FREE = 0,
            SS_UNCONNECTED = 1,
            SS_CONNECTING = 2,
            SS_CONNECTED = 3,
            SS_DISCONNECTING = 4,
        } socket_state;

        struct socket {
            socket_state state;
            short int type;
            long unsigned int flags;
            struct file *file;
            struct sock *sk;
            const struct proto_ops *ops;
        };

        struct proto {
            unsigned int obj_size;
            char name[32];
        };

        struct inet_sock {
            struct sock sk;
            struct ipv6_pinfo *pinet6;
            __be32 inet_saddr;
            __s16 uc_ttl;
            __be16 inet_sport;
            struct ip_options_rcu *inet_opt;
            atomic_t inet_id;
            __u8 tos;
            __u8 min_ttl;
            __u8 mc_ttl;
            int mc_index;
        };

        struct ipv6_pinfo {
            struct in6_addr saddr;
            __be32 flow_label;
            s16 hop_limit;
            u8 mcast_hops;
        };

        struct request_sock_queue {
            atomic_t qlen;
            atomic_t young;
            struct request_sock *rskq_accept_head;
            struct request_sock *rskq_accept_tail;
        };

        struct inet_connection_sock {
            struct inet_sock icsk_inet;
            struct request_sock_queue icsk_accept_queue;
            struct inet_bind_bucket *icsk_bind_hash;
            __u32 icsk_rto;
            __u32 icsk_delack_max;
            __u32 icsk_pmtu_cookie;
            const struct tcp_congestion_ops *icsk_ca_ops;
            __u8 icsk_ca_state: 5;
            __u8 icsk_retransmits;
            __u8 icsk_pending;
            __u8 icsk_backoff;
            __u8 icsk_syn_retries;
            __u8 icsk_probes_out;
            __u16 icsk_ext_hdr_len;
            u32 icsk_user_timeout;
            u64 icsk_ca_priv[13];
        };

        struct tcp_congestion_ops {
            char name[16];
            struct module *owner;
            u32 key;
            u32 flags;
        };

        struct minmax_sample {
            u32 t;
            u32 v;
        };

        struct minmax {
            struct minmax_sample s[3];
        };

        struct tcp_sock {
            struct inet_connection_sock inet_conn;
            u32 max_window;
            u32 rcv_ssthresh;
            u32 reordering;
            u32 snd_wnd;
            u32 mss_cache;
            u32 snd_cwnd;
            u32 prr_out;
            u32 lost_out;
            u32 sacked_out;
            u32 copied_seq;
            u32 snd_wl1;
            u32 rttvar_us;
            u32 retrans_out;
            u16 advmss;
            u32 lost;
            u32 snd_ssthresh;
            struct minmax rtt_min;
            u32 segs_out;
            u32 data_segs_out;
            u64 bytes_sent;
            u32 snd_sml;
            u32 write_seq;
            u32 pushed_seq;
            u32 mdev_us;
            u32 rtt_seq;
            u64 tcp_mstamp;
            u32 rcv_nxt;
            u32 snd_nxt;
            u32 snd_una;
            u32 window_clamp;
            u32 srtt_us;
            u32 packets_out;
            u32 delivered;
            u32 delivered_ce;
            u32 app_limited;
            u32 rcv_wnd;
            u64 bytes_received;
            u32 segs_in;
            u32 data_segs_in;
            u32 rcv_wup;
            u32 max_packets_out;
            u32 rate_delivered;
            u32 rate_interval_us;
            u64 first_tx_mstamp;
            u64 delivered_mstamp;
            u64 bytes_acked;
            struct {
                u32 rtt_us;
                u32 seq;
                u64 time;
            } rcv_rtt_est;
            struct {
                int space;
                u32 seq;
                u64 time;
            } rcvq_space;
            u32 dsack_dups;
            u32 mdev_max_us;
            u32 snd_cwnd_cnt;
            u32 snd_cwnd_clamp;
            u32 snd_cwnd_used;
            u32 prior_cwnd;
            u32 prr_delivered;
            u32 undo_marker;
            u64 bytes_retrans;
            u32 total_retrans;
            unsigned int keepalive_time;
            unsigned int keepalive_intvl;
            int linger2;
        };

        struct udp_sock {
            struct inet_sock inet;
            long unsigned int udp_flags;
            __u8 encap_type;
        };

        struct unix_sock {
            struct sock sk;
            struct unix_address *addr;
            struct path path;
            struct sock *peer;
        };

        struct unix_address {
            refcount_t refcnt;
            int len;
            struct sockaddr_un name[0];
        };

        struct request_sock {
            struct sock_common __req_common;
            u16 mss;
            u8 num_retrans;
            u8 syncookie: 1;
            u32 ts_recent;
            const struct request_sock_ops *rsk_ops;
        };

        struct inet_request_sock {
            struct request_sock req;
            u32 ir_mark;
        };

        struct tcp_request_sock {
            struct inet_request_sock req;
            u32 rcv_isn;
            u32 snt_isn;
            u32 ts_off;
            u32 rcv_nxt;
        };

        struct inet_timewait_sock {
            struct sock_common __tw_common;
            __u32 tw_mark;
        };

        struct tcp_timewait_sock {
            struct inet_timewait_sock tw_sk;
        };

        struct tcp6_sock {
            struct tcp_sock tcp;
            struct ipv6_pinfo inet6;
        };

        struct udp6_sock {
            struct udp_sock udp;
            struct ipv6_pinfo inet6;
        };

        struct mptcp_sock {
            u64 write_seq;
            u32 token;
        };
        """#
}
