// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Measures how long each server takes to answer (tc): of TCP the time from SYN to SYN-ACK, of UDP
// from the first datagram to the first one that comes back.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

// The two ends of a connection; IPv4 addresses are written as in ::ffff:192.0.2.1.
struct flow {
    struct in6_addr client, server;
    __u16 client_port, server_port;
};

struct handshake {
    struct flow flow;
    __u32 retransmissions;
    __u64 nanoseconds;
};

struct pending {
    __u64 since;
    __u64 retransmissions;
};

// SYNs that nobody has answered yet; the oldest make room for new ones.
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, struct flow);
    __type(value, struct pending);
} unanswered SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 256 * 1024);
} handshakes SEC(".maps");

// Datagrams that nobody has answered yet, and the answers.
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, struct flow);
    __type(value, struct pending);
} asked SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 256 * 1024);
} answers SEC(".maps");

__u64 refused = 0;  // SYNs answered by RST
__u64 lost = 0;     // answers for which a ring buffer had no room

static __always_inline void swap_ends(struct flow *flow)
{
    struct flow other = { flow->server, flow->client, flow->server_port, flow->client_port };
    *flow = other;
}

// What TCP and UDP begin with.
struct ports {
    __be16 source, dest;
};

// Reads the addresses; the result is where the header of TCP or UDP begins, or 0 if there is none.
static __always_inline __u32 read_addresses(
    struct __sk_buff *packet, struct flow *flow, __u8 *carries)
{
    if (packet->protocol == bpf_htons(ETH_P_IP)) {
        struct iphdr ip;
        if (bpf_skb_load_bytes(packet, ETH_HLEN, &ip, sizeof(ip))
            || ip.frag_off & bpf_htons(0x1fff))
            return 0;
        *carries = ip.protocol;
        flow->client.s6_addr16[5] = flow->server.s6_addr16[5] = 0xffff;
        flow->client.s6_addr32[3] = ip.saddr;
        flow->server.s6_addr32[3] = ip.daddr;
        return ETH_HLEN + ip.ihl * 4;
    }
    if (packet->protocol == bpf_htons(ETH_P_IPV6)) {
        struct ipv6hdr ip;
        if (bpf_skb_load_bytes(packet, ETH_HLEN, &ip, sizeof(ip)))
            return 0;
        *carries = ip.nexthdr;
        flow->client = ip.saddr;
        flow->server = ip.daddr;
        return ETH_HLEN + sizeof(ip);
    }
    return 0;
}

// A function of its own, so that the object file knows the type of the events.
static __noinline void fill(
    struct handshake *event, const struct flow *flow, const struct pending *pending)
{
    event->flow = *flow;
    event->retransmissions = pending->retransmissions;
    event->nanoseconds = bpf_ktime_get_ns() - pending->since;
}

static __always_inline void report(
    void *events, const struct flow *flow, const struct pending *pending)
{
    struct handshake *event = bpf_ringbuf_reserve(events, sizeof(*event), 0);
    if (!event) {
        __sync_fetch_and_add(&lost, 1);
        return;
    }
    fill(event, flow, pending);
    bpf_ringbuf_submit(event, 0);
}

// Remembers when something was asked, unless it was before.
static __always_inline void begin(void *pending, const struct flow *flow)
{
    struct pending first = { .since = bpf_ktime_get_ns() };
    struct pending *earlier = bpf_map_lookup_elem(pending, flow);

    if (earlier)
        __sync_fetch_and_add(&earlier->retransmissions, 1);
    else
        bpf_map_update_elem(pending, flow, &first, BPF_NOEXIST);
}

// A datagram answers the first one that went the other way, or waits for an answer itself.
static __always_inline void exchange(struct flow *flow)
{
    struct pending *pending;

    swap_ends(flow);
    pending = bpf_map_lookup_elem(&asked, flow);
    if (pending) {
        report(&answers, flow, pending);
        bpf_map_delete_elem(&asked, flow);
    } else {
        swap_ends(flow);
        begin(&asked, flow);
    }
}

SEC("tc")
int flow_latency(struct __sk_buff *packet)
{
    struct flow flow = {};
    struct ports ports;
    struct tcphdr tcp;
    __u8 carries = 0;
    __u32 start = read_addresses(packet, &flow, &carries);

    if (!start || (carries != IPPROTO_TCP && carries != IPPROTO_UDP)
        || bpf_skb_load_bytes(packet, start, &ports, sizeof(ports)))
        return TC_ACT_OK;
    flow.client_port = bpf_ntohs(ports.source);
    flow.server_port = bpf_ntohs(ports.dest);
    if (carries == IPPROTO_UDP) {
        exchange(&flow);
        return TC_ACT_OK;
    }

    if (bpf_skb_load_bytes(packet, start, &tcp, sizeof(tcp)))
        return TC_ACT_OK;
    if (tcp.syn && !tcp.ack) {
        begin(&unanswered, &flow);
    } else if (tcp.ack && (tcp.syn || tcp.rst)) {
        swap_ends(&flow);  // answers come from the server
        struct pending *pending = bpf_map_lookup_elem(&unanswered, &flow);
        if (!pending)
            return TC_ACT_OK;
        if (tcp.syn)
            report(&handshakes, &flow, pending);
        else
            __sync_fetch_and_add(&refused, 1);
        bpf_map_delete_elem(&unanswered, &flow);
    }
    return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
