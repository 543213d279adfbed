// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Spreads the TCP and UDP connections to one IPv4 address over several servers (XDP).
//
// A packet for the service goes on to the server that its connection hashes to, with the service
// as its source, so that the answer comes back here; the answer goes on to the client. Both leave
// through the interface that they came in by (XDP_TX). `fill_ring` runs once, before all packets.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IPV4(a, b, c, d) { bpf_htonl((a) << 24 | (b) << 16 | (c) << 8 | (d)) }
#define SLOTS 251  // a prime, much greater than the number of servers
#define SERVERS 3

struct host { struct in_addr address; __u8 mac[ETH_ALEN]; __u16 port; };

const volatile __u16 service_port = 80;
const volatile struct host servers[SERVERS] = {
    { IPV4(10, 7, 0, 11), { 2, 0, 0, 7, 0, 11 }, 80 },
    { IPV4(10, 7, 0, 12), { 2, 0, 0, 7, 0, 12 }, 80 },
    { IPV4(10, 7, 0, 13), { 2, 0, 0, 7, 0, 13 }, 80 },
};

// The consistent hash: each slot holds 1 + the number of its server.
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, SLOTS);
    __type(key, __u32);
    __type(value, __u32);
} ring SEC(".maps");

// Packets from a peer with these ports belong to one direction of a connection …
struct direction { struct in_addr peer; __u16 peer_port, local_port; __u32 protocol; };
// … and go on to this host, from this port of ours.
struct route { struct host to; __u32 local_port; __u64 packets, bytes; };

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 65536);
    __type(key, struct direction);
    __type(value, struct route);
} routes SEC(".maps");

static __always_inline __u32 hash(__u64 value)
{
    value = (value ^ value >> 33) * 0xff51afd7ed558ccd;
    value = (value ^ value >> 33) * 0xc4ceb9fe1a85ec53;
    return value ^ value >> 33;
}

struct { __u32 tried[SERVERS], turn, filled; } filling;

// One step of Google's Maglev: the servers take turns, each with its own order of all slots, and
// take the next slot in it that is still free. Without one server, few other slots change hands.
static long take_slot(__u32 step, void *unused)
{
    __u32 server = filling.turn;
    if (server >= SERVERS)
        return 1;
    __u32 seed = servers[server].address.s_addr;
    __u32 stride = hash(seed) % (SLOTS - 1) + 1;
    __u32 slot = (hash(~(__u64)seed) % SLOTS + filling.tried[server]++ * stride) % SLOTS;
    __u32 *owner = bpf_map_lookup_elem(&ring, &slot);

    if (!owner || *owner)
        return 0;
    *owner = server + 1;
    filling.turn = (server + 1) % SERVERS;
    return ++filling.filled == SLOTS;
}

SEC("syscall")
int fill_ring(void *context)
{
    bpf_loop(SLOTS * SERVERS, take_slot, NULL, 0);
    return 0;
}

// Chooses a server for a new connection and remembers the routes in both directions. The server
// sees the client's port, or if another client has the same one, a port derived from it.
static __always_inline struct route *connect(struct direction *from, const __u8 *client_mac)
{
    __u64 client = (__u64)from->peer.s_addr << 32 | (__u32)from->peer_port << 16 | from->protocol;
    __u32 slot = hash(client) % SLOTS;
    __u32 *owner = bpf_map_lookup_elem(&ring, &slot);
    __u32 server = owner ? *owner - 1 : SERVERS;
    if (server >= SERVERS)
        return NULL;

    struct route there = { .local_port = from->peer_port };
    struct route back = { .to = { from->peer, {}, from->peer_port }, .local_port = service_port };
    there.to = servers[server];
    __builtin_memcpy(back.to.mac, client_mac, ETH_ALEN);
    struct direction answer = { there.to.address, there.to.port, from->peer_port, from->protocol };

    for (int attempt = 0; bpf_map_update_elem(&routes, &answer, &back, BPF_NOEXIST); attempt++) {
        if (attempt == 8)
            return NULL;
        there.local_port = answer.local_port = hash(answer.local_port) | 0x8000;
    }
    bpf_map_update_elem(&routes, from, &there, BPF_ANY);
    return bpf_map_lookup_elem(&routes, from);
}

// The Internet checksum after `size` bytes that it covers have changed (RFC 1624).
static __always_inline __u16 updated(__u16 checksum, void *old, void *new, __u32 size)
{
    __u32 sum = bpf_csum_diff(old, size, new, size, (__u16)~checksum);
    sum = (sum & 0xffff) + (sum >> 16);
    return ~((sum & 0xffff) + (sum >> 16));
}

SEC("xdp")
int balance(struct xdp_md *context)
{
    struct ends { __be32 source, target; __be16 source_port, target_port; } old, new;
    struct ethhdr *ethernet = (void *)(long)context->data;
    struct iphdr *ip = (void *)(ethernet + 1);
    __be16 *ports = (void *)(ip + 1), *checksum;
    void *end = (void *)(long)context->data_end;

    if ((void *)(ports + 4) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
        return XDP_PASS;
    if (ip->ihl != 5 || ip->frag_off & bpf_htons(0x3fff))
        return XDP_PASS;  // options and fragments are left to the system
    if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP)
        return XDP_PASS;
    checksum = ports + (ip->protocol == IPPROTO_TCP ? 8 : 3);
    if ((void *)(checksum + 1) > end)
        return XDP_PASS;

    old = (struct ends){ ip->saddr, ip->daddr, ports[0], ports[1] };
    struct direction from = {
        { old.source }, bpf_ntohs(old.source_port), bpf_ntohs(old.target_port), ip->protocol,
    };
    struct route *route = bpf_map_lookup_elem(&routes, &from);
    if (!route && from.local_port == service_port)
        route = connect(&from, ethernet->h_source);
    if (!route)
        return XDP_PASS;

    new = (struct ends){
        old.target, route->to.address.s_addr,
        bpf_htons(route->local_port), bpf_htons(route->to.port),
    };
    ip->check = updated(ip->check, &old, &new, 8);
    if (ip->protocol == IPPROTO_TCP || *checksum)  // UDP may go without
        *checksum = updated(*checksum, &old, &new, 12) ?: ip->protocol == IPPROTO_UDP ? 0xffff : 0;
    ip->saddr = new.source;
    ip->daddr = new.target;
    ports[0] = new.source_port;
    ports[1] = new.target_port;
    __builtin_memcpy(ethernet->h_source, ethernet->h_dest, ETH_ALEN);
    __builtin_memcpy(ethernet->h_dest, route->to.mac, ETH_ALEN);
    __sync_fetch_and_add(&route->packets, 1);
    __sync_fetch_and_add(&route->bytes, end - (void *)ethernet);
    return XDP_TX;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
