extension VMLinux {
    /// Maps, programs and links of BPF, synchronisation, and what else programs meet.
    static let miscellany = #"""
        struct bpf_map {
            struct bpf_map *inner_map_meta;
            enum bpf_map_type map_type;
            u32 key_size;
            u32 value_size;
            u32 max_entries;
            u64 map_extra;
            u32 map_flags;
            u32 id;
            u32 btf_key_type_id;
            u32 btf_value_type_id;
            char name[16];
            bool frozen;
        };

        struct bpf_prog {
            u16 pages;
            u16 jited: 1;
            enum bpf_prog_type type;
            enum bpf_attach_type expected_attach_type;
            u32 len;
            u32 jited_len;
            union {
                u8 tag[8];
            };
            struct bpf_prog_aux *aux;
        };

        struct bpf_prog_aux {
            u32 used_map_cnt;
            u32 stack_depth;
            u32 id;
            u32 func_cnt;
            u32 attach_btf_id;
            u32 ctx_arg_info_size;
            struct bpf_prog *dst_prog;
            const char *attach_func_name;
            struct bpf_prog *prog;
            u64 load_time;
            u32 verified_insns;
            char name[16];
        };

        struct bpf_link {
            u32 id;
            enum bpf_link_type type;
            struct bpf_prog *prog;
        };

        struct bpf_cpumask {
            cpumask_t cpumask;
            refcount_t usage;
        };

        struct bpf_local_storage_map {
            struct bpf_map map;
            u16 elem_size;
        };

        struct perf_event {
            enum perf_event_state state;
        };

        struct perf_branch_entry {
            __u64 from;
            __u64 to;
            __u64 mispred: 1;
            __u64 predicted: 1;
            __u64 in_tx: 1;
            __u64 abort: 1;
            __u64 cycles: 16;
            __u64 type: 4;
            __u64 spec: 2;
            __u64 new_type: 4;
            __u64 priv: 3;
            __u64 reserved: 31;
        };

        struct tty_struct {
            int index;
            struct tty_driver *driver;
            char name[64];
        };

        struct hrtimer {
            enum hrtimer_restart (*function)(struct hrtimer *);
            u8 state;
        };

        struct timer_list {
            long unsigned int expires;
            void (*function)(struct timer_list *);
            u32 flags;
        };

        typedef void (*work_func_t)(struct work_struct *);

        struct work_struct {
            atomic_long_t data;
            struct list_head entry;
            work_func_t func;
        };

        struct completion {
            unsigned int done;
        };

        struct mutex {
            atomic_long_t owner;
        };

        struct rw_semaphore {
            atomic_long_t count;
            atomic_long_t owner;
        };

        struct kobject {
            const char *name;
            struct kobject *parent;
        };

        struct device {
            struct device *parent;
            dev_t devt;
            u32 id;
        };

        struct percpu_counter {
            s64 count;
            s32 *counters;
        };

        typedef unsigned int slab_flags_t;

        struct kmem_cache {
            slab_flags_t flags;
            unsigned int size;
            unsigned int object_size;
            const char *name;
        };

        struct mem_cgroup {
            struct cgroup_subsys_state css;
        };

        struct cfs_rq {
            unsigned int nr_queued;
            struct sched_entity *curr;
            struct rq *rq;
        };

        struct rq {
            unsigned int nr_running;
            struct cfs_rq cfs;
            union {
                struct task_struct *curr;
            };
            struct task_struct *idle;
            u64 clock;
            u64 clock_task;
            int cpu;
        };

        struct io_context {
            atomic_t active_ref;
            short unsigned int ioprio;
        };

        struct user_regs_struct {
            long unsigned int r15;
            long unsigned int r14;
            long unsigned int r13;
            long unsigned int r12;
            long unsigned int bp;
            long unsigned int bx;
            long unsigned int r11;
            long unsigned int r10;
            long unsigned int r9;
            long unsigned int r8;
            long unsigned int ax;
            long unsigned int cx;
            long unsigned int dx;
            long unsigned int si;
            long unsigned int di;
            long unsigned int orig_ax;
            long unsigned int ip;
            long unsigned int cs;
            long unsigned int flags;
            long unsigned int sp;
            long unsigned int ss;
            long unsigned int fs_base;
            long unsigned int gs_base;
            long unsigned int ds;
            long unsigned int es;
            long unsigned int fs;
            long unsigned int gs;
        };

        struct sched_param {
            int sched_priority;
        };

        typedef long long int __kernel_time64_t;

        struct __kernel_timespec {
            __kernel_time64_t tv_sec;
            long long int tv_nsec;
        };

        struct itimerspec64 {
            struct timespec64 it_interval;
            struct timespec64 it_value;
        };

        struct iovec {
            void *iov_base;
            __kernel_size_t iov_len;
        };

        struct msghdr {
            void *msg_name;
            int msg_namelen;
            struct iov_iter msg_iter;
            union {
                void *msg_control;
            };
            unsigned int msg_flags;
            __kernel_size_t msg_controllen;
        };

        struct user_msghdr {
            void *msg_name;
            int msg_namelen;
            struct iovec *msg_iov;
            __kernel_size_t msg_iovlen;
            void *msg_control;
            __kernel_size_t msg_controllen;
            unsigned int msg_flags;
        };

