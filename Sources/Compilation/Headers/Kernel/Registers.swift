extension HeaderFile {
    /// Registers as applications see them.
    static let asmPtrace = HeaderFile(
        "asm/ptrace.h",
        #"""
        #ifndef _ASM_PTRACE_H
        #define _ASM_PTRACE_H

        #include <linux/types.h>

        #if defined(__TARGET_ARCH_arm64)

        struct user_pt_regs {
            __u64 regs[31];
            __u64 sp;
            __u64 pc;
            __u64 pstate;
        };

        struct pt_regs;

        #else

        struct pt_regs {
            unsigned long r15;
            unsigned long r14;
            unsigned long r13;
            unsigned long r12;
            unsigned long rbp;
            unsigned long rbx;
            unsigned long r11;
            unsigned long r10;
            unsigned long r9;
            unsigned long r8;
            unsigned long rax;
            unsigned long rcx;
            unsigned long rdx;
            unsigned long rsi;
            unsigned long rdi;
            unsigned long orig_rax;
            unsigned long rip;
            unsigned long cs;
            unsigned long eflags;
            unsigned long rsp;
            unsigned long ss;
        };

        #endif

        #endif
        """#
    )

    /// Registers, under the name that programs include.
    static let linuxPtrace = HeaderFile(
        "linux/ptrace.h",
        #"""
        #ifndef _LINUX_PTRACE_H
        #define _LINUX_PTRACE_H

        #include <linux/types.h>
        #include <asm/ptrace.h>

        #endif
        """#
    )

    /// The context's registers.
    static let asmBPFPerfEvent = HeaderFile(
        "asm/bpf_perf_event.h",
        #"""
        #ifndef _ASM_BPF_PERF_EVENT_H
        #define _ASM_BPF_PERF_EVENT_H

        #include <asm/ptrace.h>

        #if defined(__TARGET_ARCH_arm64)
        typedef struct user_pt_regs bpf_user_pt_regs_t;
        #else
        typedef struct pt_regs bpf_user_pt_regs_t;
        #endif

        #endif
        """#
    )

    /// The context of perf-event programs.
    static let linuxBPFPerfEvent = HeaderFile(
        "linux/bpf_perf_event.h",
        #"""
        #ifndef _LINUX_BPF_PERF_EVENT_H
        #define _LINUX_BPF_PERF_EVENT_H

        #include <asm/bpf_perf_event.h>

        struct bpf_perf_event_data {
            bpf_user_pt_regs_t regs;
            __u64 sample_period;
            __u64 addr;
        };

        #endif
        """#
    )
}
