extension HeaderFile {
    /// Reading kernel structures whose layout is known only when the program is loaded (CO-RE).
    static let bpfCoreRead = HeaderFile(
        "bpf/bpf_core_read.h",
        #"""
        #ifndef __BPF_CORE_READ_H__
        #define __BPF_CORE_READ_H__

        #include <bpf/bpf_helpers.h>

        /* --- what a relocation asks for; the numbers are the compiler's and the loader's - */

        enum bpf_field_info_kind {
            BPF_FIELD_BYTE_OFFSET = 0,
            BPF_FIELD_BYTE_SIZE = 1,
            BPF_FIELD_EXISTS = 2,
            BPF_FIELD_SIGNED = 3,
            BPF_FIELD_LSHIFT_U64 = 4,
            BPF_FIELD_RSHIFT_U64 = 5,
        };

        enum bpf_type_id_kind {
            BPF_TYPE_ID_LOCAL = 0,
            BPF_TYPE_ID_TARGET = 1,
        };

        enum bpf_type_info_kind {
            BPF_TYPE_EXISTS = 0,
            BPF_TYPE_SIZE = 1,
            BPF_TYPE_MATCHES = 2,
        };

        enum bpf_enum_value_kind {
            BPF_ENUMVAL_EXISTS = 0,
            BPF_ENUMVAL_VALUE = 1,
        };

        #define ___core_count(_, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, n, ...) n
        #define ___core_paste(a, b) a##b
        #define ___core_select(macro, count) ___core_paste(macro, count)

        /* --- questions about fields, types and enumerators ------------------------------- */

        /* A field is `pointer->member`, or a type and a member. */
        #define ___core_field1(field) (field)
        #define ___core_field2(type, field) (((typeof(type) *)0)->field)
        #define ___core_field(args...) \
            ___core_select(___core_field, \
                ___core_count(_, ##args, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))(args)

        #define bpf_core_field_exists(field...) \
            __builtin_preserve_field_info(___core_field(field), BPF_FIELD_EXISTS)
        #define bpf_core_field_size(field...) \
            __builtin_preserve_field_info(___core_field(field), BPF_FIELD_BYTE_SIZE)
        #define bpf_core_field_offset(field...) \
            __builtin_preserve_field_info(___core_field(field), BPF_FIELD_BYTE_OFFSET)

        #define ___core_type(type) (*(typeof(type) *)0)

        #define bpf_core_type_id_local(type) \
            __builtin_btf_type_id(___core_type(type), BPF_TYPE_ID_LOCAL)
        #define bpf_core_type_id_kernel(type) \
            __builtin_btf_type_id(___core_type(type), BPF_TYPE_ID_TARGET)
        #define bpf_core_type_exists(type) \
            __builtin_preserve_type_info(___core_type(type), BPF_TYPE_EXISTS)
        #define bpf_core_type_matches(type) \
            __builtin_preserve_type_info(___core_type(type), BPF_TYPE_MATCHES)
        #define bpf_core_type_size(type) \
            __builtin_preserve_type_info(___core_type(type), BPF_TYPE_SIZE)

        #define bpf_core_enum_value_exists(type, enumerator) \
            __builtin_preserve_enum_value(*(typeof(type) *)enumerator, BPF_ENUMVAL_EXISTS)
        #define bpf_core_enum_value(type, enumerator) \
            __builtin_preserve_enum_value(*(typeof(type) *)enumerator, BPF_ENUMVAL_VALUE)

        /* --- one read -------------------------------------------------------------------- */

        #define ___core_address(source) ((const void *)__builtin_preserve_access_index(source))

        #define bpf_core_read(destination, size, source) \
            bpf_probe_read_kernel(destination, size, ___core_address(source))
        #define bpf_core_read_user(destination, size, source) \
            bpf_probe_read_user(destination, size, ___core_address(source))
        #define bpf_core_read_str(destination, size, source) \
            bpf_probe_read_kernel_str(destination, size, ___core_address(source))
        #define bpf_core_read_user_str(destination, size, source) \
            bpf_probe_read_user_str(destination, size, ___core_address(source))

        extern void *bpf_rdonly_cast(const void *obj__ign, unsigned int btf_id__k)
            __weak __ksym;

        /* A pointer that the verifier lets the program read through, field by field. */
        #define bpf_core_cast(pointer, type) \
            ((typeof(type) *)bpf_rdonly_cast((pointer), bpf_core_type_id_kernel(type)))

        /* --- chains of reads: a pointer, then one member after the other ----------------- */

        /* Each step reads the pointer for the next one into one variable; the last step reads
         * to the destination. `path` is the expression so far, used for its type only. */
        #define ___core_member(path, base, member) (&((typeof(path))(base))->member)
        #define ___core_steps1(hop, last, to, size, path, base, a) \
            last(to, size, ___core_member(path, base, a))
        #define ___core_hop(hop, path, base, a) \
            hop((void *)&___hop, sizeof(___hop), ___core_member(path, base, a));
        #define ___core_steps2(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps1(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps3(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps2(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps4(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps3(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps5(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps4(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps6(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps5(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps7(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps6(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps8(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps7(hop, last, to, size, (path)->a, ___hop, more)
        #define ___core_steps9(hop, last, to, size, path, base, a, more...) \
            ___core_hop(hop, path, base, a) \
            ___core_steps8(hop, last, to, size, (path)->a, ___hop, more)

        #define ___core_length(args...) \
            ___core_count(_, ##args, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)

        #define ___core_into(hop, last, to, source, members...) ({ \
            const void *___hop __attribute__((unused)); \
            ___core_select(___core_steps, ___core_length(members)) \
                (hop, last, to, sizeof(*(to)), source, source, members); })

        #define ___core_type1(path, a) (path)->a
        #define ___core_type2(path, a, more...) ___core_type1((path)->a, more)
        #define ___core_type3(path, a, more...) ___core_type2((path)->a, more)
        #define ___core_type4(path, a, more...) ___core_type3((path)->a, more)
        #define ___core_type5(path, a, more...) ___core_type4((path)->a, more)
        #define ___core_type6(path, a, more...) ___core_type5((path)->a, more)
        #define ___core_type7(path, a, more...) ___core_type6((path)->a, more)
        #define ___core_type8(path, a, more...) ___core_type7((path)->a, more)
        #define ___core_type9(path, a, more...) ___core_type8((path)->a, more)

        /* The value read is a variable even where the member is constant. */
        #if __clang_major__ >= 19
        #define ___core_variable __typeof_unqual__
        #else
        #define ___core_variable typeof
        #endif

        #define ___core_value(into, source, members...) ({ \
            ___core_variable(___core_select(___core_type, ___core_length(members))(source, members)) \
                ___value; \
            into(&___value, source, members); \
            ___value; })

