// SPDX-License-Identifier: MIT OR GPL-2.0-only
// A protocol parser made of small programs that hand packets on by tail calls (XDP).
//
// Each stage reads one header, counts, and calls the stage for what follows. A stage can be
// replaced in `chain` while packets flow, without touching the others.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

// The places of the stages in `chain`; the first one is where packets arrive.
enum stage { VLAN, IPV4, IPV6, TCP, UDP, STAGES };

struct outcome {
    __u64 entered;    // packets that reached the stage
    __u64 finished;   // of those, packets that no further stage wanted
    __u64 malformed;  // of those, packets too short for the header; they are dropped
};

struct {
    struct outcome ethernet, vlan, ipv4, ipv6, tcp, udp;
} outcomes;

// Where the next header begins: what stages tell each other. Packets do not change CPUs.
struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} next_header SEC(".maps");

int parse_vlan(struct xdp_md *context);
int parse_ipv4(struct xdp_md *context);
int parse_ipv6(struct xdp_md *context);
int parse_tcp(struct xdp_md *context);
int parse_udp(struct xdp_md *context);

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, STAGES);
    __uint(key_size, sizeof(__u32));
    __array(values, int(struct xdp_md *));
} chain SEC(".maps") = {
    .values = {
        [VLAN] = &parse_vlan,
        [IPV4] = &parse_ipv4,
        [IPV6] = &parse_ipv6,
        [TCP] = &parse_tcp,
        [UDP] = &parse_udp,
    },
};

// The header of a stage, or NULL when the packet is too short for it.
static __always_inline void *enter(struct xdp_md *context, struct outcome *outcome, __u32 size)
{
    __u32 zero = 0, *place = bpf_map_lookup_elem(&next_header, &zero);
    if (!place)
        return NULL;
    if (outcome == &outcomes.ethernet)
        *place = 0;

    void *header = (void *)(long)context->data + (*place & 0xfff);
    __sync_fetch_and_add(&outcome->entered, 1);
    if (header + size <= (void *)(long)context->data_end)
        return header;
    __sync_fetch_and_add(&outcome->malformed, 1);
    return NULL;
}

// Goes on with another stage behind `size` bytes, or ends here when there is none.
static __always_inline int leave(
    struct xdp_md *context, struct outcome *outcome, __u32 size, enum stage next)
{
    __u32 zero = 0, *place = bpf_map_lookup_elem(&next_header, &zero);
    if (place)
        *place += size;
    bpf_tail_call(context, &chain, next);
    __sync_fetch_and_add(&outcome->finished, 1);
    return XDP_PASS;
}

static __always_inline enum stage stage_for_type(__be16 type)
{
    switch (bpf_ntohs(type)) {
    case ETH_P_8021Q: return VLAN;
    case ETH_P_IP: return IPV4;
    case ETH_P_IPV6: return IPV6;
    default: return STAGES;
    }
}

static __always_inline enum stage stage_for_protocol(__u8 protocol)
{
    return protocol == IPPROTO_TCP ? TCP : protocol == IPPROTO_UDP ? UDP : STAGES;
}

SEC("xdp")
int parse_ethernet(struct xdp_md *context)
{
    struct ethhdr *header = enter(context, &outcomes.ethernet, sizeof(*header));
    if (!header)
        return XDP_DROP;
    return leave(context, &outcomes.ethernet, sizeof(*header), stage_for_type(header->h_proto));
}

SEC("xdp")
int parse_vlan(struct xdp_md *context)
{
    struct { __be16 control, type; } *header = enter(context, &outcomes.vlan, sizeof(*header));
    if (!header)
        return XDP_DROP;
    return leave(context, &outcomes.vlan, sizeof(*header), stage_for_type(header->type));
}

SEC("xdp")
int parse_ipv4(struct xdp_md *context)
{
    struct iphdr *header = enter(context, &outcomes.ipv4, sizeof(*header));
    if (!header)
        return XDP_DROP;
    return leave(context, &outcomes.ipv4, header->ihl * 4, stage_for_protocol(header->protocol));
}

SEC("xdp")
int parse_ipv6(struct xdp_md *context)
{
    struct ipv6hdr *header = enter(context, &outcomes.ipv6, sizeof(*header));
    if (!header)
        return XDP_DROP;
    return leave(context, &outcomes.ipv6, sizeof(*header), stage_for_protocol(header->nexthdr));
}

SEC("xdp")
int parse_tcp(struct xdp_md *context)
{
    struct tcphdr *header = enter(context, &outcomes.tcp, sizeof(*header));
    return header ? leave(context, &outcomes.tcp, header->doff * 4, STAGES) : XDP_DROP;
}

SEC("xdp")
int parse_udp(struct xdp_md *context)
{
    struct udphdr *header = enter(context, &outcomes.udp, sizeof(*header));
    return header ? leave(context, &outcomes.udp, sizeof(*header), STAGES) : XDP_DROP;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
