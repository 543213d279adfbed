extension ConstantGroup {
    /// The commands of bpf(2).
    public static let commands = ConstantGroup(
        "bpf_cmd", [
            ("BPF_MAP_CREATE", 0),
            ("BPF_MAP_LOOKUP_ELEM", 1),
            ("BPF_MAP_UPDATE_ELEM", 2),
            ("BPF_MAP_DELETE_ELEM", 3),
            ("BPF_MAP_GET_NEXT_KEY", 4),
            ("BPF_PROG_LOAD", 5),
            ("BPF_OBJ_PIN", 6),
            ("BPF_OBJ_GET", 7),
            ("BPF_PROG_ATTACH", 8),
            ("BPF_PROG_DETACH", 9),
            ("BPF_PROG_TEST_RUN", 10),
            ("BPF_PROG_RUN", 10),
            ("BPF_PROG_GET_NEXT_ID", 11),
            ("BPF_MAP_GET_NEXT_ID", 12),
            ("BPF_PROG_GET_FD_BY_ID", 13),
            ("BPF_MAP_GET_FD_BY_ID", 14),
            ("BPF_OBJ_GET_INFO_BY_FD", 15),
            ("BPF_PROG_QUERY", 16),
            ("BPF_RAW_TRACEPOINT_OPEN", 17),
            ("BPF_BTF_LOAD", 18),
            ("BPF_BTF_GET_FD_BY_ID", 19),
            ("BPF_TASK_FD_QUERY", 20),
            ("BPF_MAP_LOOKUP_AND_DELETE_ELEM", 21),
            ("BPF_MAP_FREEZE", 22),
            ("BPF_BTF_GET_NEXT_ID", 23),
            ("BPF_MAP_LOOKUP_BATCH", 24),
            ("BPF_MAP_LOOKUP_AND_DELETE_BATCH", 25),
            ("BPF_MAP_UPDATE_BATCH", 26),
            ("BPF_MAP_DELETE_BATCH", 27),
            ("BPF_LINK_CREATE", 28),
            ("BPF_LINK_UPDATE", 29),
            ("BPF_LINK_GET_FD_BY_ID", 30),
            ("BPF_LINK_GET_NEXT_ID", 31),
            ("BPF_ENABLE_STATS", 32),
            ("BPF_ITER_CREATE", 33),
            ("BPF_LINK_DETACH", 34),
            ("BPF_PROG_BIND_MAP", 35),
            ("BPF_TOKEN_CREATE", 36),
            ("BPF_PROG_STREAM_READ_BY_FD", 37),
            ("__MAX_BPF_CMD", 38),
        ])

    /// How an element is updated or looked up.
    public static let elementFlags = ConstantGroup(
        nil, [
            ("BPF_ANY", 0),
            ("BPF_NOEXIST", 1),
            ("BPF_EXIST", 2),
            ("BPF_F_LOCK", 4),
        ])

    /// How a map is made.
    public static let mapFlags = ConstantGroup(
        nil, [
            ("BPF_F_NO_PREALLOC", 1),
            ("BPF_F_NO_COMMON_LRU", 2),
            ("BPF_F_NUMA_NODE", 4),
            ("BPF_F_RDONLY", 8),
            ("BPF_F_WRONLY", 16),
            ("BPF_F_STACK_BUILD_ID", 32),
            ("BPF_F_ZERO_SEED", 64),
            ("BPF_F_RDONLY_PROG", 128),
            ("BPF_F_WRONLY_PROG", 0x100),
            ("BPF_F_CLONE", 0x200),
            ("BPF_F_MMAPABLE", 0x400),
            ("BPF_F_PRESERVE_ELEMS", 0x800),
            ("BPF_F_INNER_MAP", 0x1000),
            ("BPF_F_LINK", 0x2000),
            ("BPF_F_PATH_FD", 0x4000),
            ("BPF_F_VTYPE_BTF_OBJ_FD", 0x8000),
            ("BPF_F_TOKEN_FD", 0x10000),
            ("BPF_F_SEGV_ON_FAULT", 0x20000),
            ("BPF_F_NO_USER_CONV", 0x40000),
        ])

    /// How a program is loaded.
    public static let programFlags = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_F_STRICT_ALIGNMENT", 1),
            ("BPF_F_ANY_ALIGNMENT", 2),
            ("BPF_F_TEST_RND_HI32", 4),
            ("BPF_F_TEST_STATE_FREQ", 8),
            ("BPF_F_SLEEPABLE", 16),
            ("BPF_F_XDP_HAS_FRAGS", 32),
            ("BPF_F_XDP_DEV_BOUND_ONLY", 64),
            ("BPF_F_TEST_REG_INVARIANTS", 128),
        ])

    /// How a program is attached.
    public static let attachFlags = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_F_ALLOW_OVERRIDE", 1),
            ("BPF_F_ALLOW_MULTI", 2),
            ("BPF_F_REPLACE", 4),
            ("BPF_F_BEFORE", 8),
            ("BPF_F_AFTER", 16),
            ("BPF_F_ID", 32),
            ("BPF_F_PREORDER", 64),
            ("BPF_F_NETFILTER_IP_DEFRAG", 1),
            ("BPF_F_QUERY_EFFECTIVE", 1),
        ])

    /// How a program is run for a test.
    public static let testRunFlags = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_F_TEST_RUN_ON_CPU", 1),
            ("BPF_F_TEST_XDP_LIVE_FRAMES", 2),
            ("BPF_F_TEST_SKB_CHECKSUM_COMPLETE", 4),
        ])

    /// The kinds of links.
    public static let linkTypes = ConstantGroup(
        "bpf_link_type", [
            ("BPF_LINK_TYPE_UNSPEC", 0),
            ("BPF_LINK_TYPE_RAW_TRACEPOINT", 1),
            ("BPF_LINK_TYPE_TRACING", 2),
            ("BPF_LINK_TYPE_CGROUP", 3),
            ("BPF_LINK_TYPE_ITER", 4),
            ("BPF_LINK_TYPE_NETNS", 5),
            ("BPF_LINK_TYPE_XDP", 6),
            ("BPF_LINK_TYPE_PERF_EVENT", 7),
            ("BPF_LINK_TYPE_KPROBE_MULTI", 8),
            ("BPF_LINK_TYPE_STRUCT_OPS", 9),
            ("BPF_LINK_TYPE_NETFILTER", 10),
            ("BPF_LINK_TYPE_TCX", 11),
            ("BPF_LINK_TYPE_UPROBE_MULTI", 12),
            ("BPF_LINK_TYPE_NETKIT", 13),
            ("BPF_LINK_TYPE_SOCKMAP", 14),
            ("__MAX_BPF_LINK_TYPE", 15),
        ])

    /// What a link to a performance event is attached to.
    public static let perfEventTypes = ConstantGroup(
        "bpf_perf_event_type", [
            ("BPF_PERF_EVENT_UNSPEC", 0),
            ("BPF_PERF_EVENT_UPROBE", 1),
            ("BPF_PERF_EVENT_URETPROBE", 2),
            ("BPF_PERF_EVENT_KPROBE", 3),
            ("BPF_PERF_EVENT_KRETPROBE", 4),
            ("BPF_PERF_EVENT_TRACEPOINT", 5),
            ("BPF_PERF_EVENT_EVENT", 6),
        ])

    /// How many kprobes are attached at once.
    public static let kprobeMultiFlags = ConstantGroup(
        nil, [
            ("BPF_F_KPROBE_MULTI_RETURN", 1),
        ])

    /// How many uprobes are attached at once.
    public static let uprobeMultiFlags = ConstantGroup(
        nil, [
            ("BPF_F_UPROBE_MULTI_RETURN", 1),
        ])

    /// In which order control groups are visited.
    public static let controlGroupOrders = ConstantGroup(
        "bpf_cgroup_iter_order", [
            ("BPF_CGROUP_ITER_ORDER_UNSPEC", 0),
            ("BPF_CGROUP_ITER_SELF_ONLY", 1),
            ("BPF_CGROUP_ITER_DESCENDANTS_PRE", 2),
            ("BPF_CGROUP_ITER_DESCENDANTS_POST", 3),
            ("BPF_CGROUP_ITER_ANCESTORS_UP", 4),
        ])

    /// Statistics that can be switched on.
    public static let statistics = ConstantGroup(
        "bpf_stats_type", [
            ("BPF_STATS_RUN_TIME", 0),
        ])

    /// The output streams of a program.
    public static let streams = ConstantGroup(
        nil, [
            ("BPF_STREAM_STDOUT", 1),
            ("BPF_STREAM_STDERR", 2),
        ])

    /// What a task's performance event is attached to.
    public static let taskDescriptorTypes = ConstantGroup(
        "bpf_task_fd_type", [
            ("BPF_FD_TYPE_RAW_TRACEPOINT", 0),
            ("BPF_FD_TYPE_TRACEPOINT", 1),
            ("BPF_FD_TYPE_KPROBE", 2),
            ("BPF_FD_TYPE_KRETPROBE", 3),
            ("BPF_FD_TYPE_UPROBE", 4),
            ("BPF_FD_TYPE_URETPROBE", 5),
        ])

    /// Flags of kernel functions.
    public static let kernelFunctionFlags = ConstantGroup(
        "bpf_kfunc_flags", [
            ("BPF_F_PAD_ZEROS", 1),
        ])

    /// Lengths of names and tags, and limits.
    public static let sizes = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_OBJ_NAME_LEN", 16),
            ("BPF_TAG_SIZE", 8),
            ("BPF_BUILD_ID_SIZE", 20),
            ("XDP_PACKET_HEADROOM", 0x100),
            ("MAX_BPF_ATTACH_TYPE", 58),
            ("MAX_BPF_LINK_TYPE", 15),
        ])
}
