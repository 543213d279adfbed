extension Helper {
    /// Calls, loops, locks.
    static let flow: [Helper] = [
        Helper(
            .tailCall, "tail_call", since: 4, 2, "long", .nothing,
            [
                .init("void *ctx", .context), .init("void *prog_array_map", .map),
                .init("__u32 index", .anything),
            ]),
        Helper(
            .spinLock, "spin_lock", since: 5, 1, "long", .nothing,
            [.init("struct bpf_spin_lock *lock", .spinLock)]),
        Helper(
            .spinUnlock, "spin_unlock", since: 5, 1, "long", .nothing,
            [.init("struct bpf_spin_lock *lock", .spinLock)]),
        Helper(
            .loop, "loop", since: 5, 17, "long", .integer,
            [
                .init("__u32 nr_loops", .anything), .init("void *callback_fn", .function),
                .init("void *callback_ctx", .stack, nullable: true),
                .init("__u64 flags", .anything),
            ]),
    ]
}
