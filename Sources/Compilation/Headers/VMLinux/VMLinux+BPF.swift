extension VMLinux {
    /// BPF itself: iterators, maps, programs and links; and synchronisation.
    static let bpf = #"""
        struct bpf_iter__ksym {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct kallsym_iter *ksym;
            };
        };

        struct bpf_iter__task__safe_trusted {
            struct bpf_iter_meta *meta;
            struct task_struct *task;
        };

        struct bpf_iter__bpf_map {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_map *map;
            };
        };

        struct bpf_iter__task {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct task_struct *task;
            };
        };

        struct bpf_iter__task_file {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct task_struct *task;
            };
            u32 fd;
            union {
                struct file *file;
            };
        };

        struct bpf_iter__task_vma {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct task_struct *task;
            };
            union {
                struct vm_area_struct *vma;
            };
        };

        struct bpf_iter__bpf_prog {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_prog *prog;
            };
        };

        struct bpf_iter__bpf_link {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_link *link;
            };
        };

        struct bpf_iter__bpf_map_elem {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_map *map;
            };
            union {
                void *key;
            };
            union {
                void *value;
            };
        };

        struct bpf_iter__cgroup {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct cgroup *cgroup;
            };
        };

        struct bpf_iter__kmem_cache {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct kmem_cache *s;
            };
        };

        struct bpf_iter__dmabuf {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct dma_buf *dmabuf;
            };
        };

        struct bpf_iter__sockmap {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_map *map;
            };
            union {
                void *key;
            };
            union {
                struct sock *sk;
            };
        };

        struct bpf_iter__bpf_sk_storage_map {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct bpf_map *map;
            };
            union {
                struct sock *sk;
            };
            union {
                void *value;
            };
        };

        struct bpf_iter__netlink {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct netlink_sock *sk;
            };
        };

        struct bpf_iter__tcp {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct sock_common *sk_common;
            };
            uid_t uid;
        };

        struct bpf_iter__udp {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct udp_sock *udp_sk;
            };
            uid_t uid;
            long: 0;
            int bucket;
        };

        struct bpf_iter__unix {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct unix_sock *unix_sk;
            };
            uid_t uid;
        };

        struct bpf_iter__ipv6_route {
            union {
                struct bpf_iter_meta *meta;
            };
            union {
                struct fib6_info *rt;
            };
        };

        struct bpf_iter_meta {
            union {
                struct seq_file *seq;
            };
            u64 session_id;
            u64 seq_num;
        };

        struct bpf_iter_task {
            __u64 __opaque[3];
        };

        struct bpf_iter_css {
            __u64 __opaque[3];
        };

        struct bpf_iter_css_task {
            __u64 __opaque[1];
        };

        struct bpf_iter_task_vma {
            __u64 __opaque[1];
        };

        struct bpf_iter_bits {
            __u64 __opaque[2];
        };

        struct bpf_iter_kmem_cache {
            __u64 __opaque[1];
        };

        struct bpf_iter_dmabuf {
            __u64 __opaque[1];
        };

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

        enum perf_event_state {
            PERF_EVENT_STATE_DEAD = -5,
            PERF_EVENT_STATE_REVOKED = -4,
            PERF_EVENT_STATE_EXIT = -3,
            PERF_EVENT_STATE_ERROR = -2,
            PERF_EVENT_STATE_OFF = -1,
            PERF_EVENT_STATE_INACTIVE = 0,
            PERF_EVENT_STATE_ACTIVE = 1,
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

        enum hrtimer_restart {
            HRTIMER_NORESTART = 0,
            HRTIMER_RESTART = 1,
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

        struct rq {
            unsigned int nr_running;
            union {
                struct task_struct *curr;
            };
            struct task_struct *idle;
            u64 clock;
            u64 clock_task;
            int cpu;
        };

        struct cfs_rq {
            unsigned int nr_queued;
            struct sched_entity *curr;
        };

        struct io_context {
            atomic_t active_ref;
            short unsigned int ioprio;
        };

        struct siginfo {
            union {
                struct {
                    int si_signo;
                    int si_errno;
                    int si_code;
                    union __sifields _sifields;
                };
                int _si_pad[32];
            };
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
        """#
}
