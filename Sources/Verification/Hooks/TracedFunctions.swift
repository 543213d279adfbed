/// What is special about functions of the kernel that programs attach to, by their names.
///
/// Which functions a kernel lets fail on purpose (`ALLOW_ERROR_INJECTION`) its types do not say;
/// those that all kernels have are known here.
enum TracedFunctions {
    /// Whether programs may sleep at a function.
    static func maySleep(_ name: String) -> Bool {
        (isInjectable(name) && !neverSleeping.contains(name)) || name == "bpf_fentry_test1"
    }

    /// Whether programs may change what a function returns.
    static func isModifiable(_ name: String) -> Bool {
        name.hasPrefix("security_") || isInjectable(name) || testFunctions.contains(name)
    }

    /// Whether no program can be attached to a function, because programs need it themselves.
    static func isForbidden(_ name: String) -> Bool { forbidden.contains(name) }

    /// Whether a function never returns.
    static func neverReturns(_ name: String) -> Bool { endless.contains(name) }

    private static func isInjectable(_ name: String) -> Bool {
        injectable.contains(name) || systemCalls.contains { name.hasPrefix($0) }
    }

    private static let systemCalls = [
        "__x64_sys_", "__ia32_sys_", "__ia32_compat_sys_", "__x64_compat_sys_", "__arm64_sys_",
        "__arm64_compat_sys_", "__s390x_sys_", "__s390_sys_", "__riscv_sys_",
    ]

    private static let injectable: Set<String> = [
        "__filemap_add_folio", "btrfs_cow_block", "btrfs_search_slot",
        "btrfs_should_cancel_balance", "io_ctl_init", "open_ctree", "should_fail_alloc_page",
        "should_fail_bio", "should_failslab",
    ]

    private static let neverSleeping: Set<String> = [
        "__filemap_add_folio", "should_fail_alloc_page", "should_failslab",
    ]

    /// The kernel's own functions for tests.
    private static let testFunctions: Set<String> = [
        "bpf_fentry_test1", "bpf_modify_return_test", "bpf_modify_return_test2",
        "bpf_modify_return_test_tp",
    ]

    private static let forbidden: Set<String> = [
        "__rcu_read_lock", "__rcu_read_unlock", "migrate_disable", "migrate_enable",
        "preempt_count_add", "preempt_count_sub", "rcu_read_unlock_strict",
    ]

    private static let endless: Set<String> = [
        "__ia32_sys_exit", "__ia32_sys_exit_group", "__kunit_abort",
        "__module_put_and_kthread_exit", "__x64_sys_exit", "__x64_sys_exit_group", "do_exit",
        "do_group_exit", "kthread_complete_and_exit", "kthread_exit", "kunit_try_catch_throw",
        "make_task_dead",
    ]
}
