extension KernelFunction {
    /// Memory behind dynptrs, of other address spaces, of arenas, and casts.
    static let memory: [KernelFunction] = [
        KernelFunction(
            "bpf_arena_alloc_pages", since: 6, 9,
            [
                .mayReturnNull, .takesTrustedArguments, .maySleep, .arenaResult,
                .arenaSecondArgument,
            ], .everything, role: .allocateArenaPages),
        KernelFunction(
            "bpf_arena_free_pages", since: 6, 9,
            [.takesTrustedArguments, .maySleep, .arenaSecondArgument], .everything,
            role: .freeArenaPages),
        KernelFunction(
            "bpf_arena_reserve_pages", since: 6, 17,
            [.takesTrustedArguments, .maySleep, .arenaSecondArgument], .everything,
            role: .reserveArenaPages),
        KernelFunction(
            "bpf_cast_to_kern_ctx", since: 6, 2, .fastCall, .everything, role: .castToKernelContext),
        KernelFunction("bpf_copy_from_user_dynptr", since: 6, 16, .maySleep, .everything),
        KernelFunction("bpf_copy_from_user_str", since: 6, 12, .maySleep, .everything),
        KernelFunction("bpf_copy_from_user_str_dynptr", since: 6, 16, .maySleep, .everything),
        KernelFunction(
            "bpf_copy_from_user_task_dynptr", since: 6, 16, [.takesTrustedArguments, .maySleep],
            .everything),
        KernelFunction("bpf_copy_from_user_task_str", since: 6, 15, .maySleep, .everything),
        KernelFunction(
            "bpf_copy_from_user_task_str_dynptr", since: 6, 16,
            [.takesTrustedArguments, .maySleep], .everything),
        KernelFunction("bpf_dynptr_adjust", since: 6, 5, [], .everything),
        KernelFunction("bpf_dynptr_clone", since: 6, 5, [], .everything, role: .dynptrClone),
        KernelFunction("bpf_dynptr_copy", since: 6, 15, [], .everything),
        KernelFunction(
            "bpf_dynptr_file_discard", since: 6, 19, [], .everything, role: .discardFileDynptr),
        KernelFunction(
            "bpf_dynptr_from_file", since: 6, 19, .takesTrustedArguments, .everything,
            role: .dynptrFromFile),
        KernelFunction(
            "bpf_dynptr_from_skb", since: 6, 4, .takesTrustedArguments, .packets,
            role: .dynptrFromPacket),
        KernelFunction(
            "bpf_dynptr_from_skb_meta", since: 6, 18, .takesTrustedArguments, .traffic,
            role: .dynptrFromPacketMetadata),
        KernelFunction("bpf_dynptr_from_xdp", since: 6, 4, [], .xdp, role: .dynptrFromFrame),
        KernelFunction("bpf_dynptr_is_null", since: 6, 5, [], .everything),
        KernelFunction("bpf_dynptr_is_rdonly", since: 6, 5, [], .everything),
        KernelFunction("bpf_dynptr_memset", since: 6, 17, [], .everything),
        KernelFunction("bpf_dynptr_size", since: 6, 5, [], .everything),
        KernelFunction(
            "bpf_dynptr_slice", since: 6, 4, .mayReturnNull, .everything, role: .dynptrSlice),
        KernelFunction(
            "bpf_dynptr_slice_rdwr", since: 6, 4, .mayReturnNull, .everything,
            role: .dynptrWritableSlice),
        KernelFunction("bpf_get_kmem_cache", since: 6, 13, [], .everything, role: .slabCache),
        KernelFunction("bpf_map_sum_elem_count", since: 6, 6, .takesTrustedArguments, .everything),
        KernelFunction("bpf_probe_read_kernel_dynptr", since: 6, 16, [], .everything),
        KernelFunction("bpf_probe_read_kernel_str_dynptr", since: 6, 16, [], .everything),
        KernelFunction("bpf_probe_read_user_dynptr", since: 6, 16, [], .everything),
        KernelFunction("bpf_probe_read_user_str_dynptr", since: 6, 16, [], .everything),
        KernelFunction("bpf_rdonly_cast", since: 6, 2, .fastCall, .everything, role: .castReadOnly),
        KernelFunction("bpf_stream_print_stack", since: 7, 0, .takesTrustedArguments, .everything),
        KernelFunction("bpf_stream_vprintk", since: 6, 17, .takesTrustedArguments, .everything),
        KernelFunction(
            "bpf_stream_vprintk_impl", since: 6, 18, .takesTrustedArguments, .everything),
    ]
}
