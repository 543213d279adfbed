extension HeaderFile {
    /// Typed arguments of probes, and registers by their meaning.
    static let bpfTracing = HeaderFile(
        "bpf/bpf_tracing.h",
        #"""
        #ifndef __BPF_TRACING_H__
        #define __BPF_TRACING_H__

        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_core_read.h>
        #include <bpf/bpf_registers.h>

        #define ___bpf_count(_, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, n, ...) n
        #define ___bpf_arguments(args...) \
            ___bpf_count(_, ##args, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
        #define ___bpf_paste(a, b) a##b
        #define ___bpf_select(macro, count) ___bpf_paste(macro, count)

        /* Each macro below defines two functions: `name`, which the kernel calls with a context,
         * and its body with the user's arguments, which is inlined into it. A register converts
         * to whatever the argument's type is, numbers and pointers alike. */
        #define ___bpf_typed(name, context_type, call, args...) \
            name(context_type ctx); \
            static __always_inline typeof(name(0)) ____##name(context_type ctx, ##args); \
            typeof(name(0)) name(context_type ctx) \
            { \
                _Pragma("GCC diagnostic push") \
                _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
                call \
                _Pragma("GCC diagnostic pop") \
            } \
            static __always_inline typeof(name(0)) ____##name(context_type ctx, ##args)

        /* --- fentry, fexit, LSM, raw tracepoints with types, struct_ops -------------------- */

        #define ___bpf_slots0 ctx
        #define ___bpf_slots1 ___bpf_slots0, (void *)ctx[0]
        #define ___bpf_slots2 ___bpf_slots1, (void *)ctx[1]
        #define ___bpf_slots3 ___bpf_slots2, (void *)ctx[2]
        #define ___bpf_slots4 ___bpf_slots3, (void *)ctx[3]
        #define ___bpf_slots5 ___bpf_slots4, (void *)ctx[4]
        #define ___bpf_slots6 ___bpf_slots5, (void *)ctx[5]
        #define ___bpf_slots7 ___bpf_slots6, (void *)ctx[6]
        #define ___bpf_slots8 ___bpf_slots7, (void *)ctx[7]
        #define ___bpf_slots9 ___bpf_slots8, (void *)ctx[8]
        #define ___bpf_slots10 ___bpf_slots9, (void *)ctx[9]
        #define ___bpf_slots11 ___bpf_slots10, (void *)ctx[10]
        #define ___bpf_slots12 ___bpf_slots11, (void *)ctx[11]

        #define BPF_PROG(name, args...) \
            ___bpf_typed(name, unsigned long long *, \
                return ____##name(___bpf_select(___bpf_slots, ___bpf_arguments(args)));, ##args)

        /* --- the same with structures as arguments: types and names in turn ---------------- */

        /* A structure of up to 16 bytes takes one or two slots of the context. */
        #define ___bpf_slot_count(type) ((int)(sizeof(type) + 7) / 8)
        #define ___bpf_read_slots(type, index) ({ \
            union { \
                unsigned long long slots[2]; \
                type value; \
            } ___slots = {.slots = {ctx[index]}}; \
            if (sizeof(type) > 8) \
                ___slots.slots[1] = ctx[(index) + 1]; \
            ___slots.value; })

        #define ___bpf_pairs0()
        #define ___bpf_pairs2(t, a) , t a
        #define ___bpf_pairs4(t, a, more...) , t a ___bpf_pairs2(more)
        #define ___bpf_pairs6(t, a, more...) , t a ___bpf_pairs4(more)
        #define ___bpf_pairs8(t, a, more...) , t a ___bpf_pairs6(more)
        #define ___bpf_pairs10(t, a, more...) , t a ___bpf_pairs8(more)
        #define ___bpf_pairs12(t, a, more...) , t a ___bpf_pairs10(more)
        #define ___bpf_pairs(args...) \
            ___bpf_select(___bpf_pairs, ___bpf_arguments(args))(args)

        #define ___bpf_values_at0(i)
        #define ___bpf_values_at2(i, t, a) , ___bpf_read_slots(t, i)
        #define ___bpf_values_at4(i, t, a, more...) \
            , ___bpf_read_slots(t, i) ___bpf_values_at2(i + ___bpf_slot_count(t), more)
        #define ___bpf_values_at6(i, t, a, more...) \
            , ___bpf_read_slots(t, i) ___bpf_values_at4(i + ___bpf_slot_count(t), more)
        #define ___bpf_values_at8(i, t, a, more...) \
            , ___bpf_read_slots(t, i) ___bpf_values_at6(i + ___bpf_slot_count(t), more)
        #define ___bpf_values_at10(i, t, a, more...) \
            , ___bpf_read_slots(t, i) ___bpf_values_at8(i + ___bpf_slot_count(t), more)
        #define ___bpf_values_at12(i, t, a, more...) \
            , ___bpf_read_slots(t, i) ___bpf_values_at10(i + ___bpf_slot_count(t), more)
        #define ___bpf_values_at(args...) \
            ___bpf_select(___bpf_values_at, ___bpf_arguments(args))(0, ##args)

        #define BPF_PROG2(name, args...) \
            name(unsigned long long *ctx); \
            static __always_inline typeof(name(0)) \
                ____##name(unsigned long long *ctx ___bpf_pairs(args)); \
            typeof(name(0)) name(unsigned long long *ctx) \
            { \
                return ____##name(ctx ___bpf_values_at(args)); \
            } \
            static __always_inline typeof(name(0)) \
                ____##name(unsigned long long *ctx ___bpf_pairs(args))

        /* --- kprobes and uprobes ------------------------------------------------------------ */

        #define ___bpf_registers0 ctx
        #define ___bpf_registers1 ___bpf_registers0, (void *)PT_REGS_PARM1(ctx)
        #define ___bpf_registers2 ___bpf_registers1, (void *)PT_REGS_PARM2(ctx)
        #define ___bpf_registers3 ___bpf_registers2, (void *)PT_REGS_PARM3(ctx)
        #define ___bpf_registers4 ___bpf_registers3, (void *)PT_REGS_PARM4(ctx)
        #define ___bpf_registers5 ___bpf_registers4, (void *)PT_REGS_PARM5(ctx)
        #define ___bpf_registers6 ___bpf_registers5, (void *)PT_REGS_PARM6(ctx)
        #define ___bpf_registers7 ___bpf_registers6, (void *)PT_REGS_PARM7(ctx)
        #define ___bpf_registers8 ___bpf_registers7, (void *)PT_REGS_PARM8(ctx)

        #define BPF_KPROBE(name, args...) \
            ___bpf_typed(name, struct pt_regs *, \
                return ____##name( \
                    ___bpf_select(___bpf_registers, ___bpf_arguments(args)));, ##args)

        #define ___bpf_results0 ctx
        #define ___bpf_results1 ctx, (void *)PT_REGS_RC(ctx)

        /* Only the result is left when a function returns. */
        #define BPF_KRETPROBE(name, args...) \
            ___bpf_typed(name, struct pt_regs *, \
                return ____##name( \
                    ___bpf_select(___bpf_results, ___bpf_arguments(args)));, ##args)

        #define BPF_UPROBE(name, args...) BPF_KPROBE(name, ##args)
        #define BPF_URETPROBE(name, args...) BPF_KRETPROBE(name, ##args)

        /* --- system calls by their kprobe ---------------------------------------------------- */

        /* Whether the kernel's system calls take a pointer to the registers; the loader knows. */
        extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;

        #define ___bpf_plain0 ctx
        #define ___bpf_plain1 ___bpf_plain0, (void *)PT_REGS_PARM1_SYSCALL(___regs)
        #define ___bpf_plain2 ___bpf_plain1, (void *)PT_REGS_PARM2_SYSCALL(___regs)
        #define ___bpf_plain3 ___bpf_plain2, (void *)PT_REGS_PARM3_SYSCALL(___regs)
        #define ___bpf_plain4 ___bpf_plain3, (void *)PT_REGS_PARM4_SYSCALL(___regs)
        #define ___bpf_plain5 ___bpf_plain4, (void *)PT_REGS_PARM5_SYSCALL(___regs)
        #define ___bpf_plain6 ___bpf_plain5, (void *)PT_REGS_PARM6_SYSCALL(___regs)

        #define ___bpf_wrapped0 ctx
        #define ___bpf_wrapped1 ___bpf_wrapped0, (void *)PT_REGS_PARM1_CORE_SYSCALL(___regs)
        #define ___bpf_wrapped2 ___bpf_wrapped1, (void *)PT_REGS_PARM2_CORE_SYSCALL(___regs)
        #define ___bpf_wrapped3 ___bpf_wrapped2, (void *)PT_REGS_PARM3_CORE_SYSCALL(___regs)
        #define ___bpf_wrapped4 ___bpf_wrapped3, (void *)PT_REGS_PARM4_CORE_SYSCALL(___regs)
        #define ___bpf_wrapped5 ___bpf_wrapped4, (void *)PT_REGS_PARM5_CORE_SYSCALL(___regs)
        #define ___bpf_wrapped6 ___bpf_wrapped5, (void *)PT_REGS_PARM6_CORE_SYSCALL(___regs)

        #define BPF_KSYSCALL(name, args...) \
            ___bpf_typed(name, struct pt_regs *, \
                struct pt_regs *___regs __attribute__((unused)) = LINUX_HAS_SYSCALL_WRAPPER \
                    ? (struct pt_regs *)PT_REGS_PARM1(ctx) : ctx; \
                if (LINUX_HAS_SYSCALL_WRAPPER) \
                    return ____##name( \
                        ___bpf_select(___bpf_wrapped, ___bpf_arguments(args))); \
                else \
                    return ____##name( \
                        ___bpf_select(___bpf_plain, ___bpf_arguments(args)));, ##args)

        #define BPF_KPROBE_SYSCALL BPF_KSYSCALL

        #endif
        """#
    )
}
