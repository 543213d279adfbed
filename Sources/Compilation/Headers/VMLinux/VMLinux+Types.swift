extension VMLinux {
    /// Integers and the names that the kernel gives them.
    static let types = #"""
        typedef signed char __s8;
        typedef unsigned char __u8;
        typedef short __s16;
        typedef unsigned short __u16;
        typedef int __s32;
        typedef unsigned int __u32;
        typedef long long __s64;
        typedef unsigned long long __u64;

        typedef __s8 s8;
        typedef __u8 u8;
        typedef __s16 s16;
        typedef __u16 u16;
        typedef __s32 s32;
        typedef __u32 u32;
        typedef __s64 s64;
        typedef __u64 u64;

        typedef signed char int8_t;
        typedef short int16_t;
        typedef int int32_t;
        typedef __INT64_TYPE__ int64_t;
        typedef unsigned char uint8_t;
        typedef unsigned short uint16_t;
        typedef unsigned int uint32_t;
        typedef __UINT64_TYPE__ uint64_t;
        typedef __UINTPTR_TYPE__ uintptr_t;

        typedef __u16 __le16;
        typedef __u16 __be16;
        typedef __u32 __le32;
        typedef __u32 __be32;
        typedef __u64 __le64;
        typedef __u64 __be64;
        typedef __u16 __sum16;
        typedef __u32 __wsum;

        #ifndef __bool_true_false_are_defined
        typedef _Bool bool;
        enum {
            false = 0,
            true = 1,
        };
        #endif

        typedef __SIZE_TYPE__ size_t;
        typedef long ssize_t;
        typedef int pid_t;
        typedef unsigned int uid_t;
        typedef unsigned int gid_t;
        typedef unsigned char u_char;
        typedef unsigned short u_short;
        typedef unsigned int uint;
        typedef unsigned int u_int;
        typedef unsigned long ulong;
        typedef unsigned long u_long;
        typedef __u32 key_serial_t;
        typedef __u32 nlink_t;
        typedef unsigned long __kernel_ulong_t;
        typedef __kernel_ulong_t __kernel_size_t;

        enum {
            IPPROTO_IP = 0, IPPROTO_ICMP = 1, IPPROTO_IGMP = 2, IPPROTO_IPIP = 4,
            IPPROTO_TCP = 6, IPPROTO_EGP = 8, IPPROTO_PUP = 12, IPPROTO_UDP = 17,
            IPPROTO_IDP = 22, IPPROTO_TP = 29, IPPROTO_DCCP = 33, IPPROTO_IPV6 = 41,
            IPPROTO_RSVP = 46, IPPROTO_GRE = 47, IPPROTO_ESP = 50, IPPROTO_AH = 51,
            IPPROTO_MTP = 92, IPPROTO_BEETPH = 94, IPPROTO_ENCAP = 98, IPPROTO_PIM = 103,
            IPPROTO_COMP = 108, IPPROTO_L2TP = 115, IPPROTO_SCTP = 132, IPPROTO_UDPLITE = 136,
            IPPROTO_MPLS = 137, IPPROTO_ETHERNET = 143, IPPROTO_AGGFRAG = 144,
            IPPROTO_RAW = 255, IPPROTO_SMC = 256, IPPROTO_MPTCP = 262, IPPROTO_MAX = 263,
        };

        enum {
            TCP_ESTABLISHED = 1, TCP_SYN_SENT, TCP_SYN_RECV, TCP_FIN_WAIT1, TCP_FIN_WAIT2,
            TCP_TIME_WAIT, TCP_CLOSE, TCP_CLOSE_WAIT, TCP_LAST_ACK, TCP_LISTEN, TCP_CLOSING,
            TCP_NEW_SYN_RECV, TCP_BOUND_INACTIVE, TCP_MAX_STATES,
        };

        enum {
            HI_SOFTIRQ, TIMER_SOFTIRQ, NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, BLOCK_SOFTIRQ,
            IRQ_POLL_SOFTIRQ, TASKLET_SOFTIRQ, SCHED_SOFTIRQ, HRTIMER_SOFTIRQ, RCU_SOFTIRQ,
            NR_SOFTIRQS,
        };

        enum {
            TCPF_ESTABLISHED = 1 << 1, TCPF_SYN_SENT = 1 << 2, TCPF_SYN_RECV = 1 << 3,
            TCPF_FIN_WAIT1 = 1 << 4, TCPF_FIN_WAIT2 = 1 << 5, TCPF_TIME_WAIT = 1 << 6,
            TCPF_CLOSE = 1 << 7, TCPF_CLOSE_WAIT = 1 << 8, TCPF_LAST_ACK = 1 << 9,
            TCPF_LISTEN = 1 << 10, TCPF_CLOSING = 1 << 11, TCPF_NEW_SYN_RECV = 1 << 12,
        };
        """#

    /// The registers of a task, by machine.
    static let registers = #"""
        #if defined(__TARGET_ARCH_arm64)

        struct user_pt_regs {
            __u64 regs[31];
            __u64 sp;
            __u64 pc;
            __u64 pstate;
        };

        struct pt_regs {
            union {
                struct user_pt_regs user_regs;
                struct {
                    u64 regs[31];
                    u64 sp;
                    u64 pc;
                    u64 pstate;
                };
            };
            u64 orig_x0;
            s32 syscallno;
            u64 sdei_ttbr1;
            u64 stackframe[2];
        };

        typedef struct user_pt_regs bpf_user_pt_regs_t;

        #else

        struct pt_regs {
            unsigned long r15;
            unsigned long r14;
            unsigned long r13;
            unsigned long r12;
            unsigned long bp;
            unsigned long bx;
            unsigned long r11;
            unsigned long r10;
            unsigned long r9;
            unsigned long r8;
            unsigned long ax;
            unsigned long cx;
            unsigned long dx;
            unsigned long si;
            unsigned long di;
            unsigned long orig_ax;
            unsigned long ip;
            union {
                u16 cs;
                u64 csx;
            };
            unsigned long flags;
            unsigned long sp;
            union {
                u16 ss;
                u64 ssx;
            };
        };

        typedef struct pt_regs bpf_user_pt_regs_t;

        #endif

        struct bpf_perf_event_data {
            bpf_user_pt_regs_t regs;
            __u64 sample_period;
            __u64 addr;
        };
        """#
}
