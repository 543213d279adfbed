extension HeaderFile {
    /// Formatted output, included by `bpf_helpers.h`.
    ///
    /// Formats live in read-only data; more than three values travel in an array.
    static let bpfPrint = HeaderFile(
        "bpf/bpf_print.h",
        #"""
        #ifndef __BPF_PRINT__
        #define __BPF_PRINT__

        #include <bpf/bpf_helpers.h>

        #ifndef ___bpf_concat
        #define ___bpf_concat(a, b) a##b
        #endif
        #ifndef ___bpf_apply
        #define ___bpf_apply(macro, count) ___bpf_concat(macro, count)
        #endif
        #ifndef ___bpf_nth
        #define ___bpf_nth(_, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, n, ...) n
        #endif
        #ifndef ___bpf_narg
        #define ___bpf_narg(...) \
            ___bpf_nth(_, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
        #endif

        /* Stores each argument as 64 bits. Not an initialiser: the compiler would put constants,
         * addresses of strings among them, into read-only data, where no loader relocates. */
        #define ___bpf_store(i, x) ___values[i] = (unsigned long long)(x);
        #define ___bpf_stores0(i)
        #define ___bpf_stores1(i, x) ___bpf_store(i, x)
        #define ___bpf_stores2(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores1(i + 1, more)
        #define ___bpf_stores3(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores2(i + 1, more)
        #define ___bpf_stores4(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores3(i + 1, more)
        #define ___bpf_stores5(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores4(i + 1, more)
        #define ___bpf_stores6(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores5(i + 1, more)
        #define ___bpf_stores7(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores6(i + 1, more)
        #define ___bpf_stores8(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores7(i + 1, more)
        #define ___bpf_stores9(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores8(i + 1, more)
        #define ___bpf_stores10(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores9(i + 1, more)
        #define ___bpf_stores11(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores10(i + 1, more)
        #define ___bpf_stores12(i, x, more...) \
            ___bpf_store(i, x) ___bpf_stores11(i + 1, more)
        #define ___bpf_values(args...) \
            unsigned long long ___values[___bpf_narg(args)]; \
            ___bpf_apply(___bpf_stores, ___bpf_narg(args))(0, ##args)

        #define BPF_SEQ_PRINTF(seq, fmt, args...) ({ \
            static const char ___format[] = fmt; \
            ___bpf_values(args) \
            bpf_seq_printf(seq, ___format, sizeof(___format), ___values, sizeof(___values)); })

        #define BPF_SNPRINTF(out, out_size, fmt, args...) ({ \
            static const char ___format[] = fmt; \
            ___bpf_values(args) \
            bpf_snprintf(out, out_size, ___format, ___values, sizeof(___values)); })

        /* Kernels before 5.2 have no global data: there the format lives on the stack. */
        #ifdef BPF_NO_GLOBAL_DATA
        #define BPF_PRINTK_FMT_MOD
        #else
        #define BPF_PRINTK_FMT_MOD static const
        #endif

        #define __bpf_printk(fmt, args...) ({ \
            BPF_PRINTK_FMT_MOD char ___format[] = fmt; \
            bpf_trace_printk(___format, sizeof(___format), ##args); })

        #define __bpf_vprintk(fmt, args...) ({ \
            static const char ___format[] = fmt; \
            ___bpf_values(args) \
            bpf_trace_vprintk(___format, sizeof(___format), ___values, sizeof(___values)); })

        /* Up to three values go in registers; more need Linux 5.16. */
        #define ___bpf_pick_printk(...) \
            ___bpf_nth(_, ##__VA_ARGS__, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
                __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
                __bpf_vprintk, __bpf_printk, __bpf_printk, __bpf_printk, __bpf_printk)

        #define bpf_printk(fmt, args...) ___bpf_pick_printk(args)(fmt, ##args)

        /* Lines for the readers of a program's output or error stream (Linux 6.18). */
        extern int bpf_stream_vprintk_impl(int stream_id, const char *fmt__str,
            const void *args, unsigned int len__sz, void *aux__prog) __weak __ksym;

        #define bpf_stream_printk(stream_id, fmt, args...) ({ \
            static const char ___format[] = fmt; \
            ___bpf_values(args) \
            bpf_stream_vprintk_impl(stream_id, ___format, ___values, sizeof(___values), NULL); })

        #endif
        """#
    )
}
