extension HeaderFile {
    /// TCP.
    static let linuxTCP = HeaderFile(
        "linux/tcp.h",
        #"""
        #ifndef _LINUX_TCP_H
        #define _LINUX_TCP_H

        #include <linux/types.h>
        #include <asm/byteorder.h>

        struct tcphdr {
            __be16 source;
            __be16 dest;
            __be32 seq;
            __be32 ack_seq;
        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            __u16 ae : 1, res1 : 3, doff : 4, fin : 1, syn : 1, rst : 1, psh : 1, ack : 1,
                urg : 1, ece : 1, cwr : 1;
        #else
            __u16 doff : 4, res1 : 3, ae : 1, cwr : 1, ece : 1, urg : 1, ack : 1, psh : 1,
                rst : 1, syn : 1, fin : 1;
        #endif
            __be16 window;
            __sum16 check;
            __be16 urg_ptr;
        };

        union tcp_word_hdr {
            struct tcphdr hdr;
            __be32 words[5];
        };

        #define tcp_flag_word(header) (((union tcp_word_hdr *)(header))->words[3])

        enum {
            TCP_FLAG_CWR = __cpu_to_be32(0x00800000),
            TCP_FLAG_ECE = __cpu_to_be32(0x00400000),
            TCP_FLAG_URG = __cpu_to_be32(0x00200000),
            TCP_FLAG_ACK = __cpu_to_be32(0x00100000),
            TCP_FLAG_PSH = __cpu_to_be32(0x00080000),
            TCP_FLAG_RST = __cpu_to_be32(0x00040000),
            TCP_FLAG_SYN = __cpu_to_be32(0x00020000),
            TCP_FLAG_FIN = __cpu_to_be32(0x00010000),
            TCP_RESERVED_BITS = __cpu_to_be32(0x0F000000),
            TCP_DATA_OFFSET = __cpu_to_be32(0xF0000000)
        };

        #define TCP_MSS_DEFAULT 536U
        #define TCP_NODELAY 1
        #define TCP_MAXSEG 2
        #define TCP_CORK 3
        #define TCP_KEEPIDLE 4
        #define TCP_KEEPINTVL 5
        #define TCP_KEEPCNT 6
        #define TCP_SYNCNT 7
        #define TCP_LINGER2 8
        #define TCP_DEFER_ACCEPT 9
        #define TCP_WINDOW_CLAMP 10
        #define TCP_INFO 11
        #define TCP_QUICKACK 12
        #define TCP_CONGESTION 13
        #define TCP_USER_TIMEOUT 18
        #define TCP_FASTOPEN 23
        #define TCP_NOTSENT_LOWAT 25
        #define TCP_SAVE_SYN 27
        #define TCP_SAVED_SYN 28

        enum tcp_ca_state {
            TCP_CA_Open = 0,
            TCP_CA_Disorder = 1,
            TCP_CA_CWR = 2,
            TCP_CA_Recovery = 3,
            TCP_CA_Loss = 4
        };

        #endif
        """#
    )

    /// UDP.
    static let linuxUDP = HeaderFile(
        "linux/udp.h",
        #"""
        #ifndef _LINUX_UDP_H
        #define _LINUX_UDP_H

        #include <linux/types.h>

        struct udphdr {
            __be16 source;
            __be16 dest;
            __be16 len;
            __sum16 check;
        };

        #define UDP_CORK 1
        #define UDP_ENCAP 100
        #define UDP_SEGMENT 103
        #define UDP_GRO 104

        #endif
        """#
    )

    /// ICMP for IPv4.
    static let linuxICMP = HeaderFile(
        "linux/icmp.h",
        #"""
        #ifndef _LINUX_ICMP_H
        #define _LINUX_ICMP_H

        #include <linux/types.h>
        #include <asm/byteorder.h>

        #define ICMP_ECHOREPLY 0
        #define ICMP_DEST_UNREACH 3
        #define ICMP_SOURCE_QUENCH 4
        #define ICMP_REDIRECT 5
        #define ICMP_ECHO 8
        #define ICMP_TIME_EXCEEDED 11
        #define ICMP_PARAMETERPROB 12
        #define ICMP_TIMESTAMP 13
        #define ICMP_TIMESTAMPREPLY 14
        #define ICMP_INFO_REQUEST 15
        #define ICMP_INFO_REPLY 16
        #define ICMP_ADDRESS 17
        #define ICMP_ADDRESSREPLY 18
        #define NR_ICMP_TYPES 18

        #define ICMP_NET_UNREACH 0
        #define ICMP_HOST_UNREACH 1
        #define ICMP_PROT_UNREACH 2
        #define ICMP_PORT_UNREACH 3
        #define ICMP_FRAG_NEEDED 4
        #define ICMP_SR_FAILED 5
        #define ICMP_NET_UNKNOWN 6
        #define ICMP_HOST_UNKNOWN 7
        #define ICMP_HOST_ISOLATED 8
        #define ICMP_NET_ANO 9
        #define ICMP_HOST_ANO 10
        #define ICMP_NET_UNR_TOS 11
        #define ICMP_HOST_UNR_TOS 12
        #define ICMP_PKT_FILTERED 13
        #define ICMP_PREC_VIOLATION 14
        #define ICMP_PREC_CUTOFF 15
        #define NR_ICMP_UNREACH 15

        #define ICMP_REDIR_NET 0
        #define ICMP_REDIR_HOST 1
        #define ICMP_EXC_TTL 0
        #define ICMP_EXC_FRAGTIME 1

        struct icmphdr {
            __u8 type;
            __u8 code;
            __sum16 checksum;
            union {
                struct {
                    __be16 id;
                    __be16 sequence;
                } echo;
                __be32 gateway;
                struct {
                    __be16 __unused;
                    __be16 mtu;
                } frag;
                __u8 reserved[4];
            } un;
        };

        #endif
        """#
    )

    /// ICMP for IPv6.
    static let linuxICMPv6 = HeaderFile(
        "linux/icmpv6.h",
        #"""
        #ifndef _LINUX_ICMPV6_H
        #define _LINUX_ICMPV6_H

        #include <linux/types.h>
        #include <asm/byteorder.h>

        struct icmp6hdr {
            __u8 icmp6_type;
            __u8 icmp6_code;
            __sum16 icmp6_cksum;
            union {
                __be32 un_data32[1];
                __be16 un_data16[2];
                __u8 un_data8[4];
                struct icmpv6_echo {
                    __be16 identifier;
                    __be16 sequence;
                } u_echo;
                struct icmpv6_nd_advt {
        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                    __u32 reserved : 5, override : 1, solicited : 1, router : 1, reserved2 : 24;
        #else
                    __u32 router : 1, solicited : 1, override : 1, reserved : 29;
        #endif
                } u_nd_advt;
                struct icmpv6_nd_ra {
                    __u8 hop_limit;
        #if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                    __u8 reserved : 3, router_pref : 2, home_agent : 1, other : 1, managed : 1;
        #else
                    __u8 managed : 1, other : 1, home_agent : 1, router_pref : 2, reserved : 3;
        #endif
                    __be16 rt_lifetime;
                } u_nd_ra;
            } icmp6_dataun;
        };

        #define icmp6_identifier icmp6_dataun.u_echo.identifier
        #define icmp6_sequence icmp6_dataun.u_echo.sequence
        #define icmp6_pointer icmp6_dataun.un_data32[0]
        #define icmp6_mtu icmp6_dataun.un_data32[0]
        #define icmp6_unused icmp6_dataun.un_data32[0]
        #define icmp6_maxdelay icmp6_dataun.un_data16[0]
        #define icmp6_router icmp6_dataun.u_nd_advt.router
        #define icmp6_solicited icmp6_dataun.u_nd_advt.solicited
        #define icmp6_override icmp6_dataun.u_nd_advt.override
        #define icmp6_hop_limit icmp6_dataun.u_nd_ra.hop_limit
        #define icmp6_rt_lifetime icmp6_dataun.u_nd_ra.rt_lifetime

        #define ICMPV6_DEST_UNREACH 1
        #define ICMPV6_PKT_TOOBIG 2
        #define ICMPV6_TIME_EXCEED 3
        #define ICMPV6_PARAMPROB 4
        #define ICMPV6_ECHO_REQUEST 128
        #define ICMPV6_ECHO_REPLY 129
        #define ICMPV6_MGM_QUERY 130
        #define ICMPV6_MGM_REPORT 131
        #define ICMPV6_MGM_REDUCTION 132
        #define ICMPV6_NI_QUERY 139
        #define ICMPV6_NI_REPLY 140
        #define ICMPV6_MLD2_REPORT 143

        #define ICMPV6_NOROUTE 0
        #define ICMPV6_ADM_PROHIBITED 1
        #define ICMPV6_NOT_NEIGHBOUR 2
        #define ICMPV6_ADDR_UNREACH 3
        #define ICMPV6_PORT_UNREACH 4
        #define ICMPV6_POLICY_FAIL 5
        #define ICMPV6_REJECT_ROUTE 6
        #define ICMPV6_EXC_HOPLIMIT 0
        #define ICMPV6_EXC_FRAGTIME 1

        #endif
        """#
    )

    /// Multicast groups of IPv4.
    static let linuxIGMP = HeaderFile(
        "linux/igmp.h",
        #"""
        #ifndef _LINUX_IGMP_H
        #define _LINUX_IGMP_H

        #include <linux/types.h>

        struct igmphdr {
            __u8 type;
            __u8 code;
            __sum16 csum;
            __be32 group;
        };

        #define IGMP_HOST_MEMBERSHIP_QUERY 0x11
        #define IGMP_HOST_MEMBERSHIP_REPORT 0x12
        #define IGMPV2_HOST_MEMBERSHIP_REPORT 0x16
        #define IGMP_HOST_LEAVE_MESSAGE 0x17
        #define IGMPV3_HOST_MEMBERSHIP_REPORT 0x22

        #endif
        """#
    )
}
