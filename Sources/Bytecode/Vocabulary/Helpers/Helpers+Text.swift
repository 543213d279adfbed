extension Helper {
    /// Numbers and text, and printing them.
    static let text: [Helper] = [
        Helper(
            .tracePrintk, "trace_printk", since: 4, 1, "long", .integer,
            [
                .init("const char *fmt", .memory(.read)),
                .init("__u32 fmt_size", .size(zeroAllowed: false)),
            ], [.requiresGPL, .isVariadic]),
        Helper(
            .strtol, "strtol", since: 5, 2, "long", .integer,
            [
                .init("const char *buf", .memory(.read)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
                .init("__u64 flags", .anything),
                .init("long *res", .fixedMemory(.write, size: 8)),
            ]),
        Helper(
            .strtoul, "strtoul", since: 5, 2, "long", .integer,
            [
                .init("const char *buf", .memory(.read)),
                .init("unsigned long buf_len", .size(zeroAllowed: false)),
                .init("__u64 flags", .anything),
                .init("unsigned long *res", .fixedMemory(.write, size: 8)),
            ]),
        Helper(
            .seqPrintf, "seq_printf", since: 5, 8, "long", .integer,
            [
                .init("struct seq_file *m", .structure("seq_file")),
                .init("const char *fmt", .memory(.read)),
                .init("__u32 fmt_size", .size(zeroAllowed: false)),
                .init("const void *data", .memory(.read), nullable: true),
                .init("__u32 data_len", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .seqWrite, "seq_write", since: 5, 8, "long", .integer,
            [
                .init("struct seq_file *m", .structure("seq_file")),
                .init("const void *data", .memory(.read)),
                .init("__u32 len", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .dPath, "d_path", since: 5, 10, "long", .integer,
            [
                .init("struct path *path", .structure("path")),
                .init("char *buf", .memory(.modify)), .init("__u32 sz", .size(zeroAllowed: true)),
            ]),
        Helper(
            .snprintfBtf, "snprintf_btf", since: 5, 10, "long", .integer,
            [
                .init("char *str", .memory(.modify)),
                .init("__u32 str_size", .size(zeroAllowed: false)),
                .init("struct btf_ptr *ptr", .memory(.read)),
                .init("__u32 btf_ptr_size", .size(zeroAllowed: false)),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .seqPrintfBtf, "seq_printf_btf", since: 5, 10, "long", .integer,
            [
                .init("struct seq_file *m", .structure("seq_file")),
                .init("struct btf_ptr *ptr", .memory(.read)),
                .init("__u32 ptr_size", .size(zeroAllowed: true)),
                .init("__u64 flags", .anything),
            ], .requiresGPL),
        Helper(
            .snprintf, "snprintf", since: 5, 13, "long", .integer,
            [
                .init("char *str", .memory(.modify), nullable: true),
                .init("__u32 str_size", .size(zeroAllowed: true)),
                .init("const char *fmt", .constantString),
                .init("__u64 *data", .memory(.read), nullable: true),
                .init("__u32 data_len", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .traceVprintk, "trace_vprintk", since: 5, 16, "long", .integer,
            [
                .init("const char *fmt", .memory(.read)),
                .init("__u32 fmt_size", .size(zeroAllowed: false)),
                .init("const void *data", .memory(.read), nullable: true),
                .init("__u32 data_len", .size(zeroAllowed: true)),
            ], .requiresGPL),
        Helper(
            .strncmp, "strncmp", since: 5, 17, "long", .integer,
            [
                .init("const char *s1", .memory(.read)),
                .init("__u32 s1_sz", .size(zeroAllowed: false)),
                .init("const char *s2", .constantString),
            ]),
    ]
}
