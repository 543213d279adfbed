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

    /// Error numbers, under the names that newer sources include.
    static let asmGenericErrno = HeaderFile(
        "asm-generic/errno.h",
        "#include <asm/errno.h>\n"
    )

    /// The first 34 error numbers, here all of them.
    static let asmGenericErrnoBase = HeaderFile(
        "asm-generic/errno-base.h",
        "#include <asm/errno.h>\n"
    )

    /// Flags of clone(2).
    static let linuxSched = HeaderFile(
        "linux/sched.h",
        #"""
        #ifndef _LINUX_SCHED_H
        #define _LINUX_SCHED_H

        #include <linux/types.h>

        #define CLONE_VM 0x00000100
        #define CLONE_FS 0x00000200
        #define CLONE_FILES 0x00000400
        #define CLONE_SIGHAND 0x00000800
        #define CLONE_PIDFD 0x00001000
        #define CLONE_PTRACE 0x00002000
        #define CLONE_VFORK 0x00004000
        #define CLONE_PARENT 0x00008000
        #define CLONE_THREAD 0x00010000
        #define CLONE_NEWNS 0x00020000
        #define CLONE_NEWCGROUP 0x02000000
        #define CLONE_NEWUTS 0x04000000
        #define CLONE_NEWIPC 0x08000000
        #define CLONE_NEWUSER 0x10000000
        #define CLONE_NEWPID 0x20000000
        #define CLONE_NEWNET 0x40000000
        #define CLONE_IO 0x80000000

        #define SCHED_NORMAL 0
        #define SCHED_FIFO 1
        #define SCHED_RR 2
        #define SCHED_BATCH 3
        #define SCHED_IDLE 5
        #define SCHED_DEADLINE 6
        #define SCHED_EXT 7

        #endif
        """#
    )

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
