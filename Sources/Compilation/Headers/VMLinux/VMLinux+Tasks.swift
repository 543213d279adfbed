extension VMLinux {
    /// Lists, tasks and their memory.
    static let tasks = #"""
        typedef unsigned int gfp_t;
        typedef unsigned int fmode_t;
        typedef u32 __kernel_dev_t;
        typedef __kernel_dev_t dev_t;
        typedef short unsigned int umode_t;
        typedef int kprobe_opcode_t;
        typedef long long int __kernel_loff_t;
        typedef __kernel_loff_t loff_t;
        typedef u64 sector_t;
        typedef __u32 blk_opf_t;
        typedef u8 blk_status_t;
        typedef s64 ktime_t;
        typedef enum irqreturn irqreturn_t;

        typedef struct {
            uid_t val;
        } kuid_t;

        typedef struct {
            gid_t val;
        } kgid_t;

        typedef struct {
            u64 val;
        } kernel_cap_t;

        typedef struct {
            int counter;
        } atomic_t;

        typedef struct {
            s64 counter;
        } atomic64_t;

        typedef atomic64_t atomic_long_t;

        struct refcount_struct {
            atomic_t refs;
        };

        typedef struct refcount_struct refcount_t;

        struct qspinlock {
            union {
                atomic_t val;
                struct {
                    u8 locked;
                    u8 pending;
                };
                struct {
                    u16 locked_pending;
                    u16 tail;
                };
            };
        };

        typedef struct qspinlock arch_spinlock_t;

        struct raw_spinlock {
            arch_spinlock_t raw_lock;
        };

        struct spinlock {
            union {
                struct raw_spinlock rlock;
            };
        };

        typedef struct spinlock spinlock_t;
        typedef int __kernel_clockid_t;
        typedef __kernel_clockid_t clockid_t;
        typedef __s64 time64_t;
        typedef u64 blkcnt_t;
        typedef u64 phys_addr_t;
        typedef long unsigned int pteval_t;

        typedef struct {
            long unsigned int sig[1];
        } sigset_t;

        typedef long int __kernel_long_t;
        typedef __kernel_long_t __kernel_off_t;
        typedef __kernel_off_t off_t;
        typedef unsigned int __kernel_mode_t;
        typedef __kernel_mode_t mode_t;
        typedef u32 compat_uptr_t;
        typedef unsigned int vm_fault_t;

        struct cpumask {
            long unsigned int bits[4];
        };

        typedef struct cpumask cpumask_var_t[1];
        typedef struct cpumask cpumask_t;
        typedef u64 netdev_features_t;
        typedef unsigned int sk_buff_data_t;

        typedef struct {
            __u8 b[16];
        } uuid_t;

        typedef struct {
            __u8 b[16];
        } guid_t;

        typedef long unsigned int pgdval_t;

        typedef struct {
            pgdval_t pgd;
        } pgd_t;

        typedef long unsigned int pgprotval_t;

        struct pgprot {
            pgprotval_t pgprot;
        };

        typedef struct pgprot pgprot_t;
        typedef int __kernel_pid_t;
        typedef unsigned int __kernel_uid32_t;
        typedef int __kernel_timer_t;

        union sigval {
            int sival_int;
            void *sival_ptr;
        };

        typedef union sigval sigval_t;
        typedef __kernel_long_t __kernel_clock_t;

        union __sifields {
            struct {
                __kernel_pid_t _pid;
                __kernel_uid32_t _uid;
            } _kill;
            struct {
                __kernel_timer_t _tid;
                int _overrun;
                sigval_t _sigval;
                int _sys_private;
            } _timer;
            struct {
                __kernel_pid_t _pid;
                __kernel_uid32_t _uid;
                sigval_t _sigval;
            } _rt;
            struct {
                __kernel_pid_t _pid;
                __kernel_uid32_t _uid;
                int _status;
                __kernel_clock_t _utime;
                __kernel_clock_t _stime;
            } _sigchld;
            struct {
                void *_addr;
                union {
                    int _trapno;
                    short int _addr_lsb;
                    struct {
                        char _dummy_bnd[8];
                        void *_lower;
                        void *_upper;
                    } _addr_bnd;
                    struct {
                        char _dummy_pkey[8];
                        __u32 _pkey;
                    } _addr_pkey;
                    struct {
                        long unsigned int _data;
                        __u32 _type;
                        __u32 _flags;
                    } _perf;
                };
            } _sigfault;
            struct {
                long int _band;
                int _fd;
            } _sigpoll;
            struct {
                void *_call_addr;
                int _syscall;
                unsigned int _arch;
            } _sigsys;
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

        typedef struct siginfo siginfo_t;
        typedef __builtin_va_list va_list;
        typedef long long int qsize_t;
        typedef __u32 req_flags_t;
        typedef unsigned int __poll_t;
        typedef u64 (*bpf_callback_t)(u64, u64, u64, u64, u64);

        struct list_head {
            struct list_head *next;
            struct list_head *prev;
        };

        struct hlist_node {
            struct hlist_node *next;
            struct hlist_node **pprev;
        };

        struct hlist_head {
            struct hlist_node *first;
        };

        struct rb_node {
            long unsigned int __rb_parent_color;
            struct rb_node *rb_right;
            struct rb_node *rb_left;
        };

        struct rb_root {
            struct rb_node *rb_node;
        };

        struct callback_head {
            struct callback_head *next;
            void (*func)(struct callback_head *);
        };

        struct llist_node {
            struct llist_node *next;
        };

        struct hlist_nulls_node {
            struct hlist_nulls_node *next;
            struct hlist_nulls_node **pprev;
        };

        struct kref {
            refcount_t refcount;
        };

        struct timespec64 {
            time64_t tv_sec;
            long int tv_nsec;
        };

        struct qstr {
            union {
                struct {
                    u32 hash;
                    u32 len;
                };
                u64 hash_len;
            };
            const unsigned char *name;
        };

        struct lockref {
            union {
                __u64 lock_count;
                struct {
                    int count;
                };
            };
        };

        struct thread_info {
            long unsigned int flags;
            long unsigned int syscall_work;
            u32 status;
            u32 cpu;
        };

        struct load_weight {
            long unsigned int weight;
            u32 inv_weight;
        };

        struct sched_entity {
            struct load_weight load;
            u64 deadline;
            unsigned char on_rq;
            u64 exec_start;
            u64 sum_exec_runtime;
            u64 prev_sum_exec_runtime;
            u64 vruntime;
            u64 slice;
            u64 nr_migrations;
            int depth;
            struct sched_entity *parent;
            struct cfs_rq *cfs_rq;
            struct cfs_rq *my_q;
        };

        struct sigpending {
            struct list_head list;
            sigset_t signal;
        };

        struct seccomp {
            int mode;
            atomic_t filter_count;
            struct seccomp_filter *filter;
        };

        struct kernel_siginfo {
            struct {
                int si_signo;
                int si_errno;
                int si_code;
                union __sifields _sifields;
            };
        };

        typedef struct kernel_siginfo kernel_siginfo_t;

        struct task_io_accounting {
            u64 rchar;
            u64 wchar;
            u64 syscr;
            u64 syscw;
            u64 read_bytes;
            u64 write_bytes;
            u64 cancelled_write_bytes;
        };

        typedef struct {
            long unsigned int bits[16];
        } nodemask_t;

        struct thread_struct {
            long unsigned int sp;
            long unsigned int fsbase;
            long unsigned int gsbase;
        };

        struct task_struct {
            struct thread_info thread_info;
            unsigned int __state;
            void *stack;
            refcount_t usage;
            unsigned int flags;
            unsigned int ptrace;
            int on_cpu;
            int wake_cpu;
            int on_rq;
            int prio;
            int static_prio;
            int normal_prio;
            unsigned int rt_priority;
            struct sched_entity se;
            unsigned int policy;
            int nr_cpus_allowed;
            const cpumask_t *cpus_ptr;
            cpumask_t *user_cpus_ptr;
            int rcu_read_lock_nesting;
            struct list_head tasks;
            struct mm_struct *mm;
            struct mm_struct *active_mm;
            int exit_state;
            int exit_code;
            int exit_signal;
            unsigned int personality;
            unsigned int in_execve: 1;
            unsigned int in_iowait: 1;
            pid_t pid;
            pid_t tgid;
            long unsigned int stack_canary;
            struct task_struct *real_parent;
            struct task_struct *parent;
            struct list_head children;
            struct list_head sibling;
            struct task_struct *group_leader;
            struct list_head ptraced;
            struct pid *thread_pid;
            struct list_head thread_node;
            struct completion *vfork_done;
            int *set_child_tid;
            u64 utime;
            u64 stime;
            u64 gtime;
            long unsigned int nvcsw;
            long unsigned int nivcsw;
            u64 start_time;
            u64 start_boottime;
            long unsigned int min_flt;
            long unsigned int maj_flt;
            const struct cred *ptracer_cred;
            const struct cred *real_cred;
            const struct cred *cred;
            char comm[16];
            struct fs_struct *fs;
            struct files_struct *files;
            struct io_uring_task *io_uring;
            struct nsproxy *nsproxy;
            struct signal_struct *signal;
            struct sighand_struct *sighand;
            sigset_t blocked;
            struct sigpending pending;
            long unsigned int sas_ss_sp;
            struct audit_context *audit_context;
            kuid_t loginuid;
            unsigned int sessionid;
            struct seccomp seccomp;
            struct bio_list *bio_list;
            struct io_context *io_context;
            kernel_siginfo_t *last_siginfo;
            struct task_io_accounting ioac;
            u64 acct_rss_mem1;
            nodemask_t mems_allowed;
            struct css_set *cgroups;
            struct robust_list_head *robust_list;
            struct perf_event_context *perf_event_ctxp;
            struct rseq *rseq;
            struct task_delay_info *delays;
            long unsigned int trace_recursion;
            int pagefault_disabled;
            void *security;
            struct bpf_local_storage *bpf_storage;
            struct bpf_run_ctx *bpf_ctx;
            struct thread_struct thread;
        };

        struct sched_info {
            long unsigned int pcount;
            long long unsigned int run_delay;
            long long unsigned int last_arrival;
            long long unsigned int last_queued;
        };

        typedef long unsigned int __kernel_ulong_t;

        struct rlimit {
            __kernel_ulong_t rlim_cur;
            __kernel_ulong_t rlim_max;
        };

        struct signal_struct {
            atomic_t live;
            int nr_threads;
            int group_exit_code;
            struct pid *pids[4];
            int leader;
            struct tty_struct *tty;
            u64 utime;
            u64 stime;
            u64 cutime;
            u64 cstime;
            long unsigned int nvcsw;
            long unsigned int nivcsw;
            long unsigned int min_flt;
            long unsigned int maj_flt;
            struct rlimit rlim[16];
            short int oom_score_adj;
            short int oom_score_adj_min;
            struct mm_struct *oom_mm;
        };

        struct sighand_struct {
            spinlock_t siglock;
            refcount_t count;
        };

        typedef struct {
            long unsigned int __mm_flags[1];
        } mm_flags_t;

        struct mm_struct {
            struct {
                struct {
                    atomic_t mm_count;
                };
                long unsigned int mmap_base;
                long unsigned int task_size;
                pgd_t *pgd;
                atomic_t mm_users;
                int map_count;
                long unsigned int hiwater_rss;
                long unsigned int hiwater_vm;
                long unsigned int total_vm;
                long unsigned int locked_vm;
                atomic64_t pinned_vm;
                long unsigned int data_vm;
                long unsigned int exec_vm;
                long unsigned int stack_vm;
                long unsigned int start_code;
                long unsigned int end_code;
                long unsigned int start_data;
                long unsigned int end_data;
                long unsigned int start_brk;
                long unsigned int brk;
                long unsigned int start_stack;
                long unsigned int arg_start;
                long unsigned int arg_end;
                long unsigned int env_start;
                long unsigned int env_end;
                mm_flags_t flags;
                struct task_struct *owner;
                struct file *exe_file;
            };
        };

        typedef long unsigned int vm_flags_t;

        struct vm_area_struct {
            union {
                struct {
                    long unsigned int vm_start;
                    long unsigned int vm_end;
                };
            };
            struct mm_struct *vm_mm;
            union {
                const vm_flags_t vm_flags;
            };
            const struct vm_operations_struct *vm_ops;
            long unsigned int vm_pgoff;
            struct file *vm_file;
            void *vm_private_data;
        };
        """#
}
