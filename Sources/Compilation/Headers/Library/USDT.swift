extension HeaderFile {
    /// Arguments of statically defined probes in applications (USDT).
    ///
    /// The two maps and their structures are an interface with the loader, which reads where a
    /// probe's arguments are from the application's ELF notes and fills them; names and layouts
    /// are libbpf's, so that its loader and ours understand each other's objects.
    static let usdt = HeaderFile(
        "bpf/usdt.bpf.h",
        #"""
        #ifndef __USDT_BPF_H__
        #define __USDT_BPF_H__

        #ifndef __VMLINUX_H__
        #include <linux/bpf.h>
        #endif
        #include <linux/errno.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_tracing.h>

        /* How many different descriptions of arguments, and how many places, there may be. */
        #ifndef BPF_USDT_MAX_SPEC_CNT
        #define BPF_USDT_MAX_SPEC_CNT 256
        #endif
        #ifndef BPF_USDT_MAX_IP_CNT
        #define BPF_USDT_MAX_IP_CNT (4 * BPF_USDT_MAX_SPEC_CNT)
        #endif
        #define BPF_USDT_MAX_ARG_CNT 12

        enum __bpf_usdt_arg_type {
            BPF_USDT_ARG_CONST,
            BPF_USDT_ARG_REG,
            BPF_USDT_ARG_REG_DEREF,
        };

        /* Where one argument is: a constant, a register, or memory at a register's address;
         * the shift brings a value of 1, 2 or 4 bytes to 8. */
        struct __bpf_usdt_arg_spec {
            __u64 val_off;
            enum __bpf_usdt_arg_type arg_type;
            short reg_off;
            _Bool arg_signed;
            char arg_bitshift;
        };

        struct __bpf_usdt_spec {
            struct __bpf_usdt_arg_spec args[BPF_USDT_MAX_ARG_CNT];
            __u64 usdt_cookie;
            short arg_cnt;
        };

        struct {
            __uint(type, BPF_MAP_TYPE_ARRAY);
            __uint(max_entries, BPF_USDT_MAX_SPEC_CNT);
            __type(key, int);
            __type(value, struct __bpf_usdt_spec);
        } __bpf_usdt_specs SEC(".maps") __weak;

        struct {
            __uint(type, BPF_MAP_TYPE_HASH);
            __uint(max_entries, BPF_USDT_MAX_IP_CNT);
            __type(key, long);
            __type(value, __u32);
        } __bpf_usdt_ip_to_spec_id SEC(".maps") __weak;

        extern const _Bool LINUX_HAS_BPF_COOKIE __kconfig;

        /* The description is named by the attachment's cookie, or on older kernels found by the
         * address of the probe. */
        static __always_inline struct __bpf_usdt_spec *__bpf_usdt_find(struct pt_regs *ctx)
        {
            int id;
            if (LINUX_HAS_BPF_COOKIE) {
                id = bpf_get_attach_cookie(ctx);
            } else {
                long address = PT_REGS_IP(ctx);
                __u32 *found = bpf_map_lookup_elem(&__bpf_usdt_ip_to_spec_id, &address);
                if (!found)
                    return NULL;
                id = *found;
            }
            return bpf_map_lookup_elem(&__bpf_usdt_specs, &id);
        }

        /* How many arguments the probe has, or a negative error. */
        __weak __hidden int bpf_usdt_arg_cnt(struct pt_regs *ctx)
        {
            struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
            return spec ? spec->arg_cnt : -ESRCH;
        }

        /* The cookie that the attachment was given; 0 without one. */
        __weak __hidden long bpf_usdt_cookie(struct pt_regs *ctx)
        {
            struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
            return spec ? spec->usdt_cookie : 0;
        }

        /* The size in bytes of an argument, or a negative error. */
        __weak __hidden int bpf_usdt_arg_size(struct pt_regs *ctx, __u64 index)
        {
            struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
            if (!spec)
                return -ESRCH;
            if (index >= BPF_USDT_MAX_ARG_CNT)
                return -ENOENT;
            barrier_var(index);
            if (index >= BPF_USDT_MAX_ARG_CNT || index >= (__u64)spec->arg_cnt)
                return -ENOENT;
            return 8 - spec->args[index].arg_bitshift / 8;
        }

        /* Fetches an argument as 64 bits; 0, or a negative error. */
        __weak __hidden int bpf_usdt_arg(struct pt_regs *ctx, __u64 index, long *result)
        {
            struct __bpf_usdt_spec *spec = __bpf_usdt_find(ctx);
            unsigned long value;
            int error = 0;

            *result = 0;
            if (!spec)
                return -ESRCH;
            if (index >= BPF_USDT_MAX_ARG_CNT)
                return -ENOENT;
            /* The verifier must see the comparison on the value that becomes an offset. */
            barrier_var(index);
            if (index >= BPF_USDT_MAX_ARG_CNT || index >= (__u64)spec->arg_cnt)
                return -ENOENT;

            struct __bpf_usdt_arg_spec *argument = &spec->args[index];
            switch (argument->arg_type) {
            case BPF_USDT_ARG_CONST:
                value = argument->val_off;
                break;
            case BPF_USDT_ARG_REG:
                error = bpf_probe_read_kernel(
                    &value, sizeof(value), (void *)ctx + argument->reg_off);
                break;
            case BPF_USDT_ARG_REG_DEREF:
                error = bpf_probe_read_kernel(
                    &value, sizeof(value), (void *)ctx + argument->reg_off);
                if (!error)
                    error = bpf_probe_read_user(
                        &value, sizeof(value), (void *)value + argument->val_off);
        #if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
                value >>= argument->arg_bitshift;
        #endif
                break;
            default:
                return -EINVAL;
            }
            if (error)
                return error;

            value <<= argument->arg_bitshift;
            if (argument->arg_signed)
                value = (long)value >> argument->arg_bitshift;
            else
                value = value >> argument->arg_bitshift;
            *result = value;
            return 0;
        }

        #define ___bpf_usdt(index) ({ \
            long ___argument; \
            bpf_usdt_arg(ctx, index, &___argument); \
            (void *)___argument; })
        #define ___bpf_usdt0 ctx
        #define ___bpf_usdt1 ___bpf_usdt0, ___bpf_usdt(0)
        #define ___bpf_usdt2 ___bpf_usdt1, ___bpf_usdt(1)
        #define ___bpf_usdt3 ___bpf_usdt2, ___bpf_usdt(2)
        #define ___bpf_usdt4 ___bpf_usdt3, ___bpf_usdt(3)
        #define ___bpf_usdt5 ___bpf_usdt4, ___bpf_usdt(4)
        #define ___bpf_usdt6 ___bpf_usdt5, ___bpf_usdt(5)
        #define ___bpf_usdt7 ___bpf_usdt6, ___bpf_usdt(6)
        #define ___bpf_usdt8 ___bpf_usdt7, ___bpf_usdt(7)
        #define ___bpf_usdt9 ___bpf_usdt8, ___bpf_usdt(8)
        #define ___bpf_usdt10 ___bpf_usdt9, ___bpf_usdt(9)
        #define ___bpf_usdt11 ___bpf_usdt10, ___bpf_usdt(10)
        #define ___bpf_usdt12 ___bpf_usdt11, ___bpf_usdt(11)

        #define BPF_USDT(name, args...) \
            ___bpf_typed(name, struct pt_regs *, \
                return ____##name( \
                    ___bpf_select(___bpf_usdt, ___bpf_arguments(args)));, ##args)

        #endif
        """#
    )
}
