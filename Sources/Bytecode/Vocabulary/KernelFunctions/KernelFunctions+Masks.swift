extension KernelFunction {
    /// Sets of processors (`struct bpf_cpumask`).
    static let masks: [KernelFunction] = [
        KernelFunction(
            "bpf_cpumask_acquire", since: 6, 3, [.acquires, .takesTrustedArguments], .scheduling),
        KernelFunction("bpf_cpumask_and", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_any_and_distribute", since: 6, 5, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_any_distribute", since: 6, 5, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_clear", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_clear_cpu", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_copy", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction(
            "bpf_cpumask_create", since: 6, 3, [.acquires, .mayReturnNull], .scheduling),
        KernelFunction("bpf_cpumask_empty", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_equal", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_first", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_first_and", since: 6, 5, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_first_zero", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_full", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_intersects", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_or", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_populate", since: 6, 15, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_release", since: 6, 3, .releases, .scheduling),
        KernelFunction("bpf_cpumask_set_cpu", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_setall", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_subset", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_test_and_clear_cpu", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_test_and_set_cpu", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_test_cpu", since: 6, 3, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_weight", since: 6, 8, .requiresRCU, .scheduling),
        KernelFunction("bpf_cpumask_xor", since: 6, 3, .requiresRCU, .scheduling),
    ]
}
