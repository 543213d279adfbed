// Maps without type information, compiled without -g: as old compilers and aya write them.
#include "fixture.h"

struct bpf_map_def {
    u32 type, key_size, value_size, max_entries, map_flags, id, pinning;
};

struct bpf_map_def SEC("maps") counts = { HASH, 4, 8, 16, 1, 0, 0 };
struct bpf_map_def SEC("maps") shared = { ARRAY, 4, 4, 2, 0, 0, 1 };

u64 total;
const volatile u32 limit = 9;
extern void bpf_rcu_read_lock(void) __ksym;

static __noinline u64 find(u32 key) {
    u64 *found = map_lookup_elem(&counts, &key);
    return found ? *found : limit;
}

SEC("socket") int filter(void *context) {
    bpf_rcu_read_lock();
    total += find(1) + (u64)map_lookup_elem(&shared, &total);
    return total;
}

char _license[] SEC("license") = "GPL";
