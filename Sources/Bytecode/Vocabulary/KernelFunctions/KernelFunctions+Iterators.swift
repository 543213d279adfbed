extension KernelFunction {
    /// Iterators: each is a structure on the stack with three functions.
    static let iterators: [KernelFunction] = [
        KernelFunction("bpf_iter_bits_destroy", since: 6, 11, .iteratorDestroy, .everything),
        KernelFunction("bpf_iter_bits_new", since: 6, 11, .iteratorNew, .everything),
        KernelFunction(
            "bpf_iter_bits_next", since: 6, 11, [.mayReturnNull, .iteratorNext], .everything),
        KernelFunction("bpf_iter_css_destroy", since: 6, 7, .iteratorDestroy, .everything),
        KernelFunction(
            "bpf_iter_css_new", since: 6, 7,
            [.takesTrustedArguments, .rcuProtectedResult, .iteratorNew], .everything),
        KernelFunction(
            "bpf_iter_css_next", since: 6, 7, [.mayReturnNull, .iteratorNext], .everything),
        KernelFunction("bpf_iter_css_task_destroy", since: 6, 7, .iteratorDestroy, .everything),
        KernelFunction(
            "bpf_iter_css_task_new", since: 6, 7, [.takesTrustedArguments, .iteratorNew],
            .everything, role: .iterateTasksOfGroup),
        KernelFunction(
            "bpf_iter_css_task_next", since: 6, 7, [.mayReturnNull, .iteratorNext], .everything),
        KernelFunction(
            "bpf_iter_dmabuf_destroy", since: 6, 16, [.maySleep, .iteratorDestroy], .everything),
        KernelFunction(
            "bpf_iter_dmabuf_new", since: 6, 16, [.maySleep, .iteratorNew], .everything),
        KernelFunction(
            "bpf_iter_dmabuf_next", since: 6, 16, [.mayReturnNull, .maySleep, .iteratorNext],
            .everything),
        KernelFunction(
            "bpf_iter_kmem_cache_destroy", since: 6, 13, [.maySleep, .iteratorDestroy], .everything),
        KernelFunction(
            "bpf_iter_kmem_cache_new", since: 6, 13, [.maySleep, .iteratorNew], .everything),
        KernelFunction(
            "bpf_iter_kmem_cache_next", since: 6, 13, [.mayReturnNull, .maySleep, .iteratorNext],
            .everything),
        KernelFunction("bpf_iter_num_destroy", since: 6, 4, .iteratorDestroy, .everything),
        KernelFunction("bpf_iter_num_new", since: 6, 4, .iteratorNew, .everything),
        KernelFunction(
            "bpf_iter_num_next", since: 6, 4, [.mayReturnNull, .iteratorNext], .everything),
        KernelFunction("bpf_iter_task_destroy", since: 6, 7, .iteratorDestroy, .everything),
        KernelFunction(
            "bpf_iter_task_new", since: 6, 7,
            [.takesTrustedArguments, .rcuProtectedResult, .iteratorNew], .everything),
        KernelFunction(
            "bpf_iter_task_next", since: 6, 7, [.mayReturnNull, .iteratorNext], .everything),
        KernelFunction("bpf_iter_task_vma_destroy", since: 6, 7, .iteratorDestroy, .everything),
        KernelFunction(
            "bpf_iter_task_vma_new", since: 6, 7, [.requiresRCU, .iteratorNew], .everything),
        KernelFunction(
            "bpf_iter_task_vma_next", since: 6, 7, [.mayReturnNull, .iteratorNext], .everything),
    ]
}