        struct elevator_type {
            const char *elevator_name;
        };

        struct elevator_queue {
            struct elevator_type *type;
        };

        struct qdisc_skb_cb {
            struct {
                unsigned int pkt_len;
            };
        };

        struct oom_control {
            struct zonelist *zonelist;
            nodemask_t *nodemask;
            struct mem_cgroup *memcg;
            const gfp_t gfp_mask;
            const int order;
            long unsigned int totalpages;
            struct task_struct *chosen;
            long int chosen_points;
            enum oom_constraint constraint;
        };

        struct nlmsghdr {
            __u32 nlmsg_len;
            __u16 nlmsg_type;
            __u16 nlmsg_flags;
            __u32 nlmsg_seq;
            __u32 nlmsg_pid;
        };

        struct netlink_ext_ack {
            const char *_msg;
            const struct nlattr *bad_attr;
        };

        struct linux_dirent64 {
            u64 d_ino;
            s64 d_off;
            short unsigned int d_reclen;
            unsigned char d_type;
            char d_name[0];
        };

        struct linux_dirent {
            long unsigned int d_ino;
            long unsigned int d_off;
            short unsigned int d_reclen;
            char d_name[0];
        };

        struct bpf_ct_opts {
            s32 netns_id;
            s32 error;
            u8 l4proto;
            u8 dir;
            u16 ct_zone_id;
            u8 ct_zone_dir;
            u8 reserved[3];
        };

        struct bpf_res_spin_lock {
            u32 val;
        };

        struct hid_device {
            __u16 bus;
            __u32 vendor;
            __u32 product;
            char name[128];
            unsigned int id;
        };

        struct bpf_crypto_params {
            char type[14];
            u8 reserved[2];
            char algo[128];
            u8 key[256];
            u32 key_len;
            u32 authsize;
        };

        struct nf_conn___init {
            struct nf_conn ct;
        };

        typedef union {
            __be32 a4;
            __be32 a6[4];
            struct in6_addr in6;
        } xfrm_address_t;

        struct bpf_xfrm_state_opts {
            s32 error;
            s32 netns_id;
            u32 mark;
            xfrm_address_t daddr;
            __be32 spi;
            u8 proto;
            u16 family;
        };

        struct bpf_crypto_ctx {
            const struct bpf_crypto_type *type;
            void *tfm;
            u32 siv_len;
            struct callback_head rcu;
            refcount_t usage;
        };

        typedef irqreturn_t (*irq_handler_t)(int, void *);

        struct irqaction {
            irq_handler_t handler;
            void *dev_id;
            struct task_struct *thread;
            unsigned int irq;
            unsigned int flags;
            const char *name;
        };

        struct netlink_sock {
            struct sock sk;
            u32 portid;
            u32 dst_portid;
            long unsigned int *groups;
        };

        struct trace_event_raw_percpu_alloc_percpu {
            struct trace_entry ent;
            long unsigned int call_site;
            bool reserved;
            bool is_atomic;
            size_t size;
            size_t align;
            void *base_addr;
            int off;
            void *ptr;
            size_t bytes_alloc;
            long unsigned int gfp_flags;
            char __data[0];
        };

        struct trace_event_raw_percpu_free_percpu {
            struct trace_entry ent;
            void *base_addr;
            int off;
            void *ptr;
            char __data[0];
        };

        struct trace_event_raw_sched_process_wait {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            int prio;
            char __data[0];
        };

        struct trace_event_raw_sched_process_hang {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            char __data[0];
        };

        struct trace_event_raw_sched_pi_setprio {
            struct trace_entry ent;
            u32 __data_loc_comm;
            pid_t pid;
            int oldprio;
            int newprio;
            char __data[0];
        };

        struct trace_event_raw_tcp_retransmit_synack {
            struct trace_entry ent;
            const void *skaddr;
            const void *req;
            __u16 sport;
            __u16 dport;
            __u16 family;
            __u8 saddr[4];
            __u8 daddr[4];
            __u8 saddr_v6[16];
            __u8 daddr_v6[16];
            char __data[0];
        };

        struct trace_event_raw_tcp_send_reset {
            struct trace_entry ent;
            const void *skbaddr;
            const void *skaddr;
            int state;
            enum sk_rst_reason reason;
            __u8 saddr[28];
            __u8 daddr[28];
            char __data[0];
        };

        struct trace_event_raw_block_rq_requeue {
            struct trace_entry ent;
            dev_t dev;
            sector_t sector;
            unsigned int nr_sector;
            short unsigned int ioprio;
            char rwbs[10];
            u32 __data_loc_cmd;
            char __data[0];
        };

        struct trace_event_raw_udp_fail_queue_rcv_skb {
            struct trace_entry ent;
            int rc;
            __u16 sport;
            __u16 dport;
            __u16 family;
            __u8 saddr[28];
            __u8 daddr[28];
            char __data[0];
        };

        struct trace_event_raw_skb_copy_datagram_iovec {
            struct trace_entry ent;
            const void *skbaddr;
            int len;
            char __data[0];
        };

        struct trace_event_raw_consume_skb {
            struct trace_entry ent;
            void *skbaddr;
            void *location;
            char __data[0];
        };

        struct trace_event_raw_rcu_utilization {
            struct trace_entry ent;
            const char *s;
            char __data[0];
        };
        """#
}
