extension HeaderFile {
    /// IPv4.
    static let linuxIP = HeaderFile(
        "linux/ip.h",
        #"""
        #ifndef _LINUX_IP_H
        #define _LINUX_IP_H

        #include <linux/types.h>
        #include <linux/stddef.h>
        #include <asm/byteorder.h>

        #define IPVERSION 4
        #define MAXTTL 255
        #define IPDEFTTL 64

        #define IPTOS_TOS_MASK 0x1E
        #define IPTOS_TOS(tos) ((tos) & IPTOS_TOS_MASK)
        #define IPTOS_LOWDELAY 0x10
        #define IPTOS_THROUGHPUT 0x08
        #define IPTOS_RELIABILITY 0x04
        #define IPTOS_MINCOST 0x02
        #define IPTOS_PREC_MASK 0xE0
        #define IPTOS_PREC(tos) ((tos) & IPTOS_PREC_MASK)

        #define IPOPT_END 0
        #define IPOPT_NOOP 1
        #define IPOPT_RR 7
        #define IPOPT_TIMESTAMP 68
        #define IPOPT_LSRR 131
        #define IPOPT_SSRR 137

        struct iphdr {
        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            __u8 ihl : 4, version : 4;
        #else
            __u8 version : 4, ihl : 4;
        #endif
            __u8 tos;
            __be16 tot_len;
            __be16 id;
            __be16 frag_off;
            __u8 ttl;
            __u8 protocol;
            __sum16 check;
            __struct_group(/* no tag */, addrs, /* no attributes */,
                __be32 saddr;
                __be32 daddr;
            );
        };

        struct ip_auth_hdr {
            __u8 nexthdr;
            __u8 hdrlen;
            __be16 reserved;
            __be32 spi;
            __be32 seq_no;
            __u8 auth_data[];
        };

        struct ip_esp_hdr {
            __be32 spi;
            __be32 seq_no;
            __u8 enc_data[];
        };

        #endif
        """#
    )

    /// IPv6.
    static let linuxIPv6 = HeaderFile(
        "linux/ipv6.h",
        #"""
        #ifndef _LINUX_IPV6_H
        #define _LINUX_IPV6_H

        #include <linux/types.h>
        #include <linux/stddef.h>
        #include <linux/in6.h>
        #include <asm/byteorder.h>

        #define IPV6_MIN_MTU 1280

        struct ipv6_rt_hdr {
            __u8 nexthdr;
            __u8 hdrlen;
            __u8 type;
            __u8 segments_left;
        };

        struct ipv6_opt_hdr {
            __u8 nexthdr;
            __u8 hdrlen;
        } __attribute__((packed));

        #define ipv6_destopt_hdr ipv6_opt_hdr
        #define ipv6_hopopt_hdr ipv6_opt_hdr

        struct ipv6hdr {
        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            __u8 priority : 4, version : 4;
        #else
            __u8 version : 4, priority : 4;
        #endif
            __u8 flow_lbl[3];
            __be16 payload_len;
            __u8 nexthdr;
            __u8 hop_limit;
            __struct_group(/* no tag */, addrs, /* no attributes */,
                struct in6_addr saddr;
                struct in6_addr daddr;
            );
        };

        #endif
        """#
    )

    /// Protocol numbers and IPv4 addresses.
    static let linuxIn = HeaderFile(
        "linux/in.h",
        #"""
        #ifndef _LINUX_IN_H
        #define _LINUX_IN_H

        #include <linux/types.h>
        #include <linux/stddef.h>
        #include <linux/socket.h>
        #include <asm/byteorder.h>

        enum {
            IPPROTO_IP = 0,
            IPPROTO_ICMP = 1,
            IPPROTO_IGMP = 2,
            IPPROTO_IPIP = 4,
            IPPROTO_TCP = 6,
            IPPROTO_EGP = 8,
            IPPROTO_PUP = 12,
            IPPROTO_UDP = 17,
            IPPROTO_IDP = 22,
            IPPROTO_TP = 29,
            IPPROTO_DCCP = 33,
            IPPROTO_IPV6 = 41,
            IPPROTO_RSVP = 46,
            IPPROTO_GRE = 47,
            IPPROTO_ESP = 50,
            IPPROTO_AH = 51,
            IPPROTO_MTP = 92,
            IPPROTO_BEETPH = 94,
            IPPROTO_ENCAP = 98,
            IPPROTO_PIM = 103,
            IPPROTO_COMP = 108,
            IPPROTO_L2TP = 115,
            IPPROTO_SCTP = 132,
            IPPROTO_UDPLITE = 136,
            IPPROTO_MPLS = 137,
            IPPROTO_ETHERNET = 143,
            IPPROTO_AGGFRAG = 144,
            IPPROTO_RAW = 255,
            IPPROTO_SMC = 256,
            IPPROTO_MPTCP = 262,
            IPPROTO_MAX
        };

        struct in_addr {
            __be32 s_addr;
        };

        #define __SOCK_SIZE__ 16

        struct sockaddr_in {
            __kernel_sa_family_t sin_family;
            __be16 sin_port;
            struct in_addr sin_addr;
            unsigned char __pad[8];
        };

        #define sin_zero __pad

        #define IN_CLASSA(address) ((((long)(address)) & 0x80000000) == 0)
        #define IN_CLASSB(address) ((((long)(address)) & 0xc0000000) == 0x80000000)
        #define IN_CLASSC(address) ((((long)(address)) & 0xe0000000) == 0xc0000000)
        #define IN_CLASSD(address) ((((long)(address)) & 0xf0000000) == 0xe0000000)
        #define IN_MULTICAST(address) IN_CLASSD(address)

        #define INADDR_ANY ((unsigned long)0x00000000)
        #define INADDR_BROADCAST ((unsigned long)0xffffffff)
        #define INADDR_NONE ((unsigned long)0xffffffff)
        #define INADDR_LOOPBACK 0x7f000001
        #define IN_LOOPBACKNET 127

        #define IP_TOS 1
        #define IP_TTL 2
        #define IP_MTU_DISCOVER 10
        #define IP_RECVERR 11
        #define IP_FREEBIND 15
        #define IP_TRANSPARENT 19
        #define IP_BIND_ADDRESS_NO_PORT 24

        #endif
        """#
    )

    /// IPv6 addresses.
    static let linuxIn6 = HeaderFile(
        "linux/in6.h",
        #"""
        #ifndef _LINUX_IN6_H
        #define _LINUX_IN6_H

        #include <linux/types.h>

        struct in6_addr {
            union {
                __u8 u6_addr8[16];
                __be16 u6_addr16[8];
                __be32 u6_addr32[4];
            } in6_u;
        };

        #define s6_addr in6_u.u6_addr8
        #define s6_addr16 in6_u.u6_addr16
        #define s6_addr32 in6_u.u6_addr32

        struct sockaddr_in6 {
            unsigned short sin6_family;
            __be16 sin6_port;
            __be32 sin6_flowinfo;
            struct in6_addr sin6_addr;
            __u32 sin6_scope_id;
        };

        #define IPPROTO_HOPOPTS 0
        #define IPPROTO_ROUTING 43
        #define IPPROTO_FRAGMENT 44
        #define IPPROTO_ICMPV6 58
        #define IPPROTO_NONE 59
        #define IPPROTO_DSTOPTS 60
        #define IPPROTO_MH 135

        #define IPV6_UNICAST_HOPS 16
        #define IPV6_V6ONLY 26
        #define IPV6_FREEBIND 78
        #define IPV6_TCLASS 67
        #define IPV6_AUTOFLOWLABEL 70

        #endif
        """#
    )
}
