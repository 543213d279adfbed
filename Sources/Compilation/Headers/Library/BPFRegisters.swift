extension HeaderFile {
    /// Which register holds what, by machine; included by `bpf_tracing.h`.
    ///
    /// The machine is chosen with `__TARGET_ARCH_x86` or `__TARGET_ARCH_arm64`, which the compiler
    /// driver defines.
    static let bpfRegisters = HeaderFile(
        "bpf/bpf_registers.h",
        #"""
        #ifndef __BPF_REGISTERS_H__
        #define __BPF_REGISTERS_H__

        #include <bpf/bpf_core_read.h>

        #if defined(__TARGET_ARCH_x86)

        #define bpf_target_x86
        #define bpf_target_defined

        /* The kernel's own structure and the one for applications name registers differently. */
        #if defined(__KERNEL__) || defined(__VMLINUX_H__)
        #define ___reg(short_name, long_name) short_name
        #else
        #include <asm/ptrace.h>
        #define ___reg(short_name, long_name) long_name
        #endif
        #define ___regs_type struct pt_regs

        #define __PT_PARM1_REG ___reg(di, rdi)
        #define __PT_PARM2_REG ___reg(si, rsi)
        #define __PT_PARM3_REG ___reg(dx, rdx)
        #define __PT_PARM4_REG ___reg(cx, rcx)
        #define __PT_PARM5_REG r8
        #define __PT_PARM6_REG r9
        #define __PT_PARM4_SYSCALL_REG r10
        #define __PT_RET_REG ___reg(sp, rsp)
        #define __PT_FP_REG ___reg(bp, rbp)
        #define __PT_RC_REG ___reg(ax, rax)
        #define __PT_SP_REG ___reg(sp, rsp)
        #define __PT_IP_REG ___reg(ip, rip)

        #elif defined(__TARGET_ARCH_arm64)

        #define bpf_target_arm64
        #define bpf_target_defined

        #if !defined(__KERNEL__) && !defined(__VMLINUX_H__)
        #include <asm/ptrace.h>
        #endif
        #define ___regs_type struct user_pt_regs

        /* The first argument of a system call is kept apart, as its register takes the result. */
        struct pt_regs___arm64 {
            unsigned long orig_x0;
        } __attribute__((preserve_access_index));

        #define __PT_PARM1_REG regs[0]
        #define __PT_PARM2_REG regs[1]
        #define __PT_PARM3_REG regs[2]
        #define __PT_PARM4_REG regs[3]
        #define __PT_PARM5_REG regs[4]
        #define __PT_PARM6_REG regs[5]
        #define __PT_PARM7_REG regs[6]
        #define __PT_PARM8_REG regs[7]
        #define __PT_PARM4_SYSCALL_REG regs[3]
        #define __PT_RET_REG regs[30]
        #define __PT_FP_REG regs[29]
        #define __PT_RC_REG regs[0]
        #define __PT_SP_REG sp
        #define __PT_IP_REG pc

        #define PT_REGS_PARM1_SYSCALL(x) PT_REGS_PARM1_CORE_SYSCALL(x)
        #define PT_REGS_PARM1_CORE_SYSCALL(x) \
            BPF_CORE_READ((struct pt_regs___arm64 *)(x), orig_x0)

        #endif

        struct pt_regs;

        #ifdef bpf_target_defined

        #define __PT_REGS_CAST(x) ((___regs_type *)(x))
        #define ___register(x, name) (__PT_REGS_CAST(x)->name)
        #define ___register_core(x, name) BPF_CORE_READ(__PT_REGS_CAST(x), name)

        #else

        /* Compiles as long as no register is asked for. */
        #define ___no_machine \
            "define __TARGET_ARCH_x86 or __TARGET_ARCH_arm64 to read registers"
        #define ___register(x, name) ({ _Static_assert(0, ___no_machine); 0UL; })
        #define ___register_core(x, name) ({ _Static_assert(0, ___no_machine); 0UL; })

        #endif

        #define PT_REGS_PARM1(x) ___register(x, __PT_PARM1_REG)
        #define PT_REGS_PARM2(x) ___register(x, __PT_PARM2_REG)
        #define PT_REGS_PARM3(x) ___register(x, __PT_PARM3_REG)
        #define PT_REGS_PARM4(x) ___register(x, __PT_PARM4_REG)
        #define PT_REGS_PARM5(x) ___register(x, __PT_PARM5_REG)
        #define PT_REGS_PARM6(x) ___register(x, __PT_PARM6_REG)
        #define PT_REGS_PARM7(x) ___register(x, __PT_PARM7_REG)
        #define PT_REGS_PARM8(x) ___register(x, __PT_PARM8_REG)
        #define PT_REGS_RET(x) ___register(x, __PT_RET_REG)
        #define PT_REGS_FP(x) ___register(x, __PT_FP_REG)
        #define PT_REGS_RC(x) ___register(x, __PT_RC_REG)
        #define PT_REGS_SP(x) ___register(x, __PT_SP_REG)
        #define PT_REGS_IP(x) ___register(x, __PT_IP_REG)

        #define PT_REGS_PARM1_CORE(x) ___register_core(x, __PT_PARM1_REG)
        #define PT_REGS_PARM2_CORE(x) ___register_core(x, __PT_PARM2_REG)
        #define PT_REGS_PARM3_CORE(x) ___register_core(x, __PT_PARM3_REG)
        #define PT_REGS_PARM4_CORE(x) ___register_core(x, __PT_PARM4_REG)
        #define PT_REGS_PARM5_CORE(x) ___register_core(x, __PT_PARM5_REG)
        #define PT_REGS_PARM6_CORE(x) ___register_core(x, __PT_PARM6_REG)
        #define PT_REGS_PARM7_CORE(x) ___register_core(x, __PT_PARM7_REG)
        #define PT_REGS_PARM8_CORE(x) ___register_core(x, __PT_PARM8_REG)
        #define PT_REGS_RET_CORE(x) ___register_core(x, __PT_RET_REG)
        #define PT_REGS_FP_CORE(x) ___register_core(x, __PT_FP_REG)
        #define PT_REGS_RC_CORE(x) ___register_core(x, __PT_RC_REG)
        #define PT_REGS_SP_CORE(x) ___register_core(x, __PT_SP_REG)
        #define PT_REGS_IP_CORE(x) ___register_core(x, __PT_IP_REG)

        /* Arguments of system calls, where one differs from a function's. */
        #ifndef PT_REGS_PARM1_SYSCALL
        #define PT_REGS_PARM1_SYSCALL(x) PT_REGS_PARM1(x)
        #define PT_REGS_PARM1_CORE_SYSCALL(x) PT_REGS_PARM1_CORE(x)
        #endif
        #define PT_REGS_PARM2_SYSCALL(x) PT_REGS_PARM2(x)
        #define PT_REGS_PARM3_SYSCALL(x) PT_REGS_PARM3(x)
        #define PT_REGS_PARM4_SYSCALL(x) ___register(x, __PT_PARM4_SYSCALL_REG)
        #define PT_REGS_PARM5_SYSCALL(x) PT_REGS_PARM5(x)
        #define PT_REGS_PARM6_SYSCALL(x) PT_REGS_PARM6(x)
        #define PT_REGS_PARM2_CORE_SYSCALL(x) PT_REGS_PARM2_CORE(x)
        #define PT_REGS_PARM3_CORE_SYSCALL(x) PT_REGS_PARM3_CORE(x)
        #define PT_REGS_PARM4_CORE_SYSCALL(x) ___register_core(x, __PT_PARM4_SYSCALL_REG)
        #define PT_REGS_PARM5_CORE_SYSCALL(x) PT_REGS_PARM5_CORE(x)
        #define PT_REGS_PARM6_CORE_SYSCALL(x) PT_REGS_PARM6_CORE(x)

        /* On these machines a system call's only argument is a pointer to the registers. */
        #define PT_REGS_SYSCALL_REGS(ctx) ((struct pt_regs *)PT_REGS_PARM1(ctx))

        /* The address a function returns to: on the stack, or in the link register. */
        #if defined(bpf_target_arm64)
        #define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ (ip) = PT_REGS_RET(ctx); })
        #define BPF_KRETPROBE_READ_RET_IP BPF_KPROBE_READ_RET_IP
        #else
        #define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ \
            bpf_probe_read_kernel(&(ip), sizeof(ip), (void *)PT_REGS_RET(ctx)); })
        #define BPF_KRETPROBE_READ_RET_IP(ip, ctx) ({ \
            bpf_probe_read_kernel(&(ip), sizeof(ip), \
                (void *)(PT_REGS_FP(ctx) + sizeof(ip))); })
        #endif

        #endif
        """#
    )
}
