import EBPFTypeFormat

/// What is special about security hooks (`bpf_lsm_NAME`), by their names.
///
/// Observed on Linux 6.12 of 2026, by asking its verifier about every hook, and compared with what
/// changed until 6.18.
enum SecurityHooks {
    /// What a hook returns, as programs see it and must return it; `nil` for those that return
    /// nothing.
    static func results(of target: HookTarget) -> ClosedRange<Int64>? {
        guard target.prototype.result != .void else { return nil }
        return answeringYesOrNo.contains(target.name) ? 0...1 : -4095...0
    }

    /// Whether the objects that a hook is about exist as long as the program runs.
    static func haveTrustedArguments(_ target: HookTarget) -> Bool {
        !dyingArguments.contains(target.name)
    }

    /// Whether programs for a hook may sleep.
    static func maySleep(_ name: String) -> Bool { sleeping.contains(name) }

    /// Whether a function whose name begins as those of hooks do is none.
    static func isNone(_ name: String) -> Bool { helpers.contains(name) }

    /// Whether the kernel lets no program attach to a hook.
    static func isDisabled(_ name: String) -> Bool { disabled.contains(name) }

    private static let answeringYesOrNo: Set<String> = [
        "audit_rule_known", "inode_xattr_skipcap", "xfrm_state_pol_flow_match",
    ]

    /// Hooks that are called while their object is being made or destroyed.
    private static let dyingArguments: Set<String> = [
        "bpf_map_free", "bpf_prog_free", "file_alloc_security", "file_free_security",
        "sk_alloc_security", "sk_free_security", "task_free",
    ]

    /// Functions of the kernel's part that runs the programs.
    private static let helpers: Set<String> = [
        "find_cgroup_shim", "func_proto", "get_retval_range", "init", "is_sleepable_hook",
        "is_trusted", "verify_prog",
    ]

    /// Hooks that answer with text in memory of their own, or whose answers are added up.
    private static let disabled: Set<String> = [
        "audit_rule_match", "getprocattr", "getselfattr", "inode_copy_up_xattr",
        "inode_getsecurity", "inode_listsecurity", "inode_need_killpriv", "ismaclabel",
        "key_getsecurity", "setprocattr", "vm_enough_memory", "xfrm_decode_session",
    ]

    private static let sleeping: Set<String> = Set(
        sleepingGroups.flatMap { group in group.names.map { group.prefix + $0 } })

    private static let sleepingGroups: [(prefix: String, names: [String])] = [
        (
            "",
            [
                "bpf", "capget", "capset", "cred_prepare", "current_getsecid_subj",
                "kernel_module_request", "kernel_read_file",
                "kernfs_init_security", "mmap_file", "netlink_send", "release_secctx", "settime",
                "syslog", "userns_create",
            ]
        ),
        (
            "bpf_",
            [
                "map", "map_create", "map_free", "prog", "prog_load", "token_create",
                "token_free", "token_cmd", "token_capable",
            ]
        ),
        (
            "bprm_",
            [
                "check_security", "committed_creds", "committing_creds", "creds_for_exec",
                "creds_from_file",
            ]
        ),
        ("file_", ["ioctl", "lock", "open", "post_open", "receive"]),
        (
            "inode_",
            [
                "create", "free_security", "getattr", "getxattr", "mknod", "need_killpriv",
                "post_setxattr", "readlink", "rename", "rmdir",
                "setattr", "setxattr", "symlink", "unlink",
            ]
        ),
        (
            "path_",
            [
                "chmod", "chown", "link", "mkdir", "notify", "rename", "rmdir", "symlink",
                "truncate", "unlink",
            ]
        ),
        (
            "sb_",
            [
                "alloc_security", "eat_lsm_opts", "kern_mount", "mount", "remount",
                "set_mnt_opts", "show_options", "statfs", "umount",
            ]
        ),
        (
            "socket_",
            [
                "accept", "bind", "connect", "create", "getpeername", "getpeersec_dgram",
                "getsockname", "getsockopt", "listen", "post_create", "recvmsg", "sendmsg",
                "shutdown", "socketpair",
            ]
        ),
        ("task_", ["alloc", "getsecid_obj", "prctl", "setscheduler"]),
    ]
}
