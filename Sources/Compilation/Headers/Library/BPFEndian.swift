extension HeaderFile {
    /// Byte order: `bpf_ntohs` and its family.
    static let bpfEndian = HeaderFile(
        "bpf/bpf_endian.h",
        #"""
        #ifndef __BPF_ENDIAN__
        #define __BPF_ENDIAN__

        /* Constants are swapped while compiling, so that they can stand in `case` and
         * initial values; all else becomes one instruction. */
        #define ___bpf_swab16(x) ((unsigned short)( \
            (((unsigned short)(x) & 0x00ffU) << 8) | (((unsigned short)(x) & 0xff00U) >> 8)))
        #define ___bpf_swab32(x) ((unsigned int)( \
            (((unsigned int)(x) & 0x000000ffU) << 24) | \
            (((unsigned int)(x) & 0x0000ff00U) << 8) | \
            (((unsigned int)(x) & 0x00ff0000U) >> 8) | \
            (((unsigned int)(x) & 0xff000000U) >> 24)))
        #define ___bpf_swab64(x) ((unsigned long long)( \
            ((unsigned long long)___bpf_swab32(x) << 32) | \
            ___bpf_swab32((unsigned long long)(x) >> 32)))

        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        #define __bpf_ntohs(x) __builtin_bswap16(x)
        #define __bpf_htons(x) __builtin_bswap16(x)
        #define __bpf_ntohl(x) __builtin_bswap32(x)
        #define __bpf_htonl(x) __builtin_bswap32(x)
        #define __bpf_be64_to_cpu(x) __builtin_bswap64(x)
        #define __bpf_cpu_to_be64(x) __builtin_bswap64(x)
        #define __bpf_constant_ntohs(x) ___bpf_swab16(x)
        #define __bpf_constant_htons(x) ___bpf_swab16(x)
        #define __bpf_constant_ntohl(x) ___bpf_swab32(x)
        #define __bpf_constant_htonl(x) ___bpf_swab32(x)
        #define __bpf_constant_be64_to_cpu(x) ___bpf_swab64(x)
        #define __bpf_constant_cpu_to_be64(x) ___bpf_swab64(x)
        #else
        #define __bpf_ntohs(x) (x)
        #define __bpf_htons(x) (x)
        #define __bpf_ntohl(x) (x)
        #define __bpf_htonl(x) (x)
        #define __bpf_be64_to_cpu(x) (x)
        #define __bpf_cpu_to_be64(x) (x)
        #define __bpf_constant_ntohs(x) (x)
        #define __bpf_constant_htons(x) (x)
        #define __bpf_constant_ntohl(x) (x)
        #define __bpf_constant_htonl(x) (x)
        #define __bpf_constant_be64_to_cpu(x) (x)
        #define __bpf_constant_cpu_to_be64(x) (x)
        #endif

        #define ___bpf_order(constant, variable, x) \
            (__builtin_constant_p(x) ? constant(x) : variable(x))

        #define bpf_htons(x) ___bpf_order(__bpf_constant_htons, __bpf_htons, x)
        #define bpf_ntohs(x) ___bpf_order(__bpf_constant_ntohs, __bpf_ntohs, x)
        #define bpf_htonl(x) ___bpf_order(__bpf_constant_htonl, __bpf_htonl, x)
        #define bpf_ntohl(x) ___bpf_order(__bpf_constant_ntohl, __bpf_ntohl, x)
        #define bpf_cpu_to_be64(x) \
            ___bpf_order(__bpf_constant_cpu_to_be64, __bpf_cpu_to_be64, x)
        #define bpf_be64_to_cpu(x) \
            ___bpf_order(__bpf_constant_be64_to_cpu, __bpf_be64_to_cpu, x)

        #endif
        """#
    )
}
