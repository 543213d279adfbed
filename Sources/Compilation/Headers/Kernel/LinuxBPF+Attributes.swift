extension LinuxBPF {
    /// The argument of bpf(2) and what it answers, for programs that call it.
    static let attributes = #"""
        struct bpf_insn {
            __u8 code;
            __u8 dst_reg: 4;
            __u8 src_reg: 4;
            __s16 off;
            __s32 imm;
        };

        union bpf_iter_link_info {
            struct {
                __u32 map_fd;
            } map;
            struct {
                enum bpf_cgroup_iter_order order;
                __u32 cgroup_fd;
                __u64 cgroup_id;
            } cgroup;
            struct {
                __u32 tid;
                __u32 pid;
                __u32 pid_fd;
            } task;
        };

        union bpf_attr {
            struct {
                __u32 map_type;
                __u32 key_size;
                __u32 value_size;
                __u32 max_entries;
                __u32 map_flags;
                __u32 inner_map_fd;
                __u32 numa_node;
                char map_name[16];
                __u32 map_ifindex;
                __u32 btf_fd;
                __u32 btf_key_type_id;
                __u32 btf_value_type_id;
                __u32 btf_vmlinux_value_type_id;
                __u64 map_extra;
                __s32 value_type_btf_obj_fd;
                __s32 map_token_fd;
                __u64 excl_prog_hash;
                __u32 excl_prog_hash_size;
            };
            struct {
                __u32 map_fd;
                __u64 key;
                union {
                    __u64 value;
                    __u64 next_key;
                };
                __u64 flags;
            };
            struct {
                __u64 in_batch;
                __u64 out_batch;
                __u64 keys;
                __u64 values;
                __u32 count;
                __u32 map_fd;
                __u64 elem_flags;
                __u64 flags;
            } batch;
            struct {
                __u32 prog_type;
                __u32 insn_cnt;
                __u64 insns;
                __u64 license;
                __u32 log_level;
                __u32 log_size;
                __u64 log_buf;
                __u32 kern_version;
                __u32 prog_flags;
                char prog_name[16];
                __u32 prog_ifindex;
                __u32 expected_attach_type;
                __u32 prog_btf_fd;
                __u32 func_info_rec_size;
                __u64 func_info;
                __u32 func_info_cnt;
                __u32 line_info_rec_size;
                __u64 line_info;
                __u32 line_info_cnt;
                __u32 attach_btf_id;
                union {
                    __u32 attach_prog_fd;
                    __u32 attach_btf_obj_fd;
                };
                __u32 core_relo_cnt;
                __u64 fd_array;
                __u64 core_relos;
                __u32 core_relo_rec_size;
                __u32 log_true_size;
                __s32 prog_token_fd;
                __u32 fd_array_cnt;
                __u64 signature;
                __u32 signature_size;
                __s32 keyring_id;
            };
            struct {
                __u64 pathname;
                __u32 bpf_fd;
                __u32 file_flags;
                __s32 path_fd;
            };
            struct {
                union {
                    __u32 target_fd;
                    __u32 target_ifindex;
                };
                __u32 attach_bpf_fd;
                __u32 attach_type;
                __u32 attach_flags;
                __u32 replace_bpf_fd;
                union {
                    __u32 relative_fd;
                    __u32 relative_id;
                };
                __u64 expected_revision;
            };
            struct {
                __u32 prog_fd;
                __u32 retval;
                __u32 data_size_in;
                __u32 data_size_out;
                __u64 data_in;
                __u64 data_out;
                __u32 repeat;
                __u32 duration;
                __u32 ctx_size_in;
                __u32 ctx_size_out;
                __u64 ctx_in;
                __u64 ctx_out;
                __u32 flags;
                __u32 cpu;
                __u32 batch_size;
            } test;
            struct {
                union {
                    __u32 start_id;
                    __u32 prog_id;
                    __u32 map_id;
                    __u32 btf_id;
                    __u32 link_id;
                };
                __u32 next_id;
                __u32 open_flags;
                __s32 fd_by_id_token_fd;
            };
            struct {
                __u32 bpf_fd;
                __u32 info_len;
                __u64 info;
            } info;
            struct {
                union {
                    __u32 target_fd;
                    __u32 target_ifindex;
                };
                __u32 attach_type;
                __u32 query_flags;
                __u32 attach_flags;
                __u64 prog_ids;
                union {
                    __u32 prog_cnt;
                    __u32 count;
                };
                __u64 prog_attach_flags;
                __u64 link_ids;
                __u64 link_attach_flags;
                __u64 revision;
            } query;
            struct {
                __u64 name;
                __u32 prog_fd;
                __u64 cookie;
            } raw_tracepoint;
            struct {
                __u64 btf;
                __u64 btf_log_buf;
                __u32 btf_size;
                __u32 btf_log_size;
                __u32 btf_log_level;
                __u32 btf_log_true_size;
                __u32 btf_flags;
                __s32 btf_token_fd;
            };
            struct {
                __u32 pid;
                __u32 fd;
                __u32 flags;
                __u32 buf_len;
                __u64 buf;
                __u32 prog_id;
                __u32 fd_type;
                __u64 probe_offset;
                __u64 probe_addr;
            } task_fd_query;
            struct {
                union {
                    __u32 prog_fd;
                    __u32 map_fd;
                };
                union {
                    __u32 target_fd;
                    __u32 target_ifindex;
                };
                __u32 attach_type;
                __u32 flags;
                union {
                    __u32 target_btf_id;
                    struct {
                        __u64 iter_info;
                        __u32 iter_info_len;
                    };
                    struct {
                        __u64 bpf_cookie;
                    } perf_event;
                    struct {
                        __u32 flags;
                        __u32 cnt;
                        __u64 syms;
                        __u64 addrs;
                        __u64 cookies;
                    } kprobe_multi;
                    struct {
                        __u32 target_btf_id;
                        __u64 cookie;
                    } tracing;
                    struct {
                        __u32 pf;
                        __u32 hooknum;
                        __s32 priority;
                        __u32 flags;
                    } netfilter;
                    struct {
                        union {
                            __u32 relative_fd;
                            __u32 relative_id;
                        };
                        __u64 expected_revision;
                    } tcx;
                    struct {
                        __u64 path;
                        __u64 offsets;
                        __u64 ref_ctr_offsets;
                        __u64 cookies;
                        __u32 cnt;
                        __u32 flags;
                        __u32 pid;
                    } uprobe_multi;
                    struct {
                        union {
                            __u32 relative_fd;
                            __u32 relative_id;
                        };
                        __u64 expected_revision;
                    } netkit;
                    struct {
                        union {
                            __u32 relative_fd;
                            __u32 relative_id;
                        };
                        __u64 expected_revision;
                    } cgroup;
                };
            } link_create;
            struct {
                __u32 link_fd;
                union {
                    __u32 new_prog_fd;
                    __u32 new_map_fd;
                };
                __u32 flags;
                union {
                    __u32 old_prog_fd;
                    __u32 old_map_fd;
                };
            } link_update;
            struct {
                __u32 link_fd;
            } link_detach;
            struct {
                __u32 type;
            } enable_stats;
            struct {
                __u32 link_fd;
                __u32 flags;
            } iter_create;
            struct {
                __u32 prog_fd;
                __u32 map_fd;
                __u32 flags;
            } prog_bind_map;
            struct {
                __u32 flags;
                __u32 bpffs_fd;
            } token_create;
            struct {
                __u64 stream_buf;
                __u32 stream_buf_len;
                __u32 stream_id;
                __u32 prog_fd;
            } prog_stream_read;
        };

        struct bpf_prog_info {
            __u32 type;
            __u32 id;
            __u8 tag[8];
            __u32 jited_prog_len;
            __u32 xlated_prog_len;
            __u64 jited_prog_insns;
            __u64 xlated_prog_insns;
            __u64 load_time;
            __u32 created_by_uid;
            __u32 nr_map_ids;
            __u64 map_ids;
            char name[16];
            __u32 ifindex;
            __u32 gpl_compatible: 1;
            __u64 netns_dev;
            __u64 netns_ino;
            __u32 nr_jited_ksyms;
            __u32 nr_jited_func_lens;
            __u64 jited_ksyms;
            __u64 jited_func_lens;
            __u32 btf_id;
            __u32 func_info_rec_size;
            __u64 func_info;
            __u32 nr_func_info;
            __u32 nr_line_info;
            __u64 line_info;
            __u64 jited_line_info;
            __u32 nr_jited_line_info;
            __u32 line_info_rec_size;
            __u32 jited_line_info_rec_size;
            __u32 nr_prog_tags;
            __u64 prog_tags;
            __u64 run_time_ns;
            __u64 run_cnt;
            __u64 recursion_misses;
            __u32 verified_insns;
            __u32 attach_btf_obj_id;
            __u32 attach_btf_id;
        };

        struct bpf_map_info {
            __u32 type;
            __u32 id;
            __u32 key_size;
            __u32 value_size;
            __u32 max_entries;
            __u32 map_flags;
            char name[16];
            __u32 ifindex;
            __u32 btf_vmlinux_value_type_id;
            __u64 netns_dev;
            __u64 netns_ino;
            __u32 btf_id;
            __u32 btf_key_type_id;
            __u32 btf_value_type_id;
            __u32 btf_vmlinux_id;
            __u64 map_extra;
            __u64 hash;
            __u32 hash_size;
        };

        struct bpf_btf_info {
            __u64 btf;
            __u32 btf_size;
            __u32 id;
            __u64 name;
            __u32 name_len;
            __u32 kernel_btf;
        };

        struct bpf_link_info {
            __u32 type;
            __u32 id;
            __u32 prog_id;
            union {
                struct {
                    __u64 tp_name;
                    __u32 tp_name_len;
                    __u64 cookie;
                } raw_tracepoint;
                struct {
                    __u32 attach_type;
                    __u32 target_obj_id;
                    __u32 target_btf_id;
                    __u64 cookie;
                } tracing;
                struct {
                    __u64 cgroup_id;
                    __u32 attach_type;
                } cgroup;
                struct {
                    __u64 target_name;
                    __u32 target_name_len;
                    union {
                        struct {
                            __u32 map_id;
                        } map;
                    };
                    union {
                        struct {
                            __u64 cgroup_id;
                            __u32 order;
                        } cgroup;
                        struct {
                            __u32 tid;
                            __u32 pid;
                        } task;
                    };
                } iter;
                struct {
                    __u32 netns_ino;
                    __u32 attach_type;
                } netns;
                struct {
                    __u32 ifindex;
                } xdp;
                struct {
                    __u32 map_id;
                } struct_ops;
                struct {
                    __u32 pf;
                    __u32 hooknum;
                    __s32 priority;
                    __u32 flags;
                } netfilter;
                struct {
                    __u64 addrs;
                    __u32 count;
                    __u32 flags;
                    __u64 missed;
                    __u64 cookies;
                } kprobe_multi;
                struct {
                    __u64 path;
                    __u64 offsets;
                    __u64 ref_ctr_offsets;
                    __u64 cookies;
                    __u32 path_size;
                    __u32 count;
                    __u32 flags;
                    __u32 pid;
                } uprobe_multi;
                struct {
                    __u32 type;
                    union {
                        struct {
                            __u64 file_name;
                            __u32 name_len;
                            __u32 offset;
                            __u64 cookie;
                            __u64 ref_ctr_offset;
                        } uprobe;
                        struct {
                            __u64 func_name;
                            __u32 name_len;
                            __u32 offset;
                            __u64 addr;
                            __u64 missed;
                            __u64 cookie;
                        } kprobe;
                        struct {
                            __u64 tp_name;
                            __u32 name_len;
                            __u64 cookie;
                        } tracepoint;
                        struct {
                            __u64 config;
                            __u32 type;
                            __u64 cookie;
                        } event;
                    };
                } perf_event;
                struct {
                    __u32 ifindex;
                    __u32 attach_type;
                } tcx;
                struct {
                    __u32 ifindex;
                    __u32 attach_type;
                } netkit;
                struct {
                    __u32 map_id;
                    __u32 attach_type;
                } sockmap;
            };
        };
        """#
}
