extension HeaderFile {
    /// Sections, map definitions, qualifiers, printing and loops.
    static let bpfHelpers = HeaderFile(
        "bpf/bpf_helpers.h",
        #"""
        #ifndef __BPF_HELPERS__
        #define __BPF_HELPERS__

        #include <bpf/bpf_helper_defs.h>

        /* --- where things go ------------------------------------------------------------ */

        #define SEC(name) \
            _Pragma("GCC diagnostic push") \
            _Pragma("GCC diagnostic ignored \"-Wignored-attributes\"") \
            __attribute__((section(name), used)) \
            _Pragma("GCC diagnostic pop")

        #define __kconfig __attribute__((section(".kconfig")))
        #define __ksym __attribute__((section(".ksyms")))

        /* --- the members of a map definition: values hidden in types -------------------- */

        #define __uint(name, value) int (*name)[value]
        #define __type(name, value) typeof(value) *name
        #define __array(name, value) typeof(value) *name[]
        #define __ulong(name, value) \
            enum { ___bpf_concat(___bpf_value_, __COUNTER__) = (value) } name

        enum libbpf_pin_type {
            LIBBPF_PIN_NONE,
            LIBBPF_PIN_BY_NAME,
        };

        enum libbpf_tristate {
            TRI_NO = 0,
            TRI_YES = 1,
            TRI_MODULE = 2,
        };

        /* --- qualifiers of functions, pointers and arguments ---------------------------- */

        #undef __always_inline
        #define __always_inline inline __attribute__((always_inline))

        #ifndef __noinline
        #define __noinline __attribute__((noinline))
        #endif
        #ifndef __weak
        #define __weak __attribute__((weak))
        #endif

        /* Other objects cannot see it; the verifier checks it with its caller. */
        #define __hidden __attribute__((visibility("hidden")))

        #if __has_attribute(btf_type_tag)
        #define ___bpf_type_tag(tag) __attribute__((btf_type_tag(tag)))
        #else
        #define ___bpf_type_tag(tag)
        #endif
        #if __has_attribute(btf_decl_tag)
        #define ___bpf_declaration_tag(tag) __attribute__((btf_decl_tag(tag)))
        #else
        #define ___bpf_declaration_tag(tag)
        #endif

        #define __kptr ___bpf_type_tag("kptr")
        #define __kptr_untrusted ___bpf_type_tag("kptr_untrusted")
        #define __percpu_kptr ___bpf_type_tag("percpu_kptr")
        #define __uptr ___bpf_type_tag("uptr")

        #define __arg_ctx ___bpf_declaration_tag("arg:ctx")
        #define __arg_nonnull ___bpf_declaration_tag("arg:nonnull")
        #define __arg_nullable ___bpf_declaration_tag("arg:nullable")
        #define __arg_trusted ___bpf_declaration_tag("arg:trusted")
        #define __arg_untrusted ___bpf_declaration_tag("arg:untrusted")
        #define __arg_arena ___bpf_declaration_tag("arg:arena")

        /* Memory of an arena is an address space of its own; the compiler (clang 19 and later)
         * casts where a pointer changes sides, so that casting by hand is nothing. */
        #ifdef __BPF_FEATURE_ADDR_SPACE_CAST
        #define __arena __attribute__((address_space(1)))
        #define cast_kern(pointer)
        #define cast_user(pointer)
        #endif

        /* Whether a weak __ksym exists in the running kernel; asking for a strong one is an
         * error, as the answer would always be yes. */
        #define bpf_ksym_exists(symbol) ({ \
            _Static_assert(!__builtin_constant_p(!!symbol), \
                #symbol " is not declared __weak"); \
            !!symbol; })

        /* --- what C programs expect ----------------------------------------------------- */

        #ifndef NULL
        #define NULL ((void *)0)
        #endif

        #ifndef offsetof
        #define offsetof(type, member) __builtin_offsetof(type, member)
        #endif

        #ifndef container_of
        #define container_of(pointer, type, member) \
            ((type *)((void *)(pointer) - __builtin_offsetof(type, member)))
        #endif

        #ifndef KERNEL_VERSION
        #define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
        #endif

        /* The compiler forgets what it knows of memory, or of one variable. */
        #ifndef barrier
        #define barrier() asm volatile("" ::: "memory")
        #endif
        #ifndef barrier_var
        #define barrier_var(variable) asm volatile("" : "+r"(variable))
        #endif

        #ifndef __bpf_unreachable
        #define __bpf_unreachable() __builtin_trap()
        #endif

        #ifndef likely
        #define likely(condition) __builtin_expect(!!(condition), 1)
        #endif
        #ifndef unlikely
        #define unlikely(condition) __builtin_expect(!!(condition), 0)
        #endif

        /* --- tail calls ----------------------------------------------------------------- */

        /* A tail call whose slot is a constant in the instructions, not on the stack, lets
         * the kernel patch a direct jump. The registers are set by hand so that branches
         * with different slots are never merged. */
        static __always_inline void
        bpf_tail_call_static(void *ctx, const void *map, const unsigned int slot)
        {
            if (!__builtin_constant_p(slot))
                __bpf_unreachable();
            asm volatile("r1 = %[ctx]\n\t"
                         "r2 = %[map]\n\t"
                         "r3 = %[slot]\n\t"
                         "call 12"
                         :
                         : [ctx] "r"(ctx), [map] "r"(map), [slot] "i"(slot)
                         : "r0", "r1", "r2", "r3", "r4", "r5");
        }

        #include <bpf/bpf_print.h>
        #include <bpf/bpf_loops.h>

        #endif
        """#
    )
}
