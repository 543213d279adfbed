extension StructureLayout {
    /// An entry of a stack with build ids.
    public static let bpfStackBuildId = StructureLayout(
        "bpf_stack_build_id", size: 32, alignment: 8, [
            .init("status", "__s32", at: 0, size: 4),
            .array("build_id", "unsigned char", count: 20, at: 4, size: 20),
            .union("", at: 24, size: 8, [
                .init("offset", "__u64", at: 24, size: 8),
                .init("ip", "__u64", at: 24, size: 8),
            ]),
        ])

    /// A performance counter and the time it counted.
    public static let bpfPerfEventValue = StructureLayout(
        "bpf_perf_event_value", size: 24, alignment: 8, [
            .init("counter", "__u64", at: 0, size: 8),
            .init("enabled", "__u64", at: 8, size: 8),
            .init("running", "__u64", at: 16, size: 8),
        ])

    /// The context of programs over devices.
    public static let bpfCgroupDevCtx = StructureLayout(
        "bpf_cgroup_dev_ctx", size: 12, alignment: 4, [
            .init("access_type", "__u32", at: 0, size: 4),
            .init("major", "__u32", at: 4, size: 4),
            .init("minor", "__u32", at: 8, size: 4),
        ])

    /// The context of raw tracepoint programs: as many arguments as the tracepoint has.
    public static let bpfRawTracepointArgs = StructureLayout(
        "bpf_raw_tracepoint_args", size: 0, alignment: 8, [
            .array("args", "__u64", count: 0, at: 0, size: 0),
        ])

    /// Where a function begins, and its type.
    public static let bpfFuncInfo = StructureLayout(
        "bpf_func_info", size: 8, alignment: 4, [
            .init("insn_off", "__u32", at: 0, size: 4),
            .init("type_id", "__u32", at: 4, size: 4),
        ])

    /// The source line of an instruction.
    public static let bpfLineInfo = StructureLayout(
        "bpf_line_info", size: 16, alignment: 4, [
            .init("insn_off", "__u32", at: 0, size: 4),
            .init("file_name_off", "__u32", at: 4, size: 4),
            .init("line_off", "__u32", at: 8, size: 4),
            .init("line_col", "__u32", at: 12, size: 4),
        ])

    /// The context of programs over system controls.
    public static let bpfSysctl = StructureLayout(
        "bpf_sysctl", size: 8, alignment: 4, [
            .init("write", "__u32", at: 0, size: 4),
            .init("file_pos", "__u32", at: 4, size: 4),
        ])

    /// Process and thread as a PID namespace numbers them.
    public static let bpfPidnsInfo = StructureLayout(
        "bpf_pidns_info", size: 8, alignment: 4, [
            .init("pid", "__u32", at: 0, size: 4),
            .init("tgid", "__u32", at: 4, size: 4),
        ])

    /// A pointer and the type of what it points to.
    public static let btfPtr = StructureLayout(
        "btf_ptr", size: 16, alignment: 8, [
            .init("ptr", "void *", at: 0, size: 8),
            .init("type_id", "__u32", at: 8, size: 4),
            .init("flags", "__u32", at: 12, size: 4),
        ])

    /// A CO-RE relocation.
    public static let bpfCoreRelo = StructureLayout(
        "bpf_core_relo", size: 16, alignment: 4, [
            .init("insn_off", "__u32", at: 0, size: 4),
            .init("type_id", "__u32", at: 4, size: 4),
            .init("access_str_off", "__u32", at: 8, size: 4),
            .init("kind", "enum bpf_core_relo_kind", at: 12, size: 4),
        ])
}
