import EBPFBytecode

extension HeaderFile {
    /// Actions of traffic control.
    static let linuxPktCls = HeaderFile(
        "linux/pkt_cls.h",
        """
        #ifndef _LINUX_PKT_CLS_H
        #define _LINUX_PKT_CLS_H

        #include <linux/types.h>
        #include <linux/pkt_sched.h>

        \(ConstantGroup.trafficControlActions.declaration)
        #define TC_ACT_VALUE_MAX TC_ACT_TRAP
        #define TCA_BPF_FLAG_ACT_DIRECT 1

        #endif

        """
    )

    /// Handles of traffic control.
    static let linuxPktSched = HeaderFile(
        "linux/pkt_sched.h",
        #"""
        #ifndef _LINUX_PKT_SCHED_H
        #define _LINUX_PKT_SCHED_H

        #include <linux/types.h>

        #define TC_PRIO_BESTEFFORT 0
        #define TC_PRIO_FILLER 1
        #define TC_PRIO_BULK 2
        #define TC_PRIO_INTERACTIVE_BULK 4
        #define TC_PRIO_INTERACTIVE 6
        #define TC_PRIO_CONTROL 7
        #define TC_PRIO_MAX 15

        #define TC_H_MAJ_MASK (0xFFFF0000U)
        #define TC_H_MIN_MASK (0x0000FFFFU)
        #define TC_H_MAJ(handle) ((handle) & TC_H_MAJ_MASK)
        #define TC_H_MIN(handle) ((handle) & TC_H_MIN_MASK)
        #define TC_H_MAKE(major, minor) \
            (((major) & TC_H_MAJ_MASK) | ((minor) & TC_H_MIN_MASK))
        #define TC_H_UNSPEC (0U)
        #define TC_H_ROOT (0xFFFFFFFFU)
        #define TC_H_INGRESS (0xFFFFFFF1U)
        #define TC_H_CLSACT TC_H_INGRESS
        #define TC_H_MIN_INGRESS 0xFFF2U
        #define TC_H_MIN_EGRESS 0xFFF3U

        #endif
        """#
    )

    /// Address families and socket options.
    static let linuxSocket = HeaderFile(
        "linux/socket.h",
        #"""
        #ifndef _LINUX_SOCKET_H
        #define _LINUX_SOCKET_H

        typedef unsigned short __kernel_sa_family_t;
        #define _K_SS_MAXSIZE 128

        struct __kernel_sockaddr_storage {
            union {
                struct {
                    __kernel_sa_family_t ss_family;
                    char __data[_K_SS_MAXSIZE - sizeof(unsigned short)];
                };
                void *__align;
            };
        };

        #endif
        """#
    )

    /// A few socket functions' constants, for sources that include the user's header.
    static let sysSocket = HeaderFile(
        "sys/socket.h",
        #"""
        #ifndef _SYS_SOCKET_H
        #define _SYS_SOCKET_H

        #include <linux/socket.h>

        #define AF_UNSPEC 0
        #define AF_UNIX 1
        #define AF_LOCAL 1
        #define AF_INET 2
        #define AF_INET6 10
        #define AF_NETLINK 16
        #define AF_PACKET 17
        #define AF_VSOCK 40
        #define AF_XDP 44
        #define PF_INET AF_INET
        #define PF_INET6 AF_INET6
        #define PF_PACKET AF_PACKET

        #define SOCK_STREAM 1
        #define SOCK_DGRAM 2
        #define SOCK_RAW 3
        #define SOCK_SEQPACKET 5

        #define SOL_SOCKET 1
        #define SO_DEBUG 1
        #define SO_REUSEADDR 2
        #define SO_ERROR 4
        #define SO_SNDBUF 7
        #define SO_RCVBUF 8
        #define SO_KEEPALIVE 9
        #define SO_PRIORITY 12
        #define SO_REUSEPORT 15
        #define SO_RCVLOWAT 18
        #define SO_BINDTODEVICE 25
        #define SO_MARK 36
        #define SO_MAX_PACING_RATE 47
        #define SO_BINDTOIFINDEX 62
        #define SO_TXREHASH 74
        #define SOMAXCONN 4096

        typedef __kernel_sa_family_t sa_family_t;

        #ifndef __VMLINUX_H__
        struct sockaddr {
            sa_family_t sa_family;
            char sa_data[14];
        };
        #endif

        #endif
        """#
    )

    /// Addresses and byte order, for sources that include the user's header.
    static let netinetIn = HeaderFile(
        "netinet/in.h",
        #"""
        #ifndef _NETINET_IN_H
        #define _NETINET_IN_H

        #include <stdint.h>
        #include <sys/socket.h>
        #include <linux/in.h>
        #include <linux/in6.h>
        #include <asm/byteorder.h>

        typedef uint16_t in_port_t;
        typedef uint32_t in_addr_t;

        #ifndef htons
        #define htons(x) __cpu_to_be16(x)
        #define htonl(x) __cpu_to_be32(x)
        #define ntohs(x) __be16_to_cpu(x)
        #define ntohl(x) __be32_to_cpu(x)
        #endif

        #endif
        """#
    )

    /// The same under the name of address conversion.
    static let arpaInet = HeaderFile(
        "arpa/inet.h",
        #"""
        #ifndef _ARPA_INET_H
        #define _ARPA_INET_H

        #include <netinet/in.h>

        #endif
        """#
    )
}
