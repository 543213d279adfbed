// Every attribute of a map, and maps that begin with something in them.
#include "fixture.h"

struct flow {
    u32 source, destination;
    u16 ports[2];
};

struct {
    __uint(type, HASH);
    __uint(max_entries, 1024);
    __type(key, struct flow);
    __type(value, u64);
    __uint(map_flags, 1);
    __uint(pinning, 1);
} flows SEC(".maps");

struct {
    __uint(type, BLOOM);
    __uint(max_entries, 100);
    __uint(value_size, 12);
    __uint(map_extra, 3);
} bloom SEC(".maps");

struct {
    __uint(type, RINGBUF);
    __uint(max_entries, 4096);
    __uint(numa_node, 0);
} events SEC(".maps");

struct {
    __uint(type, ARENA);
    __uint(map_flags, 1 << 10);
    __uint(max_entries, 10);
    __ulong(map_extra, 0x1ull << 44);
} arena SEC(".maps");

struct inner {
    __uint(type, ARRAY);
    __uint(max_entries, 4);
    __type(key, u32);
    __type(value, u32);
} first SEC(".maps"), second SEC(".maps");

struct {
    __uint(type, ARRAY_OF_MAPS);
    __uint(max_entries, 8);
    __type(key, u32);
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = { [1] = &first, [5] = &second },
};

struct {
    __uint(type, HASH_OF_MAPS);
    __uint(max_entries, 2);
    __uint(key_size, 8);
    __array(values, struct {
        __uint(type, HASH);
        __uint(max_entries, 7);
        __type(key, int);
        __type(value, struct flow);
    });
} anonymous SEC(".maps");

int parse(void *);
int drop(void *);

struct {
    __uint(type, PROG_ARRAY);
    __uint(max_entries, 3);
    __uint(key_size, sizeof(u32));
    __array(values, int(void *));
} jumps SEC(".maps") = {
    .values = { [0] = &parse, [2] = &drop },
};

SEC("xdp") int parse(void *context) {
    struct flow flow = {};
    u64 one = 1, *count = map_lookup_elem(&flows, &flow);
    if (count) *count += 1;
    else map_update_elem(&flows, &flow, &one, 0);
    tail_call(context, &jumps, 2);
    return 2;
}

SEC("xdp") int drop(void *context) {
    u32 index = 1;
    void *inner = map_lookup_elem(&outer, &index);
    if (inner && map_lookup_elem(inner, &index)) return 2;
    return 1;
}

char _license[] SEC("license") = "Dual MIT/GPL";
