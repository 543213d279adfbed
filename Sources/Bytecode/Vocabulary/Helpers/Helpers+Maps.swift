extension Helper {
    /// Maps: elements, queues, iteration and the storages of kernel objects.
    static let maps: [Helper] = [
        Helper(
            .mapLookupElem, "map_lookup_elem", since: 3, 19, "void *", .pointerOrNull(.mapValue),
            [.init("void *map", .map), .init("const void *key", .mapKey)], .takesPacketPointers),
        Helper(
            .mapUpdateElem, "map_update_elem", since: 3, 19, "long", .integer,
            [
                .init("void *map", .map), .init("const void *key", .mapKey),
                .init("const void *value", .mapValue(.read)), .init("__u64 flags", .anything),
            ], .takesPacketPointers),
        Helper(
            .mapDeleteElem, "map_delete_elem", since: 3, 19, "long", .integer,
            [.init("void *map", .map), .init("const void *key", .mapKey)], .takesPacketPointers),
        Helper(
            .skbUnderCgroup, "skb_under_cgroup", since: 4, 8, "long", .integer,
            [
                .init("struct __sk_buff *skb", .context), .init("void *map", .map),
                .init("__u32 index", .anything),
            ]),
        Helper(
            .currentTaskUnderCgroup, "current_task_under_cgroup", since: 4, 9, "long", .integer,
            [.init("void *map", .map), .init("__u32 index", .anything)]),
        Helper(
            .getLocalStorage, "get_local_storage", since: 4, 19, "void *", .pointer(.mapValue),
            [.init("void *map", .map), .init("__u64 flags", .anything)]),
        Helper(
            .mapPushElem, "map_push_elem", since: 4, 20, "long", .integer,
            [
                .init("void *map", .map), .init("const void *value", .mapValue(.read)),
                .init("__u64 flags", .anything),
            ], .takesPacketPointers),
        Helper(
            .mapPopElem, "map_pop_elem", since: 4, 20, "long", .integer,
            [.init("void *map", .map), .init("void *value", .mapValue(.write))]),
        Helper(
            .mapPeekElem, "map_peek_elem", since: 4, 20, "long", .integer,
            [.init("void *map", .map), .init("void *value", .mapValue(.write))]),
        Helper(
            .skStorageGet, "sk_storage_get", since: 5, 2, "void *", .pointerOrNull(.mapValue),
            [
                .init("void *map", .map), .init("void *sk", .anySocket),
                .init("void *value", .mapValue(.read), nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .skStorageDelete, "sk_storage_delete", since: 5, 2, "long", .integer,
            [.init("void *map", .map), .init("void *sk", .anySocket)]),
        Helper(
            .inodeStorageGet, "inode_storage_get", since: 5, 10,
            "void *", .pointerOrNull(.mapValue),
            [
                .init("void *map", .map),
                .init("void *inode", .structure("inode"), nullable: true),
                .init("void *value", .mapValue(.read), nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .inodeStorageDelete, "inode_storage_delete", since: 5, 10, "int", .integer,
            [.init("void *map", .map), .init("void *inode", .structure("inode"), nullable: true)]),
        Helper(
            .taskStorageGet, "task_storage_get", since: 5, 11, "void *", .pointerOrNull(.mapValue),
            [
                .init("void *map", .map),
                .init("struct task_struct *task", .structure("task_struct"), nullable: true),
                .init("void *value", .mapValue(.read), nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .taskStorageDelete, "task_storage_delete", since: 5, 11, "long", .integer,
            [
                .init("void *map", .map),
                .init("struct task_struct *task", .structure("task_struct"), nullable: true),
            ]),
        Helper(
            .forEachMapElem, "for_each_map_elem", since: 5, 13, "long", .integer,
            [
                .init("void *map", .map), .init("void *callback_fn", .function),
                .init("void *callback_ctx", .stack, nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .mapLookupPercpuElem, "map_lookup_percpu_elem", since: 5, 19,
            "void *", .pointerOrNull(.mapValue),
            [
                .init("void *map", .map), .init("const void *key", .mapKey),
                .init("__u32 cpu", .anything),
            ], .takesPacketPointers),
        Helper(
            .cgrpStorageGet, "cgrp_storage_get", since: 6, 2, "void *", .pointerOrNull(.mapValue),
            [
                .init("void *map", .map),
                .init("struct cgroup *cgroup", .structure("cgroup"), nullable: true),
                .init("void *value", .mapValue(.read), nullable: true),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .cgrpStorageDelete, "cgrp_storage_delete", since: 6, 2, "long", .integer,
            [
                .init("void *map", .map),
                .init("struct cgroup *cgroup", .structure("cgroup"), nullable: true),
            ]),
    ]
}
