// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Counts packets and bytes by protocol, at the earliest place that Linux has for it (XDP).
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

// What a packet carries: IP's number for it, or for packets other than IP, Ethernet's.
// The two ranges do not meet, so a protocol without a name here is counted under its number.
enum protocol {
    ICMP = 1,
    IGMP = 2,
    TCP = 6,
    UDP = 17,
    GRE = 47,
    ESP = 50,
    IPv6_ICMP = 58,
    SCTP = 132,
    ARP = 0x0806,
    LLDP = 0x88cc,
};

struct traffic {
    __u64 packets;
    __u64 bytes;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, enum protocol);
    __type(value, struct traffic);
} protocols SEC(".maps");

// The part of the packet that is still to be read.
struct rest {
    void *next;
    void *end;
};

// The next `size` bytes, or nothing when the packet is too short.
static __always_inline void *take(struct rest *rest, __u64 size)
{
    void *header = rest->next;
    if (header + size > rest->end)
        return NULL;
    rest->next = header + size;
    return header;
}

// The type that Ethernet gives, behind at most two VLAN tags.
static __always_inline __u16 ethernet_type(struct rest *rest)
{
    struct vlan_tag { __be16 control, type; } *tag;
    struct ethhdr *ethernet = take(rest, sizeof(*ethernet));
    __u16 type = ethernet ? bpf_ntohs(ethernet->h_proto) : 0;

    for (int depth = 0; depth < 2 && (type == ETH_P_8021Q || type == ETH_P_8021AD); depth++)
        type = (tag = take(rest, sizeof(*tag))) ? bpf_ntohs(tag->type) : 0;
    return type;
}

// The protocol behind IPv6's extension headers, of which only those that routers and hosts
// insert are passed: hop-by-hop (0), routing (43), fragment (44) and destination options (60).
static __always_inline __u32 ipv6_protocol(struct rest *rest)
{
    struct extension { __u8 next, length; __u8 content[6]; } *extension;
    struct ipv6hdr *ip = take(rest, sizeof(*ip));
    __u32 protocol = ip ? ip->nexthdr : ETH_P_IPV6;

    for (int depth = 0; depth < 6; depth++) {
        if (protocol != 0 && protocol != 43 && protocol != 44 && protocol != 60)
            break;
        if (!(extension = take(rest, sizeof(*extension))))
            break;
        if (protocol != 44)
            rest->next += extension->length * 8;
        protocol = extension->next;
    }
    return protocol;
}

SEC("xdp")
int count_packets(struct xdp_md *context)
{
    struct rest rest = { (void *)(long)context->data, (void *)(long)context->data_end };
    struct traffic one = { .packets = 1, .bytes = rest.end - rest.next };
    __u32 protocol = ethernet_type(&rest);

    if (protocol == ETH_P_IP) {
        struct iphdr *ip = take(&rest, sizeof(*ip));
        protocol = ip ? ip->protocol : ETH_P_IP;
    } else if (protocol == ETH_P_IPV6) {
        protocol = ipv6_protocol(&rest);
    }

    struct traffic *seen = bpf_map_lookup_elem(&protocols, &protocol);
    if (seen) {
        __sync_fetch_and_add(&seen->packets, one.packets);
        __sync_fetch_and_add(&seen->bytes, one.bytes);
    } else {
        bpf_map_update_elem(&protocols, &protocol, &one, BPF_ANY);
    }
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
