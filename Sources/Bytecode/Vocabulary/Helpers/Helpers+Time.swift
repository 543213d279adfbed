extension Helper {
    /// Clocks, timers and chance.
    static let time: [Helper] = [
        Helper(.ktimeGetNs, "ktime_get_ns", since: 4, 1, "__u64", .integer),
        Helper(.getPrandomU32, "get_prandom_u32", since: 4, 1, "__u32", .integer),
        Helper(.jiffies64, "jiffies64", since: 5, 6, "__u64", .integer),
        Helper(.ktimeGetBootNs, "ktime_get_boot_ns", since: 5, 8, "__u64", .integer),
        Helper(.ktimeGetCoarseNs, "ktime_get_coarse_ns", since: 5, 11, "__u64", .integer),
        Helper(
            .timerInit, "timer_init", since: 5, 15, "long", .integer,
            [
                .init("struct bpf_timer *timer", .timer), .init("void *map", .map),
                .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .timerSetCallback, "timer_set_callback", since: 5, 15, "long", .integer,
            [.init("struct bpf_timer *timer", .timer), .init("void *callback_fn", .function)],
            .requiresGPL),
        Helper(
            .timerStart, "timer_start", since: 5, 15, "long", .integer,
            [
                .init("struct bpf_timer *timer", .timer), .init("__u64 nsecs", .anything),
                .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .timerCancel, "timer_cancel", since: 5, 15, "long", .integer,
            [.init("struct bpf_timer *timer", .timer)], .requiresGPL),
        Helper(.ktimeGetTaiNs, "ktime_get_tai_ns", since: 6, 1, "__u64", .integer),
    ]
}
