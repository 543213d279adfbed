extension LinuxBPF {
    /// Instruction fields, flags and limits that are macros.
    static let constants = #"""
        /* instruction classes, sizes, operations (RFC 9669) beyond linux/bpf_common.h */
        #define BPF_JMP32 0x06
        #define BPF_ALU64 0x07
        #define BPF_DW 0x18
        #define BPF_MEMSX 0x80
        #define BPF_ATOMIC 0xc0
        #define BPF_XADD 0xc0
        #define BPF_MOV 0xb0
        #define BPF_ARSH 0xc0
        #define BPF_END 0xd0
        #define BPF_TO_LE 0x00
        #define BPF_TO_BE 0x08
        #define BPF_FROM_LE BPF_TO_LE
        #define BPF_FROM_BE BPF_TO_BE
        #define BPF_JNE 0x50
        #define BPF_JSGT 0x60
        #define BPF_JSGE 0x70
        #define BPF_CALL 0x80
        #define BPF_EXIT 0x90
        #define BPF_JLT 0xa0
        #define BPF_JLE 0xb0
        #define BPF_JSLT 0xc0
        #define BPF_JSLE 0xd0
        #define BPF_JCOND 0xe0
        #define BPF_FETCH 0x01
        #define BPF_XCHG (0xe0 | BPF_FETCH)
        #define BPF_CMPXCHG (0xf0 | BPF_FETCH)
        #define BPF_LOAD_ACQ 0x100
        #define BPF_STORE_REL 0x110

        /* what a 64-bit immediate or a call means: its source register */
        #define BPF_PSEUDO_MAP_FD 1
        #define BPF_PSEUDO_MAP_VALUE 2
        #define BPF_PSEUDO_BTF_ID 3
        #define BPF_PSEUDO_FUNC 4
        #define BPF_PSEUDO_MAP_IDX 5
        #define BPF_PSEUDO_MAP_IDX_VALUE 6
        #define BPF_PSEUDO_CALL 1
        #define BPF_PSEUDO_KFUNC_CALL 2

        /* flags of loading, attaching, queries and test runs */
        #define BPF_F_ALLOW_OVERRIDE (1U << 0)
        #define BPF_F_ALLOW_MULTI (1U << 1)
        #define BPF_F_REPLACE (1U << 2)
        #define BPF_F_BEFORE (1U << 3)
        #define BPF_F_AFTER (1U << 4)
        #define BPF_F_ID (1U << 5)
        #define BPF_F_PREORDER (1U << 6)
        #define BPF_F_STRICT_ALIGNMENT (1U << 0)
        #define BPF_F_ANY_ALIGNMENT (1U << 1)
        #define BPF_F_TEST_RND_HI32 (1U << 2)
        #define BPF_F_TEST_STATE_FREQ (1U << 3)
        #define BPF_F_SLEEPABLE (1U << 4)
        #define BPF_F_XDP_HAS_FRAGS (1U << 5)
        #define BPF_F_XDP_DEV_BOUND_ONLY (1U << 6)
        #define BPF_F_TEST_REG_INVARIANTS (1U << 7)
        #define BPF_F_NETFILTER_IP_DEFRAG (1U << 0)
        #define BPF_F_QUERY_EFFECTIVE (1U << 0)
        #define BPF_F_TEST_RUN_ON_CPU (1U << 0)
        #define BPF_F_TEST_XDP_LIVE_FRAMES (1U << 1)
        #define BPF_F_TEST_SKB_CHECKSUM_COMPLETE (1U << 2)

        #define BPF_BUILD_ID_SIZE 20
        #define BPF_OBJ_NAME_LEN 16U
        #define BPF_TAG_SIZE 8
        #define XDP_PACKET_HEADROOM 256
        #define BPF_F_REDIRECT_FLAGS (BPF_F_INGRESS | BPF_F_BROADCAST | BPF_F_EXCLUDE_INGRESS)
        #define BPF_F_ADJ_ROOM_ENCAP_L2(length) \
            (((__u64)(length) & BPF_ADJ_ROOM_ENCAP_L2_MASK) << BPF_ADJ_ROOM_ENCAP_L2_SHIFT)
        #define BPF_LINE_INFO_LINE_NUM(position) ((position) >> 10)
        #define BPF_LINE_INFO_LINE_COL(position) ((position) & 0x3ff)

        /* a pointer that takes 64 bits on every machine */
        #define __bpf_md_ptr(type, name) \
            union { \
                type name; \
                __u64 : 64; \
            } __attribute__((aligned(8)))
        """#
}
