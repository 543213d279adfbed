// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Drops packets from blocked networks and to blocked ports, and counts what each rule did (XDP).
//
// The longest matching network decides, so an exception is a longer prefix with ALLOW. The rules
// below are copied into the maps by `load_rules`, which runs once, before the first packet.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

enum action { ALLOW, DENY };

struct network4 { __u32 prefix_length; struct in_addr address; };
struct network6 { __u32 prefix_length; struct in6_addr address; };
struct service { __u16 protocol, port; };
struct rule { enum action action; __u32 packets; __u64 bytes; };

#define RULES(KIND, KEY)                       \
    struct {                                   \
        __uint(type, KIND);                    \
        __uint(max_entries, 1024);             \
        __uint(map_flags, BPF_F_NO_PREALLOC);  \
        __type(key, KEY);                      \
        __type(value, struct rule);            \
    }
RULES(BPF_MAP_TYPE_LPM_TRIE, struct network4) networks4 SEC(".maps");
RULES(BPF_MAP_TYPE_LPM_TRIE, struct network6) networks6 SEC(".maps");
RULES(BPF_MAP_TYPE_HASH, struct service) services SEC(".maps");

#define IPV4(a, b, c, d) { bpf_htonl((a) << 24 | (b) << 16 | (c) << 8 | (d)) }

const volatile struct { struct network4 key; struct rule rule; } rules4[] = {
    { { 24, IPV4(198, 51, 100, 0) }, { DENY } },
    { { 32, IPV4(198, 51, 100, 7) }, { ALLOW } },
};
const volatile struct { struct network6 key; struct rule rule; } rules6[] = {
    { { 48, { { { 0x20, 0x01, 0x0d, 0xb8, 0x0b, 0xad } } } }, { DENY } },
};
const volatile struct { struct service key; struct rule rule; } rules_services[] = {
    { { IPPROTO_TCP, 23 }, { DENY } },
    { { IPPROTO_UDP, 1900 }, { DENY } },
};

static __always_inline int apply(struct rule *rule, struct xdp_md *context)
{
    __sync_fetch_and_add(&rule->packets, 1);
    __sync_fetch_and_add(&rule->bytes, context->data_end - context->data);
    return rule->action == DENY ? XDP_DROP : XDP_PASS;
}

SEC("xdp")
int firewall(struct xdp_md *context)
{
    void *data = (void *)(long)context->data, *end = (void *)(long)context->data_end;
    struct ethhdr *ethernet = data;
    struct service service = {};
    struct rule *rule = NULL;
    __be16 *ports = NULL;

    if ((void *)(ethernet + 1) > end)
        return XDP_PASS;
    if (ethernet->h_proto == bpf_htons(ETH_P_IP)) {
        struct iphdr *ip = (void *)(ethernet + 1);
        if ((void *)(ip + 1) > end)
            return XDP_PASS;
        struct network4 source = { 32, { ip->saddr } };
        rule = bpf_map_lookup_elem(&networks4, &source);
        service.protocol = ip->protocol;
        if (!(ip->frag_off & bpf_htons(0x1fff)))  // only the first fragment has ports
            ports = (void *)ip + ip->ihl * 4;
    } else if (ethernet->h_proto == bpf_htons(ETH_P_IPV6)) {
        struct ipv6hdr *ip = (void *)(ethernet + 1);
        if ((void *)(ip + 1) > end)
            return XDP_PASS;
        struct network6 source = { 128, ip->saddr };
        rule = bpf_map_lookup_elem(&networks6, &source);
        service.protocol = ip->nexthdr;
        ports = (void *)(ip + 1);
    }
    if (!rule && ports && (void *)(ports + 2) <= end) {
        service.port = bpf_ntohs(ports[1]);
        rule = bpf_map_lookup_elem(&services, &service);
    }
    return rule ? apply(rule, context) : XDP_PASS;
}

#define LOAD(MAP, RULES)                                                      \
    for (__u32 i = 0; i < sizeof(RULES) / sizeof(*RULES); i++)                \
        bpf_map_update_elem(&MAP, (void *)&RULES[i].key, (void *)&RULES[i].rule, BPF_ANY)

// Not a "syscall" program, for the kernel lets those use no tries.
SEC("xdp")
int load_rules(struct xdp_md *context)
{
    LOAD(networks4, rules4);
    LOAD(networks6, rules6);
    LOAD(services, rules_services);
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
