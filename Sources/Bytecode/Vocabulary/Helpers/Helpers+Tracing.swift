extension Helper {
    /// Memory, registers, stacks and counters of what is traced.
    static let tracing: [Helper] = [
        Helper(
            .probeRead, "probe_read", since: 4, 1, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .perfEventRead, "perf_event_read", since: 4, 3, "__u64", .integer,
            [.init("void *map", .map), .init("__u64 flags", .anything)], .requiresGPL),
        Helper(
            .perfEventOutput, "perf_event_output", since: 4, 4, "long", .integer,
            [
                .init("void *ctx", .context), .init("void *map", .map),
                .init("__u64 flags", .anything), .init("void *data", .memory(.read)),
                .init("__u64 size", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .getStackid, "get_stackid", since: 4, 6, "long", .integer,
            [
                .init("void *ctx", .context), .init("void *map", .map),
                .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .probeWriteUser, "probe_write_user", since: 4, 8, "long", .integer,
            [
                .init("void *dst", .anything), .init("const void *src", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: false)),
            ], .requiresGPL),
        Helper(
            .probeReadStr, "probe_read_str", since: 4, 11, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .perfEventReadValue, "perf_event_read_value", since: 4, 15, "long", .integer,
            [
                .init("void *map", .map), .init("__u64 flags", .anything),
                .init("struct bpf_perf_event_value *buf", .memory(.write)),
                .init("__u32 buf_size", .size(zeroAllowed: false)),
            ], .requiresGPL),
        Helper(
            .perfProgReadValue, "perf_prog_read_value", since: 4, 15, "long", .integer,
            [
                .init("struct bpf_perf_event_data *ctx", .context),
                .init("struct bpf_perf_event_value *buf", .memory(.write)),
                .init("__u32 buf_size", .size(zeroAllowed: false)),
            ], .requiresGPL),
        Helper(
            .overrideReturn, "override_return", since: 4, 16, "long", .integer,
            [.init("struct pt_regs *regs", .context), .init("__u64 rc", .anything)], .requiresGPL),
        Helper(
            .getStack, "get_stack", since: 4, 18, "long", .integer,
            [
                .init("void *ctx", .context), .init("void *buf", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .skbOutput, "skb_output", since: 5, 5, "long", .integer,
            [
                .init("void *ctx", .structure("sk_buff")), .init("void *map", .map),
                .init("__u64 flags", .anything), .init("void *data", .memory(.read)),
                .init("__u64 size", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .probeReadUser, "probe_read_user", since: 5, 5, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .probeReadKernel, "probe_read_kernel", since: 5, 5, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .probeReadUserStr, "probe_read_user_str", since: 5, 5, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .probeReadKernelStr, "probe_read_kernel_str", since: 5, 5, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *unsafe_ptr", .anything),
            ], .requiresGPL),
        Helper(
            .readBranchRecords, "read_branch_records", since: 5, 7, "long", .integer,
            [
                .init("struct bpf_perf_event_data *ctx", .context),
                .init("void *buf", .memory(.modify), nullable: true),
                .init("__u32 size", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .xdpOutput, "xdp_output", since: 5, 7, "long", .integer,
            [
                .init("void *ctx", .structure("xdp_buff")), .init("void *map", .map),
                .init("__u64 flags", .anything), .init("void *data", .memory(.read)),
                .init("__u64 size", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .getTaskStack, "get_task_stack", since: 5, 9, "long", .integer,
            [
                .init("struct task_struct *task", .structure("task_struct")),
                .init("void *buf", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)), .init("__u64 flags", .anything),
            ]),
        Helper(
            .copyFromUser, "copy_from_user", since: 5, 10, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *user_ptr", .anything),
            ], .mightSleep),
        Helper(
            .getFuncIp, "get_func_ip", since: 5, 15, "__u64", .integer,
            [.init("void *ctx", .context)], .requiresGPL),
        Helper(
            .getAttachCookie, "get_attach_cookie", since: 5, 15, "__u64", .integer,
            [.init("void *ctx", .context)]),
        Helper(
            .taskPtRegs, "task_pt_regs", since: 5, 15,
            "long", .pointer(.structure("pt_regs", trusted: false)),
            [.init("struct task_struct *task", .structure("task_struct"))], .requiresGPL),
        Helper(
            .getBranchSnapshot, "get_branch_snapshot", since: 5, 16, "long", .integer,
            [
                .init("void *entries", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)), .init("__u64 flags", .unchecked),
            ], .requiresGPL),
        Helper(
            .findVma, "find_vma", since: 5, 17, "long", .integer,
            [
                .init("struct task_struct *task", .structure("task_struct")),
                .init("__u64 addr", .anything), .init("void *callback_fn", .function),
                .init("void *callback_ctx", .stack, nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .getFuncArg, "get_func_arg", since: 5, 17, "long", .integer,
            [
                .init("void *ctx", .context), .init("__u32 n", .anything),
                .init("__u64 *value", .fixedMemory(.write, size: 8)),
            ]),
        Helper(
            .getFuncRet, "get_func_ret", since: 5, 17, "long", .integer,
            [.init("void *ctx", .context), .init("__u64 *value", .fixedMemory(.write, size: 8))]),
        Helper(
            .getFuncArgCnt, "get_func_arg_cnt", since: 5, 17, "long", .integer,
            [.init("void *ctx", .context)]),
        Helper(
            .copyFromUserTask, "copy_from_user_task", since: 5, 18, "long", .integer,
            [
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: true)),
                .init("const void *user_ptr", .anything),
                .init("struct task_struct *tsk", .structure("task_struct")),
                .init("__u64 flags", .anything),
            ], [.requiresGPL, .mightSleep]),
    ]
}
