extension Helper {
    /// Control groups and their system controls.
    static let controlGroups: [Helper] = [
        Helper(.getCurrentCgroupId, "get_current_cgroup_id", since: 4, 18, "__u64", .integer),
        Helper(
            .sysctlGetName, "sysctl_get_name", since: 5, 2, "long", .integer,
            [
                .init("struct bpf_sysctl *ctx", .context), .init("char *buf", .memory(.modify)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .sysctlGetCurrentValue, "sysctl_get_current_value", since: 5, 2, "long", .integer,
            [
                .init("struct bpf_sysctl *ctx", .context), .init("char *buf", .memory(.write)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .sysctlGetNewValue, "sysctl_get_new_value", since: 5, 2, "long", .integer,
            [
                .init("struct bpf_sysctl *ctx", .context), .init("char *buf", .memory(.write)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .sysctlSetNewValue, "sysctl_set_new_value", since: 5, 2, "long", .integer,
            [
                .init("struct bpf_sysctl *ctx", .context),
                .init("const char *buf", .memory(.read)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .getCurrentAncestorCgroupId, "get_current_ancestor_cgroup_id", since: 5, 7,
            "__u64", .integer,
            [.init("int ancestor_level", .anything)]),
        Helper(.getRetval, "get_retval", since: 5, 18, "int", .integer),
        Helper(
            .setRetval, "set_retval", since: 5, 18, "int", .integer,
            [.init("int retval", .anything)]),
    ]
}
