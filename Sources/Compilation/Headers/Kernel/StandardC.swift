extension HeaderFile {
    /// Memory functions, as the compiler's own: with constant sizes they become plain loads and
    /// stores, and with others the compiler says that BPF has no such function.
    static let string = HeaderFile(
        "string.h",
        #"""
        #ifndef _STRING_H
        #define _STRING_H

        #include <stddef.h>

        #ifndef memcpy
        #define memcpy(destination, source, size) __builtin_memcpy(destination, source, size)
        #endif
        #ifndef memmove
        #define memmove(destination, source, size) __builtin_memmove(destination, source, size)
        #endif
        #ifndef memset
        #define memset(destination, value, size) __builtin_memset(destination, value, size)
        #endif
        #ifndef memcmp
        #define memcmp(left, right, size) __builtin_memcmp(left, right, size)
        #endif
        #ifndef strlen
        #define strlen(text) __builtin_strlen(text)
        #endif

        #endif
        """#
    )

    /// Linux's header of the same functions.
    static let linuxString = HeaderFile("linux/string.h", "#include <string.h>\n")

    /// Types of system calls under their user names.
    static let sysTypes = HeaderFile(
        "sys/types.h",
        #"""
        #ifndef _SYS_TYPES_H
        #define _SYS_TYPES_H

        #include <linux/types.h>
        #include <stddef.h>
        #include <stdint.h>

        #ifndef __VMLINUX_H__
        typedef __kernel_pid_t pid_t;
        typedef __kernel_uid32_t uid_t;
        typedef __kernel_gid32_t gid_t;
        typedef unsigned int mode_t;
        typedef __kernel_ssize_t ssize_t;
        typedef __kernel_loff_t loff_t;
        #endif

        #endif
        """#
    )

    /// Error numbers.
    static let errno = HeaderFile("errno.h", "#include <linux/errno.h>\n")

    /// Error numbers.
    static let linuxErrno = HeaderFile("linux/errno.h", "#include <asm/errno.h>\n")

    /// Limits of paths.
    static let linuxLimits = HeaderFile(
        "linux/limits.h",
        #"""
        #ifndef _LINUX_LIMITS_H
        #define _LINUX_LIMITS_H

        #define NGROUPS_MAX 65536
        #define ARG_MAX 131072
        #define LINK_MAX 127
        #define NAME_MAX 255
        #define PATH_MAX 4096
        #define PIPE_BUF 4096
        #define XATTR_NAME_MAX 255
        #define XATTR_SIZE_MAX 65536
        #define XATTR_LIST_MAX 65536

        #endif
        """#
    )
}
