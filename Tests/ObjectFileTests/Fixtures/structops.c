// A structure of functions that the kernel calls, and variables in an arena.
#include "fixture.h"

struct operations {
    int (*init)(void *socket);
    int (*release)(void *socket);
    u32 flags;
    char name[16];
};

SEC("struct_ops/init") int start(void *context) { return 1; }
SEC("struct_ops.s/release") int stop(void *context) { return 2; }

SEC(".struct_ops.link") struct operations linked = {
    .init = (void *)start, .release = (void *)stop, .flags = 4, .name = "linked",
};

SEC(".struct_ops") struct operations plain = {
    .release = (void *)stop, .name = "plain",
};

struct {
    __uint(type, ARENA);
    __uint(map_flags, 1 << 10);
    __uint(max_entries, 2);
} arena SEC(".maps");

#define __arena __attribute__((address_space(1)))
u64 __arena inside = 42;

SEC("syscall") int user(void *context) {
    inside += 1;
    return inside + (u64)&arena;
}

char _license[] SEC("license") = "GPL";
