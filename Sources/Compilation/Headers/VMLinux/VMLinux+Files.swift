extension VMLinux {
    /// Files, directories and mounts, programs being started, block devices.
    static let files = #"""
        struct file {
            fmode_t f_mode;
            const struct file_operations *f_op;
            struct address_space *f_mapping;
            void *private_data;
            struct inode *f_inode;
            unsigned int f_flags;
            unsigned int f_iocb_flags;
            const struct cred *f_cred;
            struct fown_struct *f_owner;
            union {
                const struct path f_path;
            };
            loff_t f_pos;
            errseq_t f_wb_err;
        };

        struct dentry {
            unsigned int d_flags;
            struct dentry *d_parent;
            union {
                struct qstr __d_name;
                const struct qstr d_name;
            };
            struct inode *d_inode;
            const struct dentry_operations *d_op;
            struct super_block *d_sb;
            long unsigned int d_time;
            void *d_fsdata;
            struct lockref d_lockref;
        };

        struct vfsmount {
            struct dentry *mnt_root;
            struct super_block *mnt_sb;
            int mnt_flags;
            struct mnt_idmap *mnt_idmap;
        };

        struct mount {
            struct mount *mnt_parent;
            struct dentry *mnt_mountpoint;
            struct vfsmount mnt;
            const char *mnt_devname;
            struct mnt_namespace *mnt_ns;
            int mnt_id;
        };

        struct super_block {
            dev_t s_dev;
            unsigned char s_blocksize_bits;
            long unsigned int s_blocksize;
            loff_t s_maxbytes;
            struct file_system_type *s_type;
            const struct super_operations *s_op;
            long unsigned int s_flags;
            long unsigned int s_iflags;
            long unsigned int s_magic;
            struct dentry *s_root;
            struct block_device *s_bdev;
            void *s_fs_info;
            char s_id[32];
            uuid_t s_uuid;
            struct user_namespace *s_user_ns;
        };

        struct file_system_type {
            const char *name;
            int fs_flags;
            struct module *owner;
        };

        struct inode {
            umode_t i_mode;
            short unsigned int i_opflags;
            kuid_t i_uid;
            kgid_t i_gid;
            unsigned int i_flags;
            const struct inode_operations *i_op;
            struct super_block *i_sb;
            struct address_space *i_mapping;
            long unsigned int i_ino;
            union {
                const unsigned int i_nlink;
            };
            dev_t i_rdev;
            loff_t i_size;
            time64_t i_atime_sec;
            time64_t i_mtime_sec;
            time64_t i_ctime_sec;
            u32 i_atime_nsec;
            u32 i_mtime_nsec;
            u32 i_ctime_nsec;
            u32 i_generation;
            short unsigned int i_bytes;
            u8 i_blkbits;
            blkcnt_t i_blocks;
            enum inode_state_flags_t i_state;
            atomic64_t i_version;
            atomic_t i_count;
            union {
                const struct file_operations *i_fop;
            };
            union {
                struct pipe_inode_info *i_pipe;
                struct cdev *i_cdev;
                char *i_link;
            };
            void *i_private;
        };

        struct address_space {
            struct inode *host;
            long unsigned int nrpages;
            long unsigned int flags;
        };

        typedef struct {
            long unsigned int f;
        } memdesc_flags_t;

        struct page {
            memdesc_flags_t flags;
            union {
                struct {
                    struct address_space *mapping;
                    long unsigned int private;
                };
            };
            union {
                atomic_t _mapcount;
            };
            atomic_t _refcount;
        };

        struct folio {
            union {
                struct {
                    memdesc_flags_t flags;
                    struct address_space *mapping;
                    union {
                        long unsigned int index;
                    };
                    union {
                        void *private;
                    };
                };
                struct page page;
            };
        };

        struct kiocb {
            struct file *ki_filp;
            loff_t ki_pos;
            void *private;
            int ki_flags;
        };

        struct iov_iter {
            u8 iter_type;
            union {
                struct {
                    size_t count;
                };
            };
            union {
                long unsigned int nr_segs;
            };
        };

        typedef void *fl_owner_t;

        struct file_operations {
            struct module *owner;
            loff_t (*llseek)(struct file *, loff_t, int);
            ssize_t (*read)(struct file *, char *, size_t, loff_t *);
            ssize_t (*write)(struct file *, const char *, size_t, loff_t *);
            ssize_t (*read_iter)(struct kiocb *, struct iov_iter *);
            ssize_t (*write_iter)(struct kiocb *, struct iov_iter *);
            int (*mmap)(struct file *, struct vm_area_struct *);
            int (*open)(struct inode *, struct file *);
            int (*flush)(struct file *, fl_owner_t);
            int (*release)(struct inode *, struct file *);
            int (*fsync)(struct file *, loff_t, loff_t, int);
        };

        struct seq_file {
            char *buf;
            size_t size;
            size_t from;
            size_t count;
            size_t pad_until;
            loff_t index;
            loff_t read_pos;
            const struct file *file;
            void *private;
        };

        struct linux_binprm {
            struct vm_area_struct *vma;
            long unsigned int argmin;
            struct mm_struct *mm;
            long unsigned int p;
            struct file *executable;
            struct file *interpreter;
            struct file *file;
            struct cred *cred;
            int unsafe;
            unsigned int per_clear;
            int argc;
            int envc;
            const char *filename;
            const char *interp;
            const char *fdpath;
            unsigned int interp_flags;
            long unsigned int exec;
            char buf[256];
        };

        typedef unsigned int pipe_index_t;

        struct pipe_inode_info {
            union {
                struct {
                    pipe_index_t head;
                    pipe_index_t tail;
                };
            };
            unsigned int max_usage;
            unsigned int ring_size;
            unsigned int readers;
            unsigned int writers;
            unsigned int files;
        };

        struct open_how {
            __u64 flags;
            __u64 mode;
            __u64 resolve;
        };

        struct filename {
            const char *name;
            const char *uptr;
            atomic_t refcnt;
            struct audit_names *aname;
        };

        struct iattr {
            unsigned int ia_valid;
            umode_t ia_mode;
            loff_t ia_size;
        };

        struct kstat {
            umode_t mode;
            unsigned int nlink;
            u64 ino;
            dev_t dev;
            loff_t size;
        };

        struct module {
            enum module_state state;
            char name[56];
            const char *version;
        };

        struct request {
            struct request_queue *q;
            struct blk_mq_ctx *mq_ctx;
            struct blk_mq_hw_ctx *mq_hctx;
            blk_opf_t cmd_flags;
            req_flags_t rq_flags;
            int tag;
            int internal_tag;
            unsigned int timeout;
            unsigned int __data_len;
            sector_t __sector;
            struct bio *bio;
            struct bio *biotail;
            struct block_device *part;
            u64 start_time_ns;
            u64 io_start_time_ns;
            short unsigned int stats_sectors;
            short unsigned int nr_phys_segments;
            enum mq_rq_state state;
            atomic_t ref;
            long unsigned int deadline;
            void *end_io_data;
        };

        struct bvec_iter {
            sector_t bi_sector;
            unsigned int bi_size;
            unsigned int bi_idx;
            unsigned int bi_bvec_done;
        } __attribute__((packed));

        struct bio {
            struct bio *bi_next;
            struct block_device *bi_bdev;
            blk_opf_t bi_opf;
            short unsigned int bi_flags;
            short unsigned int bi_ioprio;
            blk_status_t bi_status;
            struct bvec_iter bi_iter;
            void *bi_private;
            short unsigned int bi_vcnt;
        };

        struct gendisk {
            int major;
            int first_minor;
            int minors;
            char disk_name[32];
            struct block_device *part0;
            struct request_queue *queue;
            void *private_data;
            int flags;
            int node_id;
        };

        struct block_device {
            sector_t bd_start_sect;
            sector_t bd_nr_sectors;
            struct gendisk *bd_disk;
            struct request_queue *bd_queue;
            dev_t bd_dev;
            struct address_space *bd_mapping;
        };

        struct request_queue {
            void *queuedata;
            struct elevator_queue *elevator;
            long unsigned int queue_flags;
            struct gendisk *disk;
            int id;
            long unsigned int nr_requests;
            int node;
        };

        struct blk_mq_hw_ctx {
            struct request_queue *queue;
            unsigned int queue_num;
        };

        typedef __u64 __addrpair;
        typedef __u32 __portpair;

        typedef struct {
            struct net *net;
        } possible_net_t;
        """#
}