        /* Kernel memory, with relocations. */
        #define BPF_CORE_READ_INTO(to, source, members...) \
            ___core_into(bpf_core_read, bpf_core_read, to, source, members)
        #define BPF_CORE_READ_STR_INTO(to, source, members...) \
            ___core_into(bpf_core_read, bpf_core_read_str, to, source, members)
        #define BPF_CORE_READ(source, members...) \
            ___core_value(BPF_CORE_READ_INTO, source, members)

        /* The kernel's own types in user memory, with relocations. */
        #define BPF_CORE_READ_USER_INTO(to, source, members...) \
            ___core_into(bpf_core_read_user, bpf_core_read_user, to, source, members)
        #define BPF_CORE_READ_USER_STR_INTO(to, source, members...) \
            ___core_into(bpf_core_read_user, bpf_core_read_user_str, to, source, members)
        #define BPF_CORE_READ_USER(source, members...) \
            ___core_value(BPF_CORE_READ_USER_INTO, source, members)

        /* Layouts that never change: no relocations, and the helpers of old kernels. */
        #define BPF_PROBE_READ_INTO(to, source, members...) \
            ___core_into(bpf_probe_read, bpf_probe_read, to, source, members)
        #define BPF_PROBE_READ_STR_INTO(to, source, members...) \
            ___core_into(bpf_probe_read, bpf_probe_read_str, to, source, members)
        #define BPF_PROBE_READ(source, members...) \
            ___core_value(BPF_PROBE_READ_INTO, source, members)

