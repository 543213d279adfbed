extension HeaderFile {
    /// Integers of the kernel's interfaces.
    static let linuxTypes = HeaderFile(
        "linux/types.h",
        #"""
        #ifndef _LINUX_TYPES_H
        #define _LINUX_TYPES_H

        #include <asm/types.h>
        #include <linux/posix_types.h>

        typedef __u16 __le16;
        typedef __u16 __be16;
        typedef __u32 __le32;
        typedef __u32 __be32;
        typedef __u64 __le64;
        typedef __u64 __be64;
        typedef __u16 __sum16;
        typedef __u32 __wsum;
        typedef unsigned int __poll_t;

        #define __bitwise
        #define __bitwise__
        #define __aligned_u64 __u64 __attribute__((aligned(8)))
        #define __aligned_s64 __s64 __attribute__((aligned(8)))
        #define __aligned_be64 __be64 __attribute__((aligned(8)))
        #define __aligned_le64 __le64 __attribute__((aligned(8)))

        #endif
        """#
    )

    /// The fixed-width integers.
    static let asmTypes = HeaderFile(
        "asm/types.h",
        #"""
        #ifndef _ASM_TYPES_H
        #define _ASM_TYPES_H

        typedef signed char __s8;
        typedef unsigned char __u8;
        typedef short __s16;
        typedef unsigned short __u16;
        typedef int __s32;
        typedef unsigned int __u32;
        typedef long long __s64;
        typedef unsigned long long __u64;

        #endif
        """#
    )

    /// Types of system calls.
    static let linuxPosixTypes = HeaderFile(
        "linux/posix_types.h",
        #"""
        #ifndef _LINUX_POSIX_TYPES_H
        #define _LINUX_POSIX_TYPES_H

        #include <linux/stddef.h>

        typedef long __kernel_long_t;
        typedef unsigned long __kernel_ulong_t;
        typedef __kernel_ulong_t __kernel_ino_t;
        typedef unsigned int __kernel_mode_t;
        typedef int __kernel_pid_t;
        typedef unsigned int __kernel_uid_t;
        typedef unsigned int __kernel_gid_t;
        typedef unsigned int __kernel_uid32_t;
        typedef unsigned int __kernel_gid32_t;
        typedef __kernel_ulong_t __kernel_size_t;
        typedef __kernel_long_t __kernel_ssize_t;
        typedef long long __kernel_loff_t;
        typedef __kernel_long_t __kernel_time_t;
        typedef long long __kernel_time64_t;
        typedef __kernel_long_t __kernel_clock_t;
        typedef int __kernel_timer_t;
        typedef int __kernel_clockid_t;

        #endif
        """#
    )

    /// Groups of members with and without a name.
    static let linuxStddef = HeaderFile(
        "linux/stddef.h",
        #"""
        #ifndef _LINUX_STDDEF_H
        #define _LINUX_STDDEF_H

        #ifndef __always_inline
        #define __always_inline inline __attribute__((always_inline))
        #endif

        /* The same members twice: anonymously, and as a structure with a name. */
        #define __struct_group(tag, name, attributes, members...) \
            union { \
                struct { members } attributes; \
                struct tag { members } attributes name; \
            } attributes

        #define __DECLARE_FLEX_ARRAY(type, name) \
            struct { \
                struct {} __empty_##name; \
                type name[]; \
            }

        #ifndef __counted_by
        #define __counted_by(member)
        #define __counted_by_le(member)
        #define __counted_by_be(member)
        #endif

        #endif
        """#
    )

    /// Attributes that sources of the kernel use.
    static let linuxCompiler = HeaderFile(
        "linux/compiler.h",
        #"""
        #ifndef _LINUX_COMPILER_H
        #define _LINUX_COMPILER_H

        #ifndef __packed
        #define __packed __attribute__((packed))
        #endif
        #ifndef __aligned
        #define __aligned(bytes) __attribute__((aligned(bytes)))
        #endif
        #ifndef __maybe_unused
        #define __maybe_unused __attribute__((unused))
        #endif
        #ifndef likely
        #define likely(condition) __builtin_expect(!!(condition), 1)
        #endif
        #ifndef unlikely
        #define unlikely(condition) __builtin_expect(!!(condition), 0)
        #endif
        #ifndef READ_ONCE
        #define READ_ONCE(variable) (*(volatile typeof(variable) *)&(variable))
        #define WRITE_ONCE(variable, value) \
            (*(volatile typeof(variable) *)&(variable) = (value))
        #endif

        #endif
        """#
    )

    /// Byte order by name.
    static let asmByteOrder = HeaderFile(
        "asm/byteorder.h",
        #"""
        #ifndef _ASM_BYTEORDER_H
        #define _ASM_BYTEORDER_H

        #include <linux/swab.h>

        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        #ifndef __LITTLE_ENDIAN
        #define __LITTLE_ENDIAN 1234
        #endif
        #ifndef __LITTLE_ENDIAN_BITFIELD
        #define __LITTLE_ENDIAN_BITFIELD
        #endif
        #define ___order_be(bits, x) __swab##bits(x)
        #define ___order_le(bits, x) (x)
        #else
        #ifndef __BIG_ENDIAN
        #define __BIG_ENDIAN 4321
        #endif
        #ifndef __BIG_ENDIAN_BITFIELD
        #define __BIG_ENDIAN_BITFIELD
        #endif
        #define ___order_be(bits, x) (x)
        #define ___order_le(bits, x) __swab##bits(x)
        #endif

        #define __cpu_to_be16(x) ((__be16)___order_be(16, x))
        #define __cpu_to_be32(x) ((__be32)___order_be(32, x))
        #define __cpu_to_be64(x) ((__be64)___order_be(64, x))
        #define __be16_to_cpu(x) ((__u16)___order_be(16, x))
        #define __be32_to_cpu(x) ((__u32)___order_be(32, x))
        #define __be64_to_cpu(x) ((__u64)___order_be(64, x))
        #define __cpu_to_le16(x) ((__le16)___order_le(16, x))
        #define __cpu_to_le32(x) ((__le32)___order_le(32, x))
        #define __cpu_to_le64(x) ((__le64)___order_le(64, x))
        #define __le16_to_cpu(x) ((__u16)___order_le(16, x))
        #define __le32_to_cpu(x) ((__u32)___order_le(32, x))
        #define __le64_to_cpu(x) ((__u64)___order_le(64, x))

        #define __constant_htons(x) __cpu_to_be16(x)
        #define __constant_ntohs(x) __be16_to_cpu(x)
        #define __constant_htonl(x) __cpu_to_be32(x)
        #define __constant_ntohl(x) __be32_to_cpu(x)
        #define __constant_cpu_to_be16(x) __cpu_to_be16(x)
        #define __constant_cpu_to_be32(x) __cpu_to_be32(x)
        #define __constant_be16_to_cpu(x) __be16_to_cpu(x)
        #define __constant_be32_to_cpu(x) __be32_to_cpu(x)

        #endif
        """#
    )

    /// Swapped bytes.
    static let linuxSwab = HeaderFile(
        "linux/swab.h",
        #"""
        #ifndef _LINUX_SWAB_H
        #define _LINUX_SWAB_H

        #include <linux/types.h>

        #define __swab16(x) ((__u16)__builtin_bswap16((__u16)(x)))
        #define __swab32(x) ((__u32)__builtin_bswap32((__u32)(x)))
        #define __swab64(x) ((__u64)__builtin_bswap64((__u64)(x)))

        #endif
        """#
    )

    /// The version whose interfaces these headers describe.
    static let linuxVersion = HeaderFile(
        "linux/version.h",
        #"""
        #ifndef _LINUX_VERSION_H
        #define _LINUX_VERSION_H

        #define LINUX_VERSION_MAJOR 6
        #define LINUX_VERSION_PATCHLEVEL 18
        #define LINUX_VERSION_SUBLEVEL 0
        #define LINUX_VERSION_CODE 397824
        #ifndef KERNEL_VERSION
        #define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
        #endif

        #endif
        """#
    )
}
