// Drops packets from blocked prefixes, counts the rest by protocol.
#include <linux/bpf.h>
#include <linux/icmp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct prefix {
    __u32 length;
    __be32 address;
};

struct event {
    __be32 source, destination;
    __u16 port;
    __u8 protocol;
    bool blocked;
};

struct {
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __uint(max_entries, 1024);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct prefix);
    __type(value, __u64);
} blocked SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 256);
    __type(key, __u32);
    __type(value, __u64);
} counts SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 16);
} events SEC(".maps");

const volatile __u16 guarded_port = 22;
__u64 total;

static __always_inline void count(__u8 protocol)
{
    __u32 key = protocol;
    __u64 *value = bpf_map_lookup_elem(&counts, &key);
    if (value)
        *value += 1;
}

SEC("xdp")
int firewall(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data;
    void *end = (void *)(long)ctx->data_end;
    struct ethhdr *ethernet = data;

    __sync_fetch_and_add(&total, 1);
    if ((void *)(ethernet + 1) > end)
        return XDP_ABORTED;
    if (ethernet->h_proto == bpf_htons(ETH_P_IPV6)) {
        struct ipv6hdr *ipv6 = (void *)(ethernet + 1);
        if ((void *)(ipv6 + 1) > end)
            return XDP_DROP;
        count(ipv6->nexthdr);
        return XDP_PASS;
    }
    if (ethernet->h_proto != bpf_htons(ETH_P_IP))
        return XDP_PASS;

    struct iphdr *ip = (void *)(ethernet + 1);
    if ((void *)(ip + 1) > end)
        return XDP_DROP;
    struct event event;
    memset(&event, 0, sizeof(event));
    event.source = ip->saddr;
    event.destination = ip->daddr;
    event.protocol = ip->protocol;
    if (ip->ihl == 5 && ip->protocol == IPPROTO_TCP) {
        struct tcphdr *tcp = (void *)(ip + 1);
        if ((void *)(tcp + 1) > end)
            return XDP_DROP;
        event.port = bpf_ntohs(tcp->dest);
        if (tcp->syn && !tcp->ack && event.port == guarded_port)
            bpf_printk("knock from %x to port %d", bpf_ntohl(ip->saddr), event.port);
    } else if (ip->ihl == 5 && ip->protocol == IPPROTO_UDP) {
        struct udphdr *udp = (void *)(ip + 1);
        if ((void *)(udp + 1) > end)
            return XDP_DROP;
        event.port = bpf_ntohs(udp->dest);
    } else if (ip->ihl == 5 && ip->protocol == IPPROTO_ICMP) {
        struct icmphdr *icmp = (void *)(ip + 1);
        if ((void *)(icmp + 1) > end)
            return XDP_DROP;
        event.port = icmp->type;
    }

    struct prefix key = {.length = 32, .address = ip->saddr};
    __u64 *hits = bpf_map_lookup_elem(&blocked, &key);
    if (!hits) {
        count(ip->protocol);
        return XDP_PASS;
    }
    __sync_fetch_and_add(hits, 1);
    event.blocked = true;
    struct event *record = bpf_ringbuf_reserve(&events, sizeof(event), 0);
    if (record) {
        memcpy(record, &event, sizeof(event));
        bpf_ringbuf_submit(record, BPF_RB_FORCE_WAKEUP);
    }
    return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
