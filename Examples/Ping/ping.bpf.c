// SPDX-License-Identifier: MIT OR GPL-2.0-only
// What becomes of pings: counted and dropped, or answered before the system sees them (XDP), or
// dropped on their way out (tc).
#include <linux/bpf.h>
#include <linux/icmp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u64 dropped = 0, answered = 0, stopped = 0;

struct ping {
    struct ethhdr *ethernet;
    struct iphdr *ip;
    struct icmphdr *icmp;
};

// Finds an ICMP message of a type in an IPv4 packet without options.
static __always_inline int find(void *data, void *end, __u8 type, struct ping *ping)
{
    ping->ethernet = data;
    ping->ip = (void *)(ping->ethernet + 1);
    ping->icmp = (void *)(ping->ip + 1);
    if ((void *)(ping->icmp + 1) > end)
        return 0;
    return ping->ethernet->h_proto == bpf_htons(ETH_P_IP) && ping->ip->ihl == 5
        && ping->ip->protocol == IPPROTO_ICMP && ping->icmp->type == type;
}

SEC("xdp")
int drop_pings(struct xdp_md *context)
{
    struct ping ping;
    if (!find((void *)(long)context->data, (void *)(long)context->data_end, ICMP_ECHO, &ping))
        return XDP_PASS;
    __sync_fetch_and_add(&dropped, 1);
    return XDP_DROP;
}

SEC("xdp")
int answer_pings(struct xdp_md *context)
{
    struct ping ping;
    if (!find((void *)(long)context->data, (void *)(long)context->data_end, ICMP_ECHO, &ping))
        return XDP_PASS;
    unsigned char address[ETH_ALEN];
    __builtin_memcpy(address, ping.ethernet->h_source, ETH_ALEN);
    __builtin_memcpy(ping.ethernet->h_source, ping.ethernet->h_dest, ETH_ALEN);
    __builtin_memcpy(ping.ethernet->h_dest, address, ETH_ALEN);
    __be32 source = ping.ip->saddr;
    ping.ip->saddr = ping.ip->daddr;
    ping.ip->daddr = source;
    // From a request (8) to a reply (0): the checksum grows by what the type shrinks.
    ping.icmp->type = ICMP_ECHOREPLY;
    __u32 sum = ping.icmp->checksum + bpf_htons(ICMP_ECHO << 8);
    ping.icmp->checksum = sum + (sum >> 16);
    __sync_fetch_and_add(&answered, 1);
    return XDP_TX;
}

SEC("tc")
int stop_pings(struct __sk_buff *context)
{
    struct ping ping;
    if (!find((void *)(long)context->data, (void *)(long)context->data_end, ICMP_ECHO, &ping))
        return TC_ACT_OK;
    __sync_fetch_and_add(&stopped, 1);
    return TC_ACT_SHOT;
}
