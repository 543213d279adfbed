extension VMLinux {
    /// Credentials, namespaces and control groups.
    static let namespaces = #"""
        struct cred {
            atomic_long_t usage;
            kuid_t uid;
            kgid_t gid;
            kuid_t suid;
            kgid_t sgid;
            kuid_t euid;
            kgid_t egid;
            kuid_t fsuid;
            kgid_t fsgid;
            unsigned int securebits;
            kernel_cap_t cap_inheritable;
            kernel_cap_t cap_permitted;
            kernel_cap_t cap_effective;
            kernel_cap_t cap_bset;
            kernel_cap_t cap_ambient;
            unsigned char jit_keyring;
            struct key *session_keyring;
            struct key *process_keyring;
            struct key *thread_keyring;
            struct key *request_key_auth;
            void *security;
            struct user_struct *user;
            struct user_namespace *user_ns;
            struct ucounts *ucounts;
            struct group_info *group_info;
            union {
                int non_rcu;
                struct callback_head rcu;
            };
        };

        struct group_info {
            refcount_t usage;
            int ngroups;
            kgid_t gid[0];
        };

        struct ns_common {
            struct dentry *stashed;
            const struct proc_ns_operations *ops;
            unsigned int inum;
        };

        struct user_namespace {
            struct user_namespace *parent;
            int level;
            kuid_t owner;
            kgid_t group;
            struct ns_common ns;
            long unsigned int flags;
        };

        struct user_struct {
            kuid_t uid;
        };

        struct wait_queue_head {
            spinlock_t lock;
            struct list_head head;
        };

        typedef struct wait_queue_head wait_queue_head_t;

        struct upid {
            int nr;
            struct pid_namespace *ns;
        };

        struct pid {
            refcount_t count;
            unsigned int level;
            spinlock_t lock;
            struct {
                u64 ino;
                struct rb_node pidfs_node;
                struct dentry *stashed;
                struct pidfs_attr *attr;
            };
            struct hlist_head tasks[4];
            struct hlist_head inodes;
            wait_queue_head_t wait_pidfd;
            struct callback_head rcu;
            struct upid numbers[0];
        };

        struct pid_namespace {
            struct task_struct *child_reaper;
            unsigned int level;
            struct pid_namespace *parent;
            struct user_namespace *user_ns;
            struct ns_common ns;
        };

        struct nsproxy {
            refcount_t count;
            struct uts_namespace *uts_ns;
            struct ipc_namespace *ipc_ns;
            struct mnt_namespace *mnt_ns;
            struct pid_namespace *pid_ns_for_children;
            struct net *net_ns;
            struct time_namespace *time_ns;
            struct time_namespace *time_ns_for_children;
            struct cgroup_namespace *cgroup_ns;
        };

        struct new_utsname {
            char sysname[65];
            char nodename[65];
            char release[65];
            char version[65];
            char machine[65];
            char domainname[65];
        };

        struct uts_namespace {
            struct new_utsname name;
            struct user_namespace *user_ns;
            struct ns_common ns;
        };

        struct ipc_namespace {
            struct user_namespace *user_ns;
            struct ns_common ns;
        };

        struct mnt_namespace {
            struct ns_common ns;
            struct mount *root;
            struct user_namespace *user_ns;
        };

        struct cgroup_namespace {
            struct ns_common ns;
            struct user_namespace *user_ns;
            struct css_set *root_cset;
        };

        struct time_namespace {
            struct user_namespace *user_ns;
            struct ns_common ns;
        };

        struct netns_ipv4 {
            int sysctl_tcp_wmem[3];
            int sysctl_tcp_rmem[3];
            u8 sysctl_ip_default_ttl;
            const struct tcp_congestion_ops *tcp_congestion_control;
        };

        struct net {
            unsigned int dev_base_seq;
            u32 ifindex;
            struct user_namespace *user_ns;
            struct ns_common ns;
            struct proc_dir_entry *proc_net;
            u32 hash_mix;
            struct net_device *loopback_dev;
            struct netns_ipv4 ipv4;
            u64 net_cookie;
        };

        struct css_set {
            struct cgroup_subsys_state *subsys[12];
            refcount_t refcount;
            struct cgroup *dfl_cgrp;
        };

        struct cgroup_subsys_state {
            struct cgroup *cgroup;
            struct cgroup_subsys *ss;
            int id;
            unsigned int flags;
            u64 serial_nr;
            struct cgroup_subsys_state *parent;
        };

        struct cgroup {
            struct cgroup_subsys_state self;
            long unsigned int flags;
            int level;
            int max_depth;
            int nr_descendants;
            struct kernfs_node *kn;
            struct cgroup_root *root;
            struct cgroup *ancestors[0];
        };

        struct kernfs_node {
            struct kernfs_node *__parent;
            const char *name;
            unsigned int hash;
            short unsigned int flags;
            umode_t mode;
            u64 id;
            void *priv;
        };

        struct cgroup_root {
            int hierarchy_id;
            struct cgroup cgrp;
        };

        struct path {
            struct vfsmount *mnt;
            struct dentry *dentry;
        };

        struct fs_struct {
            int users;
            int umask;
            struct path root;
            struct path pwd;
        };

        struct files_struct {
            atomic_t count;
            struct fdtable *fdt;
            unsigned int next_fd;
        };

        struct fdtable {
            unsigned int max_fds;
            struct file **fd;
            long unsigned int *open_fds;
        };

        typedef u32 errseq_t;
        """#
}
