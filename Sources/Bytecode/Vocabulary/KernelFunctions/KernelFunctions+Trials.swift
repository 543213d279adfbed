extension KernelFunction {
    /// Functions that exist for the kernel's own tests.
    static let trials: [KernelFunction] = [
        KernelFunction("bpf_fentry_test1", since: 5, 18, [], .nobody),
        KernelFunction(
            "bpf_kfunc_call_memb_release", since: 5, 18, .releases,
            [.trafficControl, .tracing, .syscall]),
        KernelFunction(
            "bpf_kfunc_call_test_release", since: 5, 18, .releases,
            [.trafficControl, .tracing, .syscall]),
        KernelFunction("bpf_modify_return_test", since: 5, 18, [], .nobody),
        KernelFunction("bpf_modify_return_test2", since: 6, 5, [], .nobody),
        KernelFunction("bpf_modify_return_test_tp", since: 6, 10, [], .everything),
    ]
}
