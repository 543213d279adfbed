extension VMLinux {
    /// Records of tracepoints.
    static let tracepoints = #"""
        struct trace_entry {
            short unsigned int type;
            unsigned char flags;
            unsigned char preempt_count;
            int pid;
        };

        struct trace_event_raw_sys_enter {
            struct trace_entry ent;
            long int id;
            long unsigned int args[6];
            char __data[0];
        };

        struct trace_event_raw_sys_exit {
            struct trace_entry ent;
            long int id;
            long int ret;
            char __data[0];
        };

        struct trace_event_raw_sched_process_exec {
            struct trace_entry ent;
            u32 __data_loc_filename;
            pid_t pid;
            pid_t old_pid;
            char __data[0];
        };

        struct trace_event_raw_sched_process_fork {
            struct trace_entry ent;
            u32 __data_loc_parent_comm;
            pid_t parent_pid;
            u32 __data_loc_child_comm;
            pid_t child_pid;
            char __data[0];
        };

        struct trace_event_raw_sched_switch {
            struct trace_entry ent;
            char prev_comm[16];
            pid_t prev_pid;
            int prev_prio;
            long int prev_state;
            char next_comm[16];
            pid_t next_pid;
            int next_prio;
            char __data[0];
        };

        struct trace_event_raw_sched_wakeup_template {
            struct trace_entry ent;
            char comm[16];
            pid_t pid;
            int prio;
            int target_cpu;
            char __data[0];
        };

        struct trace_event_raw_sched_process_template {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            int prio;
            char __data[0];
        };

        struct trace_event_raw_sched_process_exit {
            struct trace_entry ent;
            char comm[16];
            pid_t pid;
            int prio;
            bool group_dead;
            char __data[0];
        };

        struct trace_event_raw_signal_generate {
            struct trace_entry ent;
            int sig;
            int errno;
            int code;
            char comm[16];
            pid_t pid;
            int group;
            int result;
            char __data[0];
        };

        struct trace_event_raw_signal_deliver {
            struct trace_entry ent;
            int sig;
            int errno;
            int code;
            long unsigned int sa_handler;
            long unsigned int sa_flags;
            char __data[0];
        };

        struct trace_event_raw_inet_sock_set_state {
            struct trace_entry ent;
            const void *skaddr;
            int oldstate;
            int newstate;
            __u16 sport;
            __u16 dport;
            __u16 family;
            __u16 protocol;
            __u8 saddr[4];
            __u8 daddr[4];
            __u8 saddr_v6[16];
            __u8 daddr_v6[16];
            char __data[0];
        };

        struct trace_event_raw_tcp_event_sk {
            struct trace_entry ent;
            const void *skaddr;
            __u16 sport;
            __u16 dport;
            __u16 family;
            __u8 saddr[4];
            __u8 daddr[4];
            __u8 saddr_v6[16];
            __u8 daddr_v6[16];
            __u64 sock_cookie;
            char __data[0];
        };

        struct trace_event_raw_tcp_probe {
            struct trace_entry ent;
            __u8 saddr[28];
            __u8 daddr[28];
            __u16 sport;
            __u16 dport;
            __u16 family;
            __u32 mark;
            __u16 data_len;
            __u32 snd_nxt;
            __u32 snd_una;
            __u32 snd_cwnd;
            __u32 ssthresh;
            __u32 snd_wnd;
            __u32 srtt;
            __u32 rcv_wnd;
            __u64 sock_cookie;
            const void *skbaddr;
            const void *skaddr;
            char __data[0];
        };

        enum skb_drop_reason {
            SKB_NOT_DROPPED_YET = 0,
            SKB_CONSUMED = 1,
            SKB_DROP_REASON_NOT_SPECIFIED = 2,
            SKB_DROP_REASON_NO_SOCKET = 3,
            SKB_DROP_REASON_SOCKET_CLOSE = 4,
            SKB_DROP_REASON_SOCKET_FILTER = 5,
            SKB_DROP_REASON_SOCKET_RCVBUFF = 6,
            SKB_DROP_REASON_UNIX_DISCONNECT = 7,
            SKB_DROP_REASON_UNIX_SKIP_OOB = 8,
            SKB_DROP_REASON_PKT_TOO_SMALL = 9,
            SKB_DROP_REASON_TCP_CSUM = 10,
            SKB_DROP_REASON_UDP_CSUM = 11,
            SKB_DROP_REASON_NETFILTER_DROP = 12,
            SKB_DROP_REASON_OTHERHOST = 13,
            SKB_DROP_REASON_IP_CSUM = 14,
            SKB_DROP_REASON_IP_INHDR = 15,
            SKB_DROP_REASON_IP_RPFILTER = 16,
            SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST = 17,
            SKB_DROP_REASON_XFRM_POLICY = 18,
            SKB_DROP_REASON_IP_NOPROTO = 19,
            SKB_DROP_REASON_PROTO_MEM = 20,
            SKB_DROP_REASON_TCP_AUTH_HDR = 21,
            SKB_DROP_REASON_TCP_MD5NOTFOUND = 22,
            SKB_DROP_REASON_TCP_MD5UNEXPECTED = 23,
            SKB_DROP_REASON_TCP_MD5FAILURE = 24,
            SKB_DROP_REASON_TCP_AONOTFOUND = 25,
            SKB_DROP_REASON_TCP_AOUNEXPECTED = 26,
            SKB_DROP_REASON_TCP_AOKEYNOTFOUND = 27,
            SKB_DROP_REASON_TCP_AOFAILURE = 28,
            SKB_DROP_REASON_SOCKET_BACKLOG = 29,
            SKB_DROP_REASON_TCP_FLAGS = 30,
            SKB_DROP_REASON_TCP_ABORT_ON_DATA = 31,
            SKB_DROP_REASON_TCP_ZEROWINDOW = 32,
            SKB_DROP_REASON_TCP_OLD_DATA = 33,
            SKB_DROP_REASON_TCP_OVERWINDOW = 34,
            SKB_DROP_REASON_TCP_OFOMERGE = 35,
            SKB_DROP_REASON_TCP_RFC7323_PAWS = 36,
            SKB_DROP_REASON_TCP_RFC7323_PAWS_ACK = 37,
            SKB_DROP_REASON_TCP_RFC7323_TW_PAWS = 38,
            SKB_DROP_REASON_TCP_RFC7323_TSECR = 39,
            SKB_DROP_REASON_TCP_LISTEN_OVERFLOW = 40,
            SKB_DROP_REASON_TCP_OLD_SEQUENCE = 41,
            SKB_DROP_REASON_TCP_INVALID_SEQUENCE = 42,
            SKB_DROP_REASON_TCP_INVALID_END_SEQUENCE = 43,
            SKB_DROP_REASON_TCP_INVALID_ACK_SEQUENCE = 44,
            SKB_DROP_REASON_TCP_RESET = 45,
            SKB_DROP_REASON_TCP_INVALID_SYN = 46,
            SKB_DROP_REASON_TCP_CLOSE = 47,
            SKB_DROP_REASON_TCP_FASTOPEN = 48,
            SKB_DROP_REASON_TCP_OLD_ACK = 49,
            SKB_DROP_REASON_TCP_TOO_OLD_ACK = 50,
            SKB_DROP_REASON_TCP_ACK_UNSENT_DATA = 51,
            SKB_DROP_REASON_TCP_OFO_QUEUE_PRUNE = 52,
            SKB_DROP_REASON_TCP_OFO_DROP = 53,
            SKB_DROP_REASON_IP_OUTNOROUTES = 54,
            SKB_DROP_REASON_BPF_CGROUP_EGRESS = 55,
            SKB_DROP_REASON_IPV6DISABLED = 56,
            SKB_DROP_REASON_NEIGH_CREATEFAIL = 57,
            SKB_DROP_REASON_NEIGH_FAILED = 58,
            SKB_DROP_REASON_NEIGH_QUEUEFULL = 59,
            SKB_DROP_REASON_NEIGH_DEAD = 60,
            SKB_DROP_REASON_NEIGH_HH_FILLFAIL = 61,
            SKB_DROP_REASON_TC_EGRESS = 62,
            SKB_DROP_REASON_SECURITY_HOOK = 63,
            SKB_DROP_REASON_QDISC_DROP = 64,
            SKB_DROP_REASON_QDISC_OVERLIMIT = 65,
            SKB_DROP_REASON_QDISC_CONGESTED = 66,
            SKB_DROP_REASON_CAKE_FLOOD = 67,
            SKB_DROP_REASON_FQ_BAND_LIMIT = 68,
            SKB_DROP_REASON_FQ_HORIZON_LIMIT = 69,
            SKB_DROP_REASON_FQ_FLOW_LIMIT = 70,
            SKB_DROP_REASON_CPU_BACKLOG = 71,
            SKB_DROP_REASON_XDP = 72,
            SKB_DROP_REASON_TC_INGRESS = 73,
            SKB_DROP_REASON_UNHANDLED_PROTO = 74,
            SKB_DROP_REASON_SKB_CSUM = 75,
            SKB_DROP_REASON_SKB_GSO_SEG = 76,
            SKB_DROP_REASON_SKB_UCOPY_FAULT = 77,
            SKB_DROP_REASON_DEV_HDR = 78,
            SKB_DROP_REASON_DEV_READY = 79,
            SKB_DROP_REASON_FULL_RING = 80,
            SKB_DROP_REASON_NOMEM = 81,
            SKB_DROP_REASON_HDR_TRUNC = 82,
            SKB_DROP_REASON_TAP_FILTER = 83,
            SKB_DROP_REASON_TAP_TXFILTER = 84,
            SKB_DROP_REASON_ICMP_CSUM = 85,
            SKB_DROP_REASON_INVALID_PROTO = 86,
            SKB_DROP_REASON_IP_INADDRERRORS = 87,
            SKB_DROP_REASON_IP_INNOROUTES = 88,
            SKB_DROP_REASON_IP_LOCAL_SOURCE = 89,
            SKB_DROP_REASON_IP_INVALID_SOURCE = 90,
            SKB_DROP_REASON_IP_LOCALNET = 91,
            SKB_DROP_REASON_IP_INVALID_DEST = 92,
            SKB_DROP_REASON_PKT_TOO_BIG = 93,
            SKB_DROP_REASON_DUP_FRAG = 94,
            SKB_DROP_REASON_FRAG_REASM_TIMEOUT = 95,
            SKB_DROP_REASON_FRAG_TOO_FAR = 96,
            SKB_DROP_REASON_TCP_MINTTL = 97,
            SKB_DROP_REASON_IPV6_BAD_EXTHDR = 98,
            SKB_DROP_REASON_IPV6_NDISC_FRAG = 99,
            SKB_DROP_REASON_IPV6_NDISC_HOP_LIMIT = 100,
            SKB_DROP_REASON_IPV6_NDISC_BAD_CODE = 101,
            SKB_DROP_REASON_IPV6_NDISC_BAD_OPTIONS = 102,
            SKB_DROP_REASON_IPV6_NDISC_NS_OTHERHOST = 103,
            SKB_DROP_REASON_QUEUE_PURGE = 104,
            SKB_DROP_REASON_TC_COOKIE_ERROR = 105,
            SKB_DROP_REASON_PACKET_SOCK_ERROR = 106,
            SKB_DROP_REASON_TC_CHAIN_NOTFOUND = 107,
            SKB_DROP_REASON_TC_RECLASSIFY_LOOP = 108,
            SKB_DROP_REASON_VXLAN_INVALID_HDR = 109,
            SKB_DROP_REASON_VXLAN_VNI_NOT_FOUND = 110,
            SKB_DROP_REASON_MAC_INVALID_SOURCE = 111,
            SKB_DROP_REASON_VXLAN_ENTRY_EXISTS = 112,
            SKB_DROP_REASON_NO_TX_TARGET = 113,
            SKB_DROP_REASON_IP_TUNNEL_ECN = 114,
            SKB_DROP_REASON_TUNNEL_TXINFO = 115,
            SKB_DROP_REASON_LOCAL_MAC = 116,
            SKB_DROP_REASON_ARP_PVLAN_DISABLE = 117,
            SKB_DROP_REASON_MAC_IEEE_MAC_CONTROL = 118,
            SKB_DROP_REASON_BRIDGE_INGRESS_STP_STATE = 119,
            SKB_DROP_REASON_CAN_RX_INVALID_FRAME = 120,
            SKB_DROP_REASON_CANFD_RX_INVALID_FRAME = 121,
            SKB_DROP_REASON_CANXL_RX_INVALID_FRAME = 122,
            SKB_DROP_REASON_PFMEMALLOC = 123,
            SKB_DROP_REASON_DUALPI2_STEP_DROP = 124,
            SKB_DROP_REASON_PSP_INPUT = 125,
            SKB_DROP_REASON_PSP_OUTPUT = 126,
            SKB_DROP_REASON_RECURSION_LIMIT = 127,
            SKB_DROP_REASON_MAX = 128,
            SKB_DROP_REASON_SUBSYS_MASK = 4294901760,
        };

        struct trace_event_raw_kfree_skb {
            struct trace_entry ent;
            void *skbaddr;
            void *location;
            void *rx_sk;
            short unsigned int protocol;
            enum skb_drop_reason reason;
            char __data[0];
        };

        struct trace_event_raw_block_rq {
            struct trace_entry ent;
            dev_t dev;
            sector_t sector;
            unsigned int nr_sector;
            unsigned int bytes;
            short unsigned int ioprio;
            char rwbs[10];
            char comm[16];
            u32 __data_loc_cmd;
            char __data[0];
        };

        struct trace_event_raw_block_rq_completion {
            struct trace_entry ent;
            dev_t dev;
            sector_t sector;
            unsigned int nr_sector;
            int error;
            short unsigned int ioprio;
            char rwbs[10];
            u32 __data_loc_cmd;
            char __data[0];
        };

        struct trace_event_raw_block_bio {
            struct trace_entry ent;
            dev_t dev;
            sector_t sector;
            unsigned int nr_sector;
            char rwbs[10];
            char comm[16];
            char __data[0];
        };

        struct trace_event_raw_irq_handler_entry {
            struct trace_entry ent;
            int irq;
            u32 __data_loc_name;
            char __data[0];
        };

        struct trace_event_raw_irq_handler_exit {
            struct trace_entry ent;
            int irq;
            int ret;
            char __data[0];
        };

        struct trace_event_raw_softirq {
            struct trace_entry ent;
            unsigned int vec;
            char __data[0];
        };

        struct trace_event_raw_kmalloc {
            struct trace_entry ent;
            long unsigned int call_site;
            const void *ptr;
            size_t bytes_req;
            size_t bytes_alloc;
            long unsigned int gfp_flags;
            int node;
            char __data[0];
        };

        struct trace_event_raw_kfree {
            struct trace_entry ent;
            long unsigned int call_site;
            const void *ptr;
            char __data[0];
        };

        struct trace_event_raw_kmem_cache_alloc {
            struct trace_entry ent;
            long unsigned int call_site;
            const void *ptr;
            u32 __data_loc_name;
            size_t bytes_req;
            size_t bytes_alloc;
            long unsigned int gfp_flags;
            int node;
            bool accounted;
            char __data[0];
        };

        struct trace_event_raw_kmem_cache_free {
            struct trace_entry ent;
            long unsigned int call_site;
            const void *ptr;
            u32 __data_loc_name;
            char __data[0];
        };

        struct trace_event_raw_mm_page_alloc {
            struct trace_entry ent;
            long unsigned int pfn;
            unsigned int order;
            long unsigned int gfp_flags;
            int migratetype;
            char __data[0];
        };

        struct trace_event_raw_mm_page_free {
            struct trace_entry ent;
            long unsigned int pfn;
            unsigned int order;
            char __data[0];
        };

        struct trace_event_raw_cpu {
            struct trace_entry ent;
            u32 state;
            u32 cpu_id;
            char __data[0];
        };

        struct trace_event_raw_net_dev_template {
            struct trace_entry ent;
            void *skbaddr;
            unsigned int len;
            u32 __data_loc_name;
            char __data[0];
        };

        struct trace_event_raw_net_dev_xmit {
            struct trace_entry ent;
            void *skbaddr;
            unsigned int len;
            int rc;
            u32 __data_loc_name;
            char __data[0];
        };

        struct trace_event_raw_napi_poll {
            struct trace_entry ent;
            struct napi_struct *napi;
            u32 __data_loc_dev_name;
            int work;
            int budget;
            char __data[0];
        };

        struct trace_event_raw_timer_start {
            struct trace_entry ent;
            void *timer;
            void *function;
            long unsigned int expires;
            long unsigned int bucket_expiry;
            long unsigned int now;
            unsigned int flags;
            char __data[0];
        };

        struct trace_event_raw_oom_score_adj_update {
            struct trace_entry ent;
            pid_t pid;
            char comm[16];
            short int oom_score_adj;
            char __data[0];
        };

        struct trace_event_raw_mark_victim {
            struct trace_entry ent;
            int pid;
            u32 __data_loc_comm;
            long unsigned int total_vm;
            long unsigned int anon_rss;
            long unsigned int file_rss;
            long unsigned int shmem_rss;
            uid_t uid;
            long unsigned int pgtables;
            short int oom_score_adj;
            char __data[0];
        };

        struct trace_event_raw_workqueue_execute_start {
            struct trace_entry ent;
            void *work;
            void *function;
            char __data[0];
        };

        struct trace_event_raw_task_newtask {
            struct trace_entry ent;
            pid_t pid;
            char comm[16];
            u64 clone_flags;
            short int oom_score_adj;
            char __data[0];
        };

        struct trace_event_raw_task_rename {
            struct trace_entry ent;
            pid_t pid;
            char oldcomm[16];
            char newcomm[16];
            short int oom_score_adj;
            char __data[0];
        };

        struct trace_event_raw_sched_stat_runtime {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            u64 runtime;
            char __data[0];
        };

        struct trace_event_raw_sched_migrate_task {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            int prio;
            int orig_cpu;
            int dest_cpu;
            char __data[0];
        };

        struct trace_event_raw_exceptions {
            struct trace_entry ent;
            long unsigned int address;
            long unsigned int ip;
            long unsigned int error_code;
            char __data[0];
        };

        struct trace_event_raw_bpf_trace_printk {
            struct trace_entry ent;
            u32 __data_loc_bpf_string;
            char __data[0];
        };

        struct trace_event_raw_xdp_exception {
            struct trace_entry ent;
            int prog_id;
            u32 act;
            int ifindex;
            char __data[0];
        };

        struct syscall_trace_enter {
            struct trace_entry ent;
            int nr;
            long unsigned int args[0];
        };

        struct syscall_trace_exit {
            struct trace_entry ent;
            int nr;
            long int ret;
        };
        """#
}
