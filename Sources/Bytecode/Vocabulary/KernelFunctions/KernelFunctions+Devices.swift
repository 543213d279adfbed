extension KernelFunction {
    /// Input devices, packet queues and io_uring, for what replaces their functions.
    static let devices: [KernelFunction] = [
        KernelFunction("bpf_io_uring_get_region", since: 7, 1, .mayReturnNull, .structOperations),
        KernelFunction("bpf_io_uring_submit_sqes", since: 7, 1, .maySleep, .structOperations),
        KernelFunction(
            "bpf_kfree_skb", since: 6, 16, .releases, .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_qdisc_bstats_update", since: 6, 16, [], .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_qdisc_init_prologue", since: 6, 16, .takesTrustedArguments, .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_qdisc_reset_destroy_epilogue", since: 6, 16, .takesTrustedArguments,
            .structOperations, only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_qdisc_skb_drop", since: 6, 16, .releases, .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_qdisc_watchdog_schedule", since: 6, 16, .takesTrustedArguments, .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction(
            "bpf_skb_get_hash", since: 6, 16, .takesTrustedArguments, .structOperations,
            only: .structure("Qdisc_ops")),
        KernelFunction("hid_bpf_allocate_context", since: 6, 3, [], .owners),
        KernelFunction(
            "hid_bpf_attach_prog", since: 6, 3, until: KernelVersion(6, 11), [], .syscall),
        KernelFunction("hid_bpf_get_data", since: 6, 3, [], .structOperations),
        KernelFunction("hid_bpf_hw_output_report", since: 6, 10, [], .owners),
        KernelFunction("hid_bpf_hw_request", since: 6, 3, [], .owners),
        KernelFunction("hid_bpf_input_report", since: 6, 10, [], .owners),
        KernelFunction("hid_bpf_release_context", since: 6, 3, [], .owners),
        KernelFunction("hid_bpf_try_input_report", since: 6, 11, [], .structOperations),
    ]
}
