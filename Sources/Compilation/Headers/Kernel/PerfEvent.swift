extension HeaderFile {
    /// Events by type and number.
    static let linuxPerfEvent = HeaderFile(
        "linux/perf_event.h",
        #"""
        #ifndef _LINUX_PERF_EVENT_H
        #define _LINUX_PERF_EVENT_H

        #include <linux/types.h>

        enum perf_type_id {
            PERF_TYPE_HARDWARE = 0,
            PERF_TYPE_SOFTWARE = 1,
            PERF_TYPE_TRACEPOINT = 2,
            PERF_TYPE_HW_CACHE = 3,
            PERF_TYPE_RAW = 4,
            PERF_TYPE_BREAKPOINT = 5,
            PERF_TYPE_MAX
        };

        enum perf_hw_id {
            PERF_COUNT_HW_CPU_CYCLES = 0,
            PERF_COUNT_HW_INSTRUCTIONS = 1,
            PERF_COUNT_HW_CACHE_REFERENCES = 2,
            PERF_COUNT_HW_CACHE_MISSES = 3,
            PERF_COUNT_HW_BRANCH_INSTRUCTIONS = 4,
            PERF_COUNT_HW_BRANCH_MISSES = 5,
            PERF_COUNT_HW_BUS_CYCLES = 6,
            PERF_COUNT_HW_STALLED_CYCLES_FRONTEND = 7,
            PERF_COUNT_HW_STALLED_CYCLES_BACKEND = 8,
            PERF_COUNT_HW_REF_CPU_CYCLES = 9,
            PERF_COUNT_HW_MAX
        };

        enum perf_sw_ids {
            PERF_COUNT_SW_CPU_CLOCK = 0,
            PERF_COUNT_SW_TASK_CLOCK = 1,
            PERF_COUNT_SW_PAGE_FAULTS = 2,
            PERF_COUNT_SW_CONTEXT_SWITCHES = 3,
            PERF_COUNT_SW_CPU_MIGRATIONS = 4,
            PERF_COUNT_SW_PAGE_FAULTS_MIN = 5,
            PERF_COUNT_SW_PAGE_FAULTS_MAJ = 6,
            PERF_COUNT_SW_ALIGNMENT_FAULTS = 7,
            PERF_COUNT_SW_EMULATION_FAULTS = 8,
            PERF_COUNT_SW_DUMMY = 9,
            PERF_COUNT_SW_BPF_OUTPUT = 10,
            PERF_COUNT_SW_CGROUP_SWITCHES = 11,
            PERF_COUNT_SW_MAX
        };

        #define PERF_MAX_STACK_DEPTH 127

        struct perf_branch_entry {
            __u64 from;
            __u64 to;
            __u64 mispred : 1, predicted : 1, in_tx : 1, abort : 1, cycles : 16, type : 4,
                spec : 2, new_type : 4, priv : 3, reserved : 31;
        };

        #endif
        """#
    )

    /// Type information of programs, as the kernel takes it.
    static let linuxBTF = HeaderFile(
        "linux/btf.h",
        #"""
        #ifndef _LINUX_BTF_H
        #define _LINUX_BTF_H

        #include <linux/types.h>

        #define BTF_MAGIC 0xeB9F
        #define BTF_VERSION 1
        #define BTF_MAX_TYPE 0x000fffff
        #define BTF_MAX_NAME_OFFSET 0x00ffffff
        #define BTF_MAX_VLEN 0xffff

        struct btf_header {
            __u16 magic;
            __u8 version;
            __u8 flags;
            __u32 hdr_len;
            __u32 type_off;
            __u32 type_len;
            __u32 str_off;
            __u32 str_len;
        };

        struct btf_type {
            __u32 name_off;
            __u32 info;
            union {
                __u32 size;
                __u32 type;
            };
        };

        #define BTF_INFO_KIND(info) (((info) >> 24) & 0x1f)
        #define BTF_INFO_VLEN(info) ((info) & 0xffff)
        #define BTF_INFO_KFLAG(info) ((info) >> 31)

        enum {
            BTF_KIND_UNKN = 0,
            BTF_KIND_INT,
            BTF_KIND_PTR,
            BTF_KIND_ARRAY,
            BTF_KIND_STRUCT,
            BTF_KIND_UNION,
            BTF_KIND_ENUM,
            BTF_KIND_FWD,
            BTF_KIND_TYPEDEF,
            BTF_KIND_VOLATILE,
            BTF_KIND_CONST,
            BTF_KIND_RESTRICT,
            BTF_KIND_FUNC,
            BTF_KIND_FUNC_PROTO,
            BTF_KIND_VAR,
            BTF_KIND_DATASEC,
            BTF_KIND_FLOAT,
            BTF_KIND_DECL_TAG,
            BTF_KIND_TYPE_TAG,
            BTF_KIND_ENUM64,
            NR_BTF_KINDS,
            BTF_KIND_MAX = NR_BTF_KINDS - 1,
        };

        #define BTF_INT_ENCODING(value) (((value) & 0x0f000000) >> 24)
        #define BTF_INT_OFFSET(value) (((value) & 0x00ff0000) >> 16)
        #define BTF_INT_BITS(value) ((value) & 0x000000ff)
        #define BTF_INT_SIGNED (1 << 0)
        #define BTF_INT_CHAR (1 << 1)
        #define BTF_INT_BOOL (1 << 2)

        struct btf_enum {
            __u32 name_off;
            __s32 val;
        };

        struct btf_array {
            __u32 type;
            __u32 index_type;
            __u32 nelems;
        };

        struct btf_member {
            __u32 name_off;
            __u32 type;
            __u32 offset;
        };

        #define BTF_MEMBER_BITFIELD_SIZE(value) ((value) >> 24)
        #define BTF_MEMBER_BIT_OFFSET(value) ((value) & 0xffffff)

        struct btf_param {
            __u32 name_off;
            __u32 type;
        };

        enum {
            BTF_VAR_STATIC = 0,
            BTF_VAR_GLOBAL_ALLOCATED = 1,
            BTF_VAR_GLOBAL_EXTERN = 2,
        };

        enum btf_func_linkage {
            BTF_FUNC_STATIC = 0,
            BTF_FUNC_GLOBAL = 1,
            BTF_FUNC_EXTERN = 2,
        };

        struct btf_var {
            __u32 linkage;
        };

        struct btf_var_secinfo {
            __u32 type;
            __u32 offset;
            __u32 size;
        };

        struct btf_decl_tag {
            __s32 component_idx;
        };

        struct btf_enum64 {
            __u32 name_off;
            __u32 val_lo32;
            __u32 val_hi32;
        };

        #endif
        """#
    )

    /// Classic BPF.
    static let linuxFilter = HeaderFile(
        "linux/filter.h",
        #"""
        #ifndef _LINUX_FILTER_H
        #define _LINUX_FILTER_H

        #include <linux/types.h>
        #include <linux/bpf_common.h>

        #define BPF_MAJOR_VERSION 1
        #define BPF_MINOR_VERSION 1

        struct sock_filter {
            __u16 code;
            __u8 jt;
            __u8 jf;
            __u32 k;
        };

        struct sock_fprog {
            unsigned short len;
            struct sock_filter *filter;
        };

        #define BPF_RVAL(code) ((code) & 0x18)
        #define BPF_A 0x10
        #define BPF_MISCOP(code) ((code) & 0xf8)
        #define BPF_TAX 0x00
        #define BPF_TXA 0x80

        #define BPF_STMT(code, k) {(unsigned short)(code), 0, 0, k}
        #define BPF_JUMP(code, k, jt, jf) {(unsigned short)(code), jt, jf, k}
        #define BPF_MEMWORDS 16

        #define SKF_AD_OFF (-0x1000)
        #define SKF_AD_PROTOCOL 0
        #define SKF_AD_PKTTYPE 4
        #define SKF_AD_IFINDEX 8
        #define SKF_AD_NLATTR 12
        #define SKF_AD_NLATTR_NEST 16
        #define SKF_AD_MARK 20
        #define SKF_AD_QUEUE 24
        #define SKF_AD_HATYPE 28
        #define SKF_AD_RXHASH 32
        #define SKF_AD_CPU 36
        #define SKF_AD_ALU_XOR_X 40
        #define SKF_AD_VLAN_TAG 44
        #define SKF_AD_VLAN_TAG_PRESENT 48
        #define SKF_AD_PAY_OFFSET 52
        #define SKF_AD_RANDOM 56
        #define SKF_AD_VLAN_TPID 60
        #define SKF_AD_MAX 64
        #define SKF_NET_OFF (-0x100000)
        #define SKF_LL_OFF (-0x200000)

        #endif
        """#
    )
}
