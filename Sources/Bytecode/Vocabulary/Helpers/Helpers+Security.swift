extension Helper {
    /// Security modules, and programs that call bpf(2).
    static let security: [Helper] = [
        Helper(
            .rcRepeat, "rc_repeat", since: 4, 18, "long", .integer,
            [.init("void *ctx", .context)], .requiresGPL),
        Helper(
            .rcKeydown, "rc_keydown", since: 4, 18, "long", .integer,
            [
                .init("void *ctx", .context), .init("__u32 protocol", .anything),
                .init("__u64 scancode", .anything), .init("__u32 toggle", .anything),
            ], .requiresGPL),
        Helper(
            .rcPointerRel, "rc_pointer_rel", since: 5, 0, "long", .integer,
            [
                .init("void *ctx", .context), .init("__s32 rel_x", .anything),
                .init("__s32 rel_y", .anything),
            ], .requiresGPL),
        Helper(
            .bprmOptsSet, "bprm_opts_set", since: 5, 11, "long", .integer,
            [
                .init("struct linux_binprm *bprm", .structure("linux_binprm")),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .imaInodeHash, "ima_inode_hash", since: 5, 11, "long", .integer,
            [
                .init("struct inode *inode", .structure("inode")),
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)),
            ], .mightSleep),
        Helper(
            .sysBpf, "sys_bpf", since: 5, 14, "long", .integer,
            [
                .init("__u32 cmd", .anything), .init("void *attr", .memory(.read)),
                .init("__u32 attr_size", .size(zeroAllowed: false)),
            ]),
        Helper(
            .btfFindByNameKind, "btf_find_by_name_kind", since: 5, 14, "long", .integer,
            [
                .init("char *name", .memory(.read)),
                .init("int name_sz", .size(zeroAllowed: false)), .init("__u32 kind", .anything),
                .init("int flags", .anything),
            ]),
        Helper(
            .sysClose, "sys_close", since: 5, 14, "long", .integer,
            [.init("__u32 fd", .anything)]),
        Helper(
            .kallsymsLookupName, "kallsyms_lookup_name", since: 5, 16, "long", .integer,
            [
                .init("const char *name", .memory(.read)),
                .init("int name_sz", .size(zeroAllowed: true)), .init("int flags", .anything),
                .init("__u64 *res", .fixedMemory(.write, size: 8)),
            ]),
        Helper(
            .imaFileHash, "ima_file_hash", since: 5, 18, "long", .integer,
            [
                .init("struct file *file", .structure("file")),
                .init("void *dst", .memory(.write)),
                .init("__u32 size", .size(zeroAllowed: false)),
            ], .mightSleep),
    ]
}