        /* A program's own types in user memory: no relocations. */
        #define BPF_PROBE_READ_USER_INTO(to, source, members...) \
            ___core_into(bpf_probe_read_user, bpf_probe_read_user, to, source, members)
        #define BPF_PROBE_READ_USER_STR_INTO(to, source, members...) \
            ___core_into(bpf_probe_read_user, bpf_probe_read_user_str, to, source, members)
        #define BPF_PROBE_READ_USER(source, members...) \
            ___core_value(BPF_PROBE_READ_USER_INTO, source, members)

        /* --- bit fields ------------------------------------------------------------------ */

        #define __CORE_RELO(source, field, info) \
            __builtin_preserve_field_info((source)->field, BPF_FIELD_##info)

        /* Shifts the field to the top of 64 bits, then down with its sign or without. */
        #define ___core_extract(source, field, value) ({ \
            (value) <<= __CORE_RELO(source, field, LSHIFT_U64); \
            if (__CORE_RELO(source, field, SIGNED)) \
                (value) = (long long)(value) >> __CORE_RELO(source, field, RSHIFT_U64); \
            else \
                (value) = (value) >> __CORE_RELO(source, field, RSHIFT_U64); \
            (value); })

        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        #define __CORE_BITFIELD_PROBE_READ(to, source, field) \
            bpf_probe_read_kernel((void *)(to), __CORE_RELO(source, field, BYTE_SIZE), \
                (const void *)(source) + __CORE_RELO(source, field, BYTE_OFFSET))
        #else
        #define __CORE_BITFIELD_PROBE_READ(to, source, field) \
            bpf_probe_read_kernel( \
                (void *)(to) + (8 - __CORE_RELO(source, field, BYTE_SIZE)), \
                __CORE_RELO(source, field, BYTE_SIZE), \
                (const void *)(source) + __CORE_RELO(source, field, BYTE_OFFSET))
        #endif

        /* Through a pointer that must be probed. */
        #define BPF_CORE_READ_BITFIELD_PROBED(source, field) ({ \
            unsigned long long ___bits = 0; \
            __CORE_BITFIELD_PROBE_READ(&___bits, source, field); \
            ___core_extract(source, field, ___bits); })

        /* Through a pointer that the verifier trusts. The address is hidden from the compiler,
         * which would otherwise merge the four loads into one of unknown size. */
        #define BPF_CORE_READ_BITFIELD(source, field) ({ \
            const void *___at = \
                (const void *)(source) + __CORE_RELO(source, field, BYTE_OFFSET); \
            unsigned long long ___bits; \
            asm volatile("" : "+r"(___at)); \
            switch (__CORE_RELO(source, field, BYTE_SIZE)) { \
            case 1: ___bits = *(const unsigned char *)___at; break; \
            case 2: ___bits = *(const unsigned short *)___at; break; \
            case 4: ___bits = *(const unsigned int *)___at; break; \
            case 8: ___bits = *(const unsigned long long *)___at; break; \
            } \
            ___core_extract(source, field, ___bits); })

        /* Writes the field and leaves its neighbours as they are. */
        #define ___core_store(type, at, mask, bits) ({ \
            type *___cell = (type *)(at); \
            *___cell = (type)((*___cell & ~(mask)) | ((bits) & (mask))); })
        #define BPF_CORE_WRITE_BITFIELD(source, field, new_value) ({ \
            void *___at = (void *)(source) + __CORE_RELO(source, field, BYTE_OFFSET); \
            unsigned int ___size = __CORE_RELO(source, field, BYTE_SIZE); \
            unsigned int ___left = __CORE_RELO(source, field, LSHIFT_U64); \
            unsigned int ___right = __CORE_RELO(source, field, RSHIFT_U64); \
            unsigned int ___low = ___right - ___left; \
            unsigned long long ___mask = (~0ULL >> ___right) << ___low; \
            unsigned long long ___bits = (unsigned long long)(new_value) << ___low; \
            asm volatile("" : "+r"(___at)); \
            switch (___size) { \
            case 1: ___core_store(unsigned char, ___at, ___mask, ___bits); break; \
            case 2: ___core_store(unsigned short, ___at, ___mask, ___bits); break; \
            case 4: ___core_store(unsigned int, ___at, ___mask, ___bits); break; \
            case 8: ___core_store(unsigned long long, ___at, ___mask, ___bits); break; \
            } })

        #endif
        """#
    )
}
