// Subprograms: static, global, hidden, weak, recursive, callbacks, and several programs a section.
#include "fixture.h"

struct {
    __uint(type, HASH);
    __uint(max_entries, 8);
    __type(key, u32);
    __type(value, u64);
} counts SEC(".maps");

static __noinline u64 leaf(u64 value) {
    u64 *found = map_lookup_elem(&counts, &value);
    return found ? *found : value * 3;
}

static __noinline u64 middle(u64 value) {
    return leaf(value) + leaf(value + 1);
}

__noinline int global(u32 value) {
    return middle(value) ^ ktime_get_ns();
}

__hidden __noinline int hidden(u32 value) {
    return value ^ ktime_get_ns();
}

__weak __noinline int weak(u32 value) {
    return leaf(value) + 1;
}

__noinline int even(u32 value);

__noinline int odd(u32 value) {
    return value == 0 ? ktime_get_ns() : even(value - 1) + 1;
}

__noinline int even(u32 value) {
    return value == 0 ? 1 : odd(value - 1) + 2;
}

static long each(void *map, u32 *key, u64 *value, u64 *sum) {
    *sum += *value;
    return 0;
}

static long step(u32 index, u64 *sum) {
    *sum += leaf(index);
    return 0;
}

SEC("xdp") int first(void *context) {
    return global(1) + hidden(2);
}

SEC("xdp") int second(void *context) {
    return weak(3);
}

SEC("tc") int callbacks(void *context) {
    u64 sum = 0;
    for_each_map_elem(&counts, each, &sum, 0);
    loop(10, step, &sum, 0);
    return sum;
}

SEC("kprobe/do_unlinkat") int recursive(void *context) {
    return even(4);
}

SEC("?kprobe/do_exit") int optional(void *context) {
    return 0;
}

SEC("lsm.s/file_open") int sleeper(void *context) {
    return 0;
}

SEC("xdp.frags") int fragments(void *context) {
    return 2;
}

char _license[] SEC("license") = "GPL";
