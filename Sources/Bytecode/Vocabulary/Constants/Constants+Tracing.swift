extension ConstantGroup {
    /// Flags of `bpf_get_stackid` and `bpf_get_stack`.
    public static let stackFlags = ConstantGroup(
        nil, [
            ("BPF_F_SKIP_FIELD_MASK", 255),
            ("BPF_F_USER_STACK", 0x100),
            ("BPF_F_FAST_STACK_CMP", 0x200),
            ("BPF_F_REUSE_STACKID", 0x400),
            ("BPF_F_USER_BUILD_ID", 0x800),
        ])

    /// What an entry of a stack with build ids holds.
    public static let buildIDStates = ConstantGroup(
        "bpf_stack_build_id_status", [
            ("BPF_STACK_BUILD_ID_EMPTY", 0),
            ("BPF_STACK_BUILD_ID_VALID", 1),
            ("BPF_STACK_BUILD_ID_IP", 2),
        ])

    /// Flags of `bpf_perf_event_output` and its like.
    public static let perfEventFlags = ConstantGroup(
        nil, [
            ("BPF_F_INDEX_MASK", 0xffffffff),
            ("BPF_F_CURRENT_CPU", 0xffffffff),
            ("BPF_F_CTXLEN_MASK", 0xfffff00000000),
        ])

    /// Flags of `bpf_read_branch_records`.
    public static let branchRecordFlags = ConstantGroup(
        nil, [
            ("BPF_F_GET_BRANCH_RECORDS_SIZE", 1),
        ])

    /// Flags of ring buffer output.
    public static let ringBufferFlags = ConstantGroup(
        nil, [
            ("BPF_RB_NO_WAKEUP", 1),
            ("BPF_RB_FORCE_WAKEUP", 2),
        ])

    /// Questions of `bpf_ringbuf_query`.
    public static let ringBufferQueries = ConstantGroup(
        nil, [
            ("BPF_RB_AVAIL_DATA", 0),
            ("BPF_RB_RING_SIZE", 1),
            ("BPF_RB_CONS_POS", 2),
            ("BPF_RB_PROD_POS", 3),
        ])

    /// The header of a ring buffer's record.
    public static let ringBufferHeader = ConstantGroup(
        nil, [
            ("BPF_RINGBUF_BUSY_BIT", 0x80000000),
            ("BPF_RINGBUF_DISCARD_BIT", 0x40000000),
            ("BPF_RINGBUF_HDR_SZ", 8),
        ])

    /// Flags of the storages' `get`.
    public static let storageFlags = ConstantGroup(
        nil, [
            ("BPF_LOCAL_STORAGE_GET_F_CREATE", 1),
            ("BPF_SK_STORAGE_GET_F_CREATE", 1),
        ])

    /// Flags of `bpf_snprintf_btf`.
    public static let typePrinterFlags = ConstantGroup(
        nil, [
            ("BTF_F_COMPACT", 1),
            ("BTF_F_NONAME", 2),
            ("BTF_F_PTR_RAW", 4),
            ("BTF_F_ZERO", 8),
        ])

    /// Flags of `bpf_timer_start`.
    public static let timerFlags = ConstantGroup(
        nil, [
            ("BPF_F_TIMER_ABS", 1),
            ("BPF_F_TIMER_CPU_PIN", 2),
        ])
}
