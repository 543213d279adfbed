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
