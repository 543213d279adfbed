extension KernelFunction {
    /// Objects that programs allocate, and the lists and trees that hold them.
    static let objects: [KernelFunction] = [
        KernelFunction("bpf_list_back", since: 6, 16, .mayReturnNull, .generic, role: .listBack),
        KernelFunction("bpf_list_front", since: 6, 16, .mayReturnNull, .generic, role: .listFront),
        KernelFunction(
            "bpf_list_pop_back", since: 6, 2, [.acquires, .mayReturnNull], .generic,
            role: .listPopBack),
        KernelFunction(
            "bpf_list_pop_front", since: 6, 2, [.acquires, .mayReturnNull], .generic,
            role: .listPopFront),
        KernelFunction(
            "bpf_list_push_back", since: 7, 1, .implicitArguments, .generic, role: .listPushBack),
        KernelFunction("bpf_list_push_back_impl", since: 6, 4, [], .generic, role: .listPushBack),
        KernelFunction(
            "bpf_list_push_front", since: 7, 1, .implicitArguments, .generic, role: .listPushFront),
        KernelFunction("bpf_list_push_front_impl", since: 6, 4, [], .generic, role: .listPushFront),
        KernelFunction(
            "bpf_obj_drop", since: 7, 1, [.releases, .implicitArguments], .generic,
            role: .dropObject),
        KernelFunction("bpf_obj_drop_impl", since: 6, 2, .releases, .generic, role: .dropObject),
        KernelFunction(
            "bpf_obj_new", since: 7, 1, [.acquires, .mayReturnNull, .implicitArguments], .generic,
            role: .newObject),
        KernelFunction(
            "bpf_obj_new_impl", since: 6, 2, [.acquires, .mayReturnNull], .generic, role: .newObject
        ),
        KernelFunction(
            "bpf_percpu_obj_drop", since: 7, 1, [.releases, .implicitArguments], .generic,
            role: .dropPerCPUObject),
        KernelFunction(
            "bpf_percpu_obj_drop_impl", since: 6, 7, .releases, .generic, role: .dropPerCPUObject),
        KernelFunction(
            "bpf_percpu_obj_new", since: 7, 1, [.acquires, .mayReturnNull, .implicitArguments],
            .generic, role: .newPerCPUObject),
        KernelFunction(
            "bpf_percpu_obj_new_impl", since: 6, 7, [.acquires, .mayReturnNull], .generic,
            role: .newPerCPUObject),
        KernelFunction("bpf_rbtree_add", since: 7, 1, .implicitArguments, .generic, role: .treeAdd),
        KernelFunction("bpf_rbtree_add_impl", since: 6, 4, [], .generic, role: .treeAdd),
        KernelFunction("bpf_rbtree_first", since: 6, 3, .mayReturnNull, .generic, role: .treeFirst),
        KernelFunction("bpf_rbtree_left", since: 6, 16, .mayReturnNull, .generic, role: .treeLeft),
        KernelFunction(
            "bpf_rbtree_remove", since: 6, 3, [.acquires, .mayReturnNull], .generic,
            role: .treeRemove),
        KernelFunction(
            "bpf_rbtree_right", since: 6, 16, .mayReturnNull, .generic, role: .treeRight),
        KernelFunction("bpf_rbtree_root", since: 6, 16, .mayReturnNull, .generic, role: .treeRoot),
        KernelFunction(
            "bpf_refcount_acquire", since: 7, 1,
            [.acquires, .mayReturnNull, .requiresRCU, .implicitArguments], .generic,
            role: .acquireReference),
        KernelFunction(
            "bpf_refcount_acquire_impl", since: 6, 4, [.acquires, .mayReturnNull, .requiresRCU],
            .generic, role: .acquireReference),
    ]
}
