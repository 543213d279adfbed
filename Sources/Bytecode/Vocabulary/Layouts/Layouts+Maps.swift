extension StructureLayout {
    /// The key of an LPM trie.
    public static let bpfLpmTrieKey = StructureLayout(
        "bpf_lpm_trie_key", size: 4, alignment: 4, [
            .init("prefixlen", "__u32", at: 0, size: 4),
            .array("data", "__u8", count: 0, at: 4, size: 0),
        ])

    /// The start of an LPM trie's key.
    public static let bpfLpmTrieKeyHdr = StructureLayout(
        "bpf_lpm_trie_key_hdr", size: 4, alignment: 4, [
            .init("prefixlen", "__u32", at: 0, size: 4),
        ])

    /// The key of an LPM trie, with its data as bytes.
    public static let bpfLpmTrieKeyU8 = StructureLayout(
        "bpf_lpm_trie_key_u8", size: 4, alignment: 4, [
            .union("", at: 0, size: 4, [
                .init("hdr", "struct bpf_lpm_trie_key_hdr", at: 0, size: 4),
                .init("prefixlen", "__u32", at: 0, size: 4),
            ]),
            .array("data", "__u8", count: 0, at: 4, size: 0),
        ])

    /// The key of a control group's storage.
    public static let bpfCgroupStorageKey = StructureLayout(
        "bpf_cgroup_storage_key", size: 16, alignment: 8, [
            .init("cgroup_inode_id", "__u64", at: 0, size: 8),
            .init("attach_type", "__u32", at: 8, size: 4),
        ])

    /// A value of a map of devices.
    public static let bpfDevmapVal = StructureLayout(
        "bpf_devmap_val", size: 8, alignment: 4, [
            .init("ifindex", "__u32", at: 0, size: 4),
            .union("bpf_prog", at: 4, size: 4, [
                .init("fd", "int", at: 4, size: 4),
                .init("id", "__u32", at: 4, size: 4),
            ]),
        ])

    /// A value of a map of CPUs.
    public static let bpfCpumapVal = StructureLayout(
        "bpf_cpumap_val", size: 8, alignment: 4, [
            .init("qsize", "__u32", at: 0, size: 4),
            .union("bpf_prog", at: 4, size: 4, [
                .init("fd", "int", at: 4, size: 4),
                .init("id", "__u32", at: 4, size: 4),
            ]),
        ])

    /// A lock in a map's value.
    public static let bpfSpinLock = StructureLayout(
        "bpf_spin_lock", size: 4, alignment: 4, [
            .init("val", "__u32", at: 0, size: 4),
        ])

    /// A timer in a map's value.
    public static let bpfTimer = StructureLayout(
        "bpf_timer", size: 16, alignment: 8, [
            .array("__opaque", "__u64", count: 2, at: 0, size: 16),
        ])

    /// Work for a task, in a map's value.
    public static let bpfTaskWork = StructureLayout(
        "bpf_task_work", size: 8, alignment: 8, [
            .init("__opaque", "__u64", at: 0, size: 8),
        ])

    /// A work queue in a map's value.
    public static let bpfWq = StructureLayout(
        "bpf_wq", size: 16, alignment: 8, [
            .array("__opaque", "__u64", count: 2, at: 0, size: 16),
        ])

    /// The head of a list.
    public static let bpfListHead = StructureLayout(
        "bpf_list_head", size: 16, alignment: 8, [
            .array("__opaque", "__u64", count: 2, at: 0, size: 16),
        ])

    /// A node of a list.
    public static let bpfListNode = StructureLayout(
        "bpf_list_node", size: 24, alignment: 8, [
            .array("__opaque", "__u64", count: 3, at: 0, size: 24),
        ])

    /// The root of a red-black tree.
    public static let bpfRbRoot = StructureLayout(
        "bpf_rb_root", size: 16, alignment: 8, [
            .array("__opaque", "__u64", count: 2, at: 0, size: 16),
        ])

    /// A node of a red-black tree.
    public static let bpfRbNode = StructureLayout(
        "bpf_rb_node", size: 32, alignment: 8, [
            .array("__opaque", "__u64", count: 4, at: 0, size: 32),
        ])

    /// A count of references.
    public static let bpfRefcount = StructureLayout(
        "bpf_refcount", size: 4, alignment: 4, [
            .array("__opaque", "__u32", count: 1, at: 0, size: 4),
        ])

    /// A pointer whose length is known only when the program runs.
    public static let bpfDynptr = StructureLayout(
        "bpf_dynptr", size: 16, alignment: 8, [
            .array("__opaque", "__u64", count: 2, at: 0, size: 16),
        ])

    /// The state of a numeric iterator.
    public static let bpfIterNum = StructureLayout(
        "bpf_iter_num", size: 8, alignment: 8, [
            .array("__opaque", "__u64", count: 1, at: 0, size: 8),
        ])
}
