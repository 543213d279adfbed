extension KernelFunction {
    /// Tasks and control groups.
    static let tasks: [KernelFunction] = [
        KernelFunction(
            "bpf_cgroup_acquire", since: 6, 2, [.acquires, .mayReturnNull, .requiresRCU], .generic),
        KernelFunction(
            "bpf_cgroup_ancestor", since: 6, 2, [.acquires, .mayReturnNull, .requiresRCU], .generic),
        KernelFunction("bpf_cgroup_from_id", since: 6, 4, [.acquires, .mayReturnNull], .generic),
        KernelFunction("bpf_cgroup_read_xattr", since: 6, 17, .requiresRCU, .everything),
        KernelFunction("bpf_cgroup_release", since: 6, 2, .releases, .generic),
        KernelFunction("bpf_send_signal_task", since: 6, 13, .takesTrustedArguments, .generic),
        KernelFunction(
            "bpf_task_acquire", since: 6, 2, [.acquires, .mayReturnNull, .requiresRCU], .generic),
        KernelFunction("bpf_task_from_pid", since: 6, 2, [.acquires, .mayReturnNull], .generic),
        KernelFunction("bpf_task_from_vpid", since: 6, 13, [.acquires, .mayReturnNull], .generic),
        KernelFunction(
            "bpf_task_get_cgroup1", since: 6, 8, [.acquires, .mayReturnNull, .requiresRCU], .generic
        ),
        KernelFunction("bpf_task_release", since: 6, 2, .releases, .generic),
        KernelFunction("bpf_task_under_cgroup", since: 6, 5, .requiresRCU, .generic),
        KernelFunction(
            "cgroup_rstat_flush", since: 6, 1, until: KernelVersion(6, 16), .maySleep, .tracing),
        KernelFunction(
            "cgroup_rstat_updated", since: 6, 1, until: KernelVersion(6, 16), [], .tracing),
        KernelFunction("css_rstat_flush", since: 6, 16, .maySleep, .tracing),
        KernelFunction("css_rstat_updated", since: 6, 16, [], .tracing),
    ]
}
