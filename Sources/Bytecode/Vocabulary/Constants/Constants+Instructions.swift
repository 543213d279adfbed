extension ConstantGroup {
    /// The classes, sizes, modes and operations of instructions (`linux/bpf_common.h`).
    public static let instructionClasses = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_LD", 0),
            ("BPF_LDX", 1),
            ("BPF_ST", 2),
            ("BPF_STX", 3),
            ("BPF_ALU", 4),
            ("BPF_JMP", 5),
            ("BPF_RET", 6),
            ("BPF_MISC", 7),
            ("BPF_W", 0),
            ("BPF_H", 8),
            ("BPF_B", 16),
            ("BPF_IMM", 0),
            ("BPF_ABS", 32),
            ("BPF_IND", 64),
            ("BPF_MEM", 96),
            ("BPF_LEN", 128),
            ("BPF_MSH", 160),
            ("BPF_ADD", 0),
            ("BPF_SUB", 16),
            ("BPF_MUL", 32),
            ("BPF_DIV", 48),
            ("BPF_OR", 64),
            ("BPF_AND", 80),
            ("BPF_LSH", 96),
            ("BPF_RSH", 112),
            ("BPF_NEG", 128),
            ("BPF_MOD", 144),
            ("BPF_XOR", 160),
            ("BPF_JA", 0),
            ("BPF_JEQ", 16),
            ("BPF_JGT", 32),
            ("BPF_JGE", 48),
            ("BPF_JSET", 64),
            ("BPF_K", 0),
            ("BPF_X", 8),
            ("BPF_MAXINSNS", 0x1000),
        ])

    /// What the extended instruction set adds to them.
    public static let instructionExtensions = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_JMP32", 6),
            ("BPF_ALU64", 7),
            ("BPF_DW", 24),
            ("BPF_MEMSX", 128),
            ("BPF_ATOMIC", 192),
            ("BPF_XADD", 192),
            ("BPF_MOV", 176),
            ("BPF_ARSH", 192),
            ("BPF_END", 208),
            ("BPF_TO_LE", 0),
            ("BPF_TO_BE", 8),
            ("BPF_FROM_LE", 0),
            ("BPF_FROM_BE", 8),
            ("BPF_JNE", 80),
            ("BPF_JLT", 160),
            ("BPF_JLE", 176),
            ("BPF_JSGT", 96),
            ("BPF_JSGE", 112),
            ("BPF_JSLT", 192),
            ("BPF_JSLE", 208),
            ("BPF_JCOND", 224),
            ("BPF_CALL", 128),
            ("BPF_EXIT", 144),
            ("BPF_FETCH", 1),
            ("BPF_XCHG", 225),
            ("BPF_CMPXCHG", 241),
            ("BPF_LOAD_ACQ", 0x100),
            ("BPF_STORE_REL", 272),
            ("MAX_BPF_REG", 11),
        ])

    /// The registers.
    public static let registers = ConstantGroup(
        nil, [
            ("BPF_REG_0", 0),
            ("BPF_REG_1", 1),
            ("BPF_REG_2", 2),
            ("BPF_REG_3", 3),
            ("BPF_REG_4", 4),
            ("BPF_REG_5", 5),
            ("BPF_REG_6", 6),
            ("BPF_REG_7", 7),
            ("BPF_REG_8", 8),
            ("BPF_REG_9", 9),
            ("BPF_REG_10", 10),
            ("__MAX_BPF_REG", 11),
        ])

    /// Jumps that the kernel decides over (`may_goto`).
    public static let conditionalPseudoJumps = ConstantGroup(
        "bpf_cond_pseudo_jmp", [
            ("BPF_MAY_GOTO", 0),
        ])

    /// The move that changes the address space.
    public static let addressSpaceCasts = ConstantGroup(
        "bpf_addr_space_cast", [
            ("BPF_ADDR_SPACE_CAST", 1),
        ])

    /// What the source field of a 64-bit constant or a call says.
    public static let pseudoSources = ConstantGroup(
        nil, areMacros: true, [
            ("BPF_PSEUDO_MAP_FD", 1),
            ("BPF_PSEUDO_MAP_IDX", 5),
            ("BPF_PSEUDO_MAP_VALUE", 2),
            ("BPF_PSEUDO_MAP_IDX_VALUE", 6),
            ("BPF_PSEUDO_BTF_ID", 3),
            ("BPF_PSEUDO_FUNC", 4),
            ("BPF_PSEUDO_CALL", 1),
            ("BPF_PSEUDO_KFUNC_CALL", 2),
        ])

    /// What a CO-RE relocation asks for.
    public static let relocationKinds = ConstantGroup(
        "bpf_core_relo_kind", [
            ("BPF_CORE_FIELD_BYTE_OFFSET", 0),
            ("BPF_CORE_FIELD_BYTE_SIZE", 1),
            ("BPF_CORE_FIELD_EXISTS", 2),
            ("BPF_CORE_FIELD_SIGNED", 3),
            ("BPF_CORE_FIELD_LSHIFT_U64", 4),
            ("BPF_CORE_FIELD_RSHIFT_U64", 5),
            ("BPF_CORE_TYPE_ID_LOCAL", 6),
            ("BPF_CORE_TYPE_ID_TARGET", 7),
            ("BPF_CORE_TYPE_EXISTS", 8),
            ("BPF_CORE_TYPE_SIZE", 9),
            ("BPF_CORE_ENUMVAL_EXISTS", 10),
            ("BPF_CORE_ENUMVAL_VALUE", 11),
            ("BPF_CORE_TYPE_MATCHES", 12),
        ])
}
