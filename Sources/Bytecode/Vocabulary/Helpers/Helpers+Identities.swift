extension Helper {
    /// Who and where: tasks, users, CPUs, signals.
    static let identities: [Helper] = [
        Helper(
            .getSmpProcessorId, "get_smp_processor_id", since: 4, 1, "__u32", .integer, [],
            .keepsRegisters),
        Helper(.getCurrentPidTgid, "get_current_pid_tgid", since: 4, 2, "__u64", .integer),
        Helper(.getCurrentUidGid, "get_current_uid_gid", since: 4, 2, "__u64", .integer),
        Helper(
            .getCurrentComm, "get_current_comm", since: 4, 2, "long", .integer,
            [
                .init("void *buf", .memory(.write)),
                .init("__u32 size_of_buf", .size(zeroAllowed: false)),
            ]),
        Helper(
            .getCurrentTask, "get_current_task", since: 4, 8, "__u64", .integer, [], .requiresGPL),
        Helper(.getNumaNodeId, "get_numa_node_id", since: 4, 10, "long", .integer),
        Helper(
            .sendSignal, "send_signal", since: 5, 3, "long", .integer,
            [.init("__u32 sig", .anything)]),
        Helper(
            .sendSignalThread, "send_signal_thread", since: 5, 6, "long", .integer,
            [.init("__u32 sig", .anything)]),
        Helper(
            .getNsCurrentPidTgid, "get_ns_current_pid_tgid", since: 5, 7, "long", .integer,
            [
                .init("__u64 dev", .anything), .init("__u64 ino", .anything),
                .init("struct bpf_pidns_info *nsdata", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)),
            ]),
        Helper(
            .getCurrentTaskBtf, "get_current_task_btf", since: 5, 11,
            "struct task_struct *", .pointer(.structure("task_struct", trusted: true)), [],
            .requiresGPL),
    ]
}
