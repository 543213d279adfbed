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

        /* Each argument as 64 bits, separated by commas. */
        #define ___bpf_value(x) (unsigned long long)(x)
        #define ___bpf_values0()
        #define ___bpf_values1(x) ___bpf_value(x)
        #define ___bpf_values2(x, more...) ___bpf_value(x), ___bpf_values1(more)
        #define ___bpf_values3(x, more...) ___bpf_value(x), ___bpf_values2(more)
        #define ___bpf_values4(x, more...) ___bpf_value(x), ___bpf_values3(more)
        #define ___bpf_values5(x, more...) ___bpf_value(x), ___bpf_values4(more)
        #define ___bpf_values6(x, more...) ___bpf_value(x), ___bpf_values5(more)
        #define ___bpf_values7(x, more...) ___bpf_value(x), ___bpf_values6(more)
        #define ___bpf_values8(x, more...) ___bpf_value(x), ___bpf_values7(more)
        #define ___bpf_values9(x, more...) ___bpf_value(x), ___bpf_values8(more)
        #define ___bpf_values10(x, more...) ___bpf_value(x), ___bpf_values9(more)
        #define ___bpf_values11(x, more...) ___bpf_value(x), ___bpf_values10(more)
        #define ___bpf_values12(x, more...) ___bpf_value(x), ___bpf_values11(more)
        #define ___bpf_values(args...) \
            ___bpf_apply(___bpf_values, ___bpf_narg(args))(args)

        #define BPF_SEQ_PRINTF(seq, fmt, args...) ({ \
            static const char ___format[] = fmt; \
            unsigned long long ___values[] = {___bpf_values(args)}; \
            bpf_seq_printf(seq, ___format, sizeof(___format), ___values, sizeof(___values)); })

        #define BPF_SNPRINTF(out, out_size, fmt, args...) ({ \
            static const char ___format[] = fmt; \
            unsigned long long ___values[] = {___bpf_values(args)}; \
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
            unsigned long long ___values[] = {___bpf_values(args)}; \
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
            unsigned long long ___values[] = {___bpf_values(args)}; \
            bpf_stream_vprintk_impl(stream_id, ___format, ___values, sizeof(___values), NULL); })

        #endif
        """#
    )
}
