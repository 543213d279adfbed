extension VMLinux {
    /// Structures that others point to.
    static let declarations = #"""
        struct Qdisc; struct Qdisc_ops; struct address_space; struct audit_context;
        struct audit_names; struct bio; struct bio_list; struct blk_mq_ctx; struct blk_mq_hw_ctx;
        struct block_device; struct bpf_cpumask; struct bpf_crypto_ctx; struct bpf_crypto_params;
        struct bpf_crypto_type; struct bpf_ct_opts; struct bpf_iter_bits; struct bpf_iter_css;
        struct bpf_iter_css_task; struct bpf_iter_kmem_cache; struct bpf_iter_meta;
        struct bpf_iter_task; struct bpf_iter_task_vma; struct bpf_key; struct bpf_link;
        struct bpf_local_storage; struct bpf_map; struct bpf_prog; struct bpf_prog_aux;
        struct bpf_res_spin_lock; struct bpf_run_ctx; struct bpf_sock_addr_kern;
        struct bpf_sock_ops_kern; struct bpf_tcp_req_attrs; struct bpf_xfrm_state_opts;
        struct callback_head; struct cdev; struct cfs_rq; struct cgroup; struct cgroup_namespace;
        struct cgroup_root; struct cgroup_subsys; struct cgroup_subsys_state; struct completion;
        struct cpumask; struct cred; struct css_set; struct dentry; struct dentry_operations;
        struct device; struct dma_buf; struct dst_entry; struct dst_ops; struct elevator_queue;
        struct elevator_type; struct ethtool_ops; struct fdtable; struct fib6_info; struct file;
        struct file_operations; struct file_system_type; struct files_struct; struct fown_struct;
        struct fs_struct; struct gendisk; struct group_info; struct hlist_node;
        struct hlist_nulls_node; struct hrtimer; struct in6_addr; struct inet_bind_bucket;
        struct inode; struct inode_operations; struct io_context; struct io_uring_task;
        struct iov_iter; struct iovec; struct ip_options_rcu; struct ipc_namespace;
        struct ipv6_pinfo; struct kallsym_iter; struct kernfs_node; struct key; struct kiocb;
        struct kmem_cache; struct kobject; struct list_head; struct llist_node; struct mem_cgroup;
        struct mm_struct; struct mnt_idmap; struct mnt_namespace; struct module; struct mount;
        struct napi_struct; struct net; struct net_device; struct net_device_ops;
        struct netdev_queue; struct netlink_sock; struct nf_conn; struct nf_conn___init;
        struct nf_hook_state; struct nlattr; struct nsproxy; struct perf_event_context;
        struct pid; struct pid_namespace; struct pidfs_attr; struct pipe_inode_info;
        struct proc_dir_entry; struct proc_ns_operations; struct proto; struct proto_ops;
        struct rb_node; struct request_queue; struct request_sock; struct request_sock_ops;
        struct robust_list_head; struct rq; struct rseq; struct rtnl_link_ops;
        struct sched_entity; struct seccomp_filter; struct seq_file; struct sighand_struct;
        struct signal_struct; struct sk_buff; struct sock; struct sock_common; struct socket;
        struct socket_wq; struct super_block; struct super_operations; struct task_delay_info;
        struct task_struct; struct tcp_congestion_ops; struct time_namespace; struct timer_list;
        struct tty_driver; struct tty_struct; struct ucounts; struct udp_sock;
        struct unix_address; struct unix_sock; struct user_namespace; struct user_struct;
        struct uts_namespace; struct vfsmount; struct vm_area_struct; struct vm_operations_struct;
        struct work_struct; struct xdp_rxq_info; struct xdp_txq_info; struct xfrm_state;
        struct zonelist; union nf_inet_addr;
        """#
}
