// A chain of parsers joined by tail calls; classification in traffic control.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <stddef.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

int parse_ip(struct __sk_buff *skb);
int parse_other(struct __sk_buff *skb);

enum { PARSE_IP, PARSE_OTHER };

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 2);
    __uint(key_size, sizeof(__u32));
    __array(values, int(void *));
} parsers SEC(".maps") = {
    .values = {
        [PARSE_IP] = (void *)&parse_ip,
        [PARSE_OTHER] = (void *)&parse_other,
    },
};

struct inner {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 8);
    __type(key, __u32);
    __type(value, __u32);
} first SEC(".maps"), second SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 2);
    __type(key, __u32);
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = {&first, &second},
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __uint(pinning, LIBBPF_PIN_BY_NAME);
    __type(key, __u32);
    __type(value, __u64);
} pinned SEC(".maps");

SEC("tc")
int parse_ip(struct __sk_buff *skb)
{
    struct iphdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)) < 0)
        return TC_ACT_SHOT;
    if (ip.ttl <= 1)
        return TC_ACT_SHOT;
    __u8 ttl = ip.ttl - 1;
    __u32 offset = ETH_HLEN + offsetof(struct iphdr, ttl);
    bpf_l3_csum_replace(skb, ETH_HLEN + offsetof(struct iphdr, check), bpf_htons(ip.ttl << 8),
                        bpf_htons(ttl << 8), 2);
    bpf_skb_store_bytes(skb, offset, &ttl, sizeof(ttl), 0);
    skb->mark = bpf_ntohl(ip.saddr);
    skb->cb[0] = skb->pkt_type == PACKET_HOST;
    return bpf_redirect(skb->ifindex, BPF_F_INGRESS);
}

SEC("tc")
int parse_other(struct __sk_buff *skb)
{
    __u32 key = skb->protocol, index = 1;
    void *map = bpf_map_lookup_elem(&outer, &index);
    if (map) {
        __u32 *value = bpf_map_lookup_elem(map, &key);
        if (value)
            __sync_fetch_and_add(value, 1);
    }
    __u64 *hits = bpf_map_lookup_elem(&pinned, &key);
    if (hits)
        __atomic_fetch_add(hits, 1, __ATOMIC_RELAXED);
    return TC_ACT_OK;
}

SEC("tc")
int entry(struct __sk_buff *skb)
{
    switch (skb->protocol) {
    case bpf_htons(ETH_P_IP):
        bpf_tail_call_static(skb, &parsers, PARSE_IP);
        break;
    case bpf_htons(ETH_P_8021Q):
        bpf_skb_vlan_pop(skb);
        break;
    default:
        bpf_tail_call(skb, &parsers, PARSE_OTHER);
    }
    return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "GPL";
__u32 _version SEC("version") = 0;
