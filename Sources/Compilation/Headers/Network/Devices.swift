extension HeaderFile {
    /// Names of interfaces.
    static let linuxIf = HeaderFile(
        "linux/if.h",
        #"""
        #ifndef _LINUX_IF_H
        #define _LINUX_IF_H

        #include <linux/types.h>

        #define IFNAMSIZ 16
        #define IFALIASZ 256

        enum net_device_flags {
            IFF_UP = 0x1,
            IFF_BROADCAST = 0x2,
            IFF_DEBUG = 0x4,
            IFF_LOOPBACK = 0x8,
            IFF_POINTOPOINT = 0x10,
            IFF_NOTRAILERS = 0x20,
            IFF_RUNNING = 0x40,
            IFF_NOARP = 0x80,
            IFF_PROMISC = 0x100,
            IFF_ALLMULTI = 0x200,
            IFF_MULTICAST = 0x1000,
        };

        #endif
        """#
    )

    /// Modes of XDP programs, for sources shared with user space.
    static let linuxIfLink = HeaderFile(
        "linux/if_link.h",
        #"""
        #ifndef _LINUX_IF_LINK_H
        #define _LINUX_IF_LINK_H

        #include <linux/types.h>

        #define XDP_FLAGS_UPDATE_IF_NOEXIST (1U << 0)
        #define XDP_FLAGS_SKB_MODE (1U << 1)
        #define XDP_FLAGS_DRV_MODE (1U << 2)
        #define XDP_FLAGS_HW_MODE (1U << 3)
        #define XDP_FLAGS_REPLACE (1U << 4)

        #endif
        """#
    )

    /// Tunnels.
    static let linuxIfTunnel = HeaderFile(
        "linux/if_tunnel.h",
        #"""
        #ifndef _LINUX_IF_TUNNEL_H
        #define _LINUX_IF_TUNNEL_H

        #include <linux/types.h>
        #include <linux/ip.h>
        #include <linux/in6.h>
        #include <asm/byteorder.h>

        #define GRE_CSUM __cpu_to_be16(0x8000)
        #define GRE_ROUTING __cpu_to_be16(0x4000)
        #define GRE_KEY __cpu_to_be16(0x2000)
        #define GRE_SEQ __cpu_to_be16(0x1000)
        #define GRE_STRICT __cpu_to_be16(0x0800)
        #define GRE_REC __cpu_to_be16(0x0700)
        #define GRE_ACK __cpu_to_be16(0x0080)
        #define GRE_FLAGS __cpu_to_be16(0x0078)
        #define GRE_VERSION __cpu_to_be16(0x0007)

        #endif
        """#
    )

    /// Labels of MPLS.
    static let linuxMPLS = HeaderFile(
        "linux/mpls.h",
        #"""
        #ifndef _LINUX_MPLS_H
        #define _LINUX_MPLS_H

        #include <linux/types.h>
        #include <asm/byteorder.h>

        struct mpls_label {
            __be32 entry;
        };

        #define MPLS_LS_LABEL_MASK 0xFFFFF000
        #define MPLS_LS_LABEL_SHIFT 12
        #define MPLS_LS_TC_MASK 0x00000E00
        #define MPLS_LS_TC_SHIFT 9
        #define MPLS_LS_S_MASK 0x00000100
        #define MPLS_LS_S_SHIFT 8
        #define MPLS_LS_TTL_MASK 0x000000FF
        #define MPLS_LS_TTL_SHIFT 0

        #endif
        """#
    )

    /// Hooks and verdicts of netfilter.
    static let linuxNetfilter = HeaderFile(
        "linux/netfilter.h",
        #"""
        #ifndef _LINUX_NETFILTER_H
        #define _LINUX_NETFILTER_H

        #include <linux/types.h>

        #define NF_DROP 0
        #define NF_ACCEPT 1
        #define NF_STOLEN 2
        #define NF_QUEUE 3
        #define NF_REPEAT 4
        #define NF_STOP 5
        #define NF_MAX_VERDICT NF_STOP

        enum nf_inet_hooks {
            NF_INET_PRE_ROUTING,
            NF_INET_LOCAL_IN,
            NF_INET_FORWARD,
            NF_INET_LOCAL_OUT,
            NF_INET_POST_ROUTING,
            NF_INET_NUMHOOKS,
            NF_INET_INGRESS = NF_INET_NUMHOOKS,
        };

        enum {
            NFPROTO_UNSPEC = 0,
            NFPROTO_INET = 1,
            NFPROTO_IPV4 = 2,
            NFPROTO_ARP = 3,
            NFPROTO_NETDEV = 5,
            NFPROTO_BRIDGE = 7,
            NFPROTO_IPV6 = 10,
        };

        #endif
        """#
    )

    /// The older spelling of `linux/if_ether.h`, for sources that include the user's header.
    static let netEthernet = HeaderFile(
        "net/ethernet.h",
        "#include <linux/if_ether.h>\n#define ETHERTYPE_IP ETH_P_IP\n"
            + "#define ETHERTYPE_IPV6 ETH_P_IPV6\n#define ETHERTYPE_ARP ETH_P_ARP\n"
            + "#define ETHERTYPE_VLAN ETH_P_8021Q\n"
    )

    /// The same for interfaces.
    static let netIf = HeaderFile("net/if.h", "#include <linux/if.h>\n")
}
