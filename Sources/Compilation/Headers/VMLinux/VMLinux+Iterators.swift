extension VMLinux {
    /// Contexts of iterators.
    static let iterators = #"""
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
        """#
}
