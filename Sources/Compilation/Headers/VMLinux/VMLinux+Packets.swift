extension VMLinux {
    /// Packets in the network stack, devices and connection tracking.
    static let packets = #"""
        struct sk_buff {
            union {
                struct {
                    struct sk_buff *next;
                    struct sk_buff *prev;
                    union {
                        struct net_device *dev;
                    };
                };
            };
            struct sock *sk;
            union {
                ktime_t tstamp;
                u64 skb_mstamp_ns;
            };
            char cb[48];
            union {
                struct {
                    long unsigned int _skb_refdst;
                };
            };
            unsigned int len;
            unsigned int data_len;
            __u16 mac_len;
            __u16 hdr_len;
            __u16 queue_mapping;
            __u8 cloned: 1;
            __u8 pfmemalloc: 1;
            union {
                struct {
                    __u8 pkt_type: 3;
                    __u8 ip_summed: 2;
                    __u16 tc_index;
                    union {
                        __wsum csum;
                    };
                    __u32 priority;
                    int skb_iif;
                    __u32 hash;
                    union {
                        u32 vlan_all;
                        struct {
                            __be16 vlan_proto;
                            __u16 vlan_tci;
                        };
                    };
                    union {
                        unsigned int napi_id;
                        unsigned int sender_cpu;
                    };
                    __u32 secmark;
                    union {
                        __u32 mark;
                    };
                    union {
                        __be16 inner_protocol;
                    };
                    __u16 inner_transport_header;
                    __u16 inner_network_header;
                    __u16 inner_mac_header;
                    __be16 protocol;
                    __u16 transport_header;
                    __u16 network_header;
                    __u16 mac_header;
                };
            };
            sk_buff_data_t tail;
            sk_buff_data_t end;
            unsigned char *head;
            unsigned char *data;
            unsigned int truesize;
            refcount_t users;
        };

        struct skb_shared_info {
            __u8 nr_frags;
            __u8 tx_flags;
            short unsigned int gso_size;
            short unsigned int gso_segs;
            struct sk_buff *frag_list;
            unsigned int gso_type;
            atomic_t dataref;
        };

        struct net_device {
            union {
                struct {
                    long unsigned int priv_flags: 32;
                };
            };
            const struct net_device_ops *netdev_ops;
            unsigned int real_num_tx_queues;
            unsigned int gso_max_size;
            unsigned int mtu;
            unsigned int flags;
            short unsigned int hard_header_len;
            netdev_features_t features;
            struct bpf_prog *xdp_prog;
            int ifindex;
            possible_net_t nd_net;
            char name[16];
            unsigned int min_mtu;
            unsigned int max_mtu;
            short unsigned int type;
            int group;
            const struct ethtool_ops *ethtool_ops;
            unsigned int operstate;
            unsigned char perm_addr[32];
            unsigned char addr_len;
            const unsigned char *dev_addr;
            unsigned int num_rx_queues;
            unsigned int num_tx_queues;
            struct Qdisc *qdisc;
            const struct rtnl_link_ops *rtnl_link_ops;
        };

        typedef enum netdev_tx netdev_tx_t;

        struct net_device_ops {
            int (*ndo_open)(struct net_device *);
            int (*ndo_stop)(struct net_device *);
            netdev_tx_t (*ndo_start_xmit)(struct sk_buff *, struct net_device *);
            int (*ndo_change_mtu)(struct net_device *, int);
        };

        struct napi_struct {
            long unsigned int state;
            int weight;
            int (*poll)(struct napi_struct *, int);
            struct net_device *dev;
            u32 napi_id;
        };

        struct qdisc_skb_head {
            struct sk_buff *head;
            struct sk_buff *tail;
            __u32 qlen;
        };

        typedef struct {
            atomic_long_t a;
        } local_t;

        typedef struct {
            local_t a;
        } local64_t;

        typedef struct {
            local64_t v;
        } u64_stats_t;

        struct u64_stats_sync {};

        struct gnet_stats_basic_sync {
            u64_stats_t bytes;
            u64_stats_t packets;
            struct u64_stats_sync syncp;
        };

        struct gnet_stats_queue {
            __u32 qlen;
            __u32 backlog;
            __u32 drops;
            __u32 requeues;
            __u32 overlimits;
        };

        struct Qdisc {
            unsigned int flags;
            u32 limit;
            const struct Qdisc_ops *ops;
            u32 handle;
            u32 parent;
            struct netdev_queue *dev_queue;
            struct qdisc_skb_head q;
            struct gnet_stats_basic_sync bstats;
            struct gnet_stats_queue qstats;
            long unsigned int state;
        };

        struct Qdisc_ops {
            struct Qdisc_ops *next;
            char id[16];
        };

        struct netdev_queue {
            struct net_device *dev;
            struct Qdisc *qdisc;
            long unsigned int state;
        };

        struct dst_entry {
            union {
                struct net_device *dev;
            };
            struct dst_ops *ops;
            short unsigned int flags;
            short int obsolete;
            short unsigned int header_len;
            short unsigned int trailer_len;
        };

        struct neighbour {
            u8 nud_state;
            u8 type;
            unsigned char ha[32];
            struct net_device *dev;
        };

        struct nf_hook_state {
            u8 hook;
            u8 pf;
            struct net_device *in;
            struct net_device *out;
            struct sock *sk;
            struct net *net;
            int (*okfn)(struct net *, struct sock *, struct sk_buff *);
        };

        struct bpf_nf_ctx {
            const struct nf_hook_state *state;
            struct sk_buff *skb;
        };

        struct nf_conntrack {
            refcount_t use;
        };

        union nf_inet_addr {
            __u32 all[4];
            __be32 ip;
            __be32 ip6[4];
            struct in_addr in;
            struct in6_addr in6;
        };

        union nf_conntrack_man_proto {
            __be16 all;
            struct {
                __be16 port;
            } tcp;
            struct {
                __be16 port;
            } udp;
            struct {
                __be16 id;
            } icmp;
            struct {
                __be16 port;
            } dccp;
            struct {
                __be16 port;
            } sctp;
            struct {
                __be16 key;
            } gre;
        };

        typedef u16 u_int16_t;

        struct nf_conntrack_man {
            union nf_inet_addr u3;
            union nf_conntrack_man_proto u;
            u_int16_t l3num;
        };

        typedef u8 u_int8_t;

        struct nf_conntrack_tuple {
            struct nf_conntrack_man src;
            struct {
                union nf_inet_addr u3;
                union {
                    __be16 all;
                    struct {
                        __be16 port;
                    } tcp;
                    struct {
                        __be16 port;
                    } udp;
                    struct {
                        u_int8_t type;
                        u_int8_t code;
                    } icmp;
                    struct {
                        __be16 port;
                    } dccp;
                    struct {
                        __be16 port;
                    } sctp;
                    struct {
                        __be16 key;
                    } gre;
                } u;
                u_int8_t protonum;
                struct {} __nfct_hash_offsetend;
                u_int8_t dir;
            } dst;
        };

        struct nf_conntrack_tuple_hash {
            struct hlist_nulls_node hnnode;
            struct nf_conntrack_tuple tuple;
        };

        typedef u32 u_int32_t;

        struct nf_conn {
            struct nf_conntrack ct_general;
            u32 timeout;
            struct nf_conntrack_tuple_hash tuplehash[2];
            long unsigned int status;
            possible_net_t ct_net;
            u_int32_t mark;
        };

        struct xdp_buff {
            void *data;
            void *data_end;
            void *data_meta;
            void *data_hard_start;
            struct xdp_rxq_info *rxq;
            struct xdp_txq_info *txq;
            union {
                struct {
                    u32 frame_sz;
                    u32 flags;
                };
            };
        };

        struct xdp_rxq_info {
            struct net_device *dev;
            u32 queue_index;
            u32 reg_state;
            u32 frag_size;
        };

        struct xdp_txq_info {
            struct net_device *dev;
        };

        struct sk_msg {
            u32 apply_bytes;
            u32 cork_bytes;
        };

        struct sk_reuseport_kern {
            struct sk_buff *skb;
            struct sock *sk;
            struct sock *selected_sk;
            struct sock *migrating_sk;
            void *data_end;
            u32 hash;
            u32 reuseport_id;
            bool bind_inany;
        };

        struct bpf_sk_lookup_kern {
            u16 family;
            u16 protocol;
            __be16 sport;
            u16 dport;
            struct {
                __be32 saddr;
                __be32 daddr;
            } v4;
            struct {
                const struct in6_addr *saddr;
                const struct in6_addr *daddr;
            } v6;
            struct sock *selected_sk;
            u32 ingress_ifindex;
            bool no_reuseport;
        };
        """#
}
