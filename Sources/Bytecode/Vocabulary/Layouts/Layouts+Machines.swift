extension StructureLayout {
    /// The context of netfilter programs, which only the kernel's BTF declares.
    public static let bpfNfCtx = StructureLayout(
        "bpf_nf_ctx", size: 16, alignment: 8, [
            .init("state", "const struct nf_hook_state *", at: 0, size: 8),
            .init("skb", "struct sk_buff *", at: 8, size: 8),
        ])

    /// The context of programs on performance events, on x86-64 (`linux/bpf_perf_event.h`).
    public static let bpfPerfEventData = StructureLayout(
        "bpf_perf_event_data", size: 184, alignment: 8, [
            .structure("regs", at: 0, size: 168, ptRegs.fields),
            .init("sample_period", "__u64", at: 168, size: 8),
            .init("addr", "__u64", at: 176, size: 8),
        ])

    /// The registers of x86-64 as user space names them (`asm/ptrace.h`).
    public static let ptRegs = StructureLayout(
        "pt_regs", size: 168, alignment: 8, [
            .init("r15", "unsigned long", at: 0, size: 8),
            .init("r14", "unsigned long", at: 8, size: 8),
            .init("r13", "unsigned long", at: 16, size: 8),
            .init("r12", "unsigned long", at: 24, size: 8),
            .init("rbp", "unsigned long", at: 32, size: 8),
            .init("rbx", "unsigned long", at: 40, size: 8),
            .init("r11", "unsigned long", at: 48, size: 8),
            .init("r10", "unsigned long", at: 56, size: 8),
            .init("r9", "unsigned long", at: 64, size: 8),
            .init("r8", "unsigned long", at: 72, size: 8),
            .init("rax", "unsigned long", at: 80, size: 8),
            .init("rcx", "unsigned long", at: 88, size: 8),
            .init("rdx", "unsigned long", at: 96, size: 8),
            .init("rsi", "unsigned long", at: 104, size: 8),
            .init("rdi", "unsigned long", at: 112, size: 8),
            .init("orig_rax", "unsigned long", at: 120, size: 8),
            .init("rip", "unsigned long", at: 128, size: 8),
            .init("cs", "unsigned long", at: 136, size: 8),
            .init("eflags", "unsigned long", at: 144, size: 8),
            .init("rsp", "unsigned long", at: 152, size: 8),
            .init("ss", "unsigned long", at: 160, size: 8),
        ])

    /// The registers of arm64 (`asm/ptrace.h`).
    public static let userPtRegs = StructureLayout(
        "user_pt_regs", size: 272, alignment: 8, [
            .array("regs", "__u64", count: 31, at: 0, size: 248),
            .init("sp", "__u64", at: 248, size: 8),
            .init("pc", "__u64", at: 256, size: 8),
            .init("pstate", "__u64", at: 264, size: 8),
        ])
}
