// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Measures how long TCP connections take to be made: a histogram by powers of two (tracepoint).
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

// Only connections of this process, if set before loading; 0 watches all.
const volatile __u32 process = 0;

// When each connection that is not made yet was begun, by its socket.
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, __u64);
    __type(value, __u64);
} begun SEC(".maps");

// How many connections took from 2^n to 2^(n+1) microseconds, by n; those below 1 us count as 1.
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 32);
    __type(key, __u32);
    __type(value, __u64);
} histogram SEC(".maps");

// Connections that were refused, or given up.
__u64 failed = 0;

// A connection has been made, or will never be.
static __always_inline void end(__u64 socket, int is_made)
{
    __u64 *found = bpf_map_lookup_elem(&begun, &socket);
    if (!found)
        return;
    __u64 start = *found;
    bpf_map_delete_elem(&begun, &socket);
    if (!is_made) {
        __sync_fetch_and_add(&failed, 1);
        return;
    }
    __u64 microseconds = (bpf_ktime_get_ns() - start) / 1000 | 1;
    __u32 place = 63 - __builtin_clzll(microseconds);
    if (place > 31)
        place = 31;
    __u64 *count = bpf_map_lookup_elem(&histogram, &place);
    if (count)
        __sync_fetch_and_add(count, 1);
}

SEC("tracepoint/sock/inet_sock_set_state")
int on_state_change(struct trace_event_raw_inet_sock_set_state *change)
{
    if (change->protocol != IPPROTO_TCP)
        return 0;
    __u64 socket = (__u64)change->skaddr;
    if (change->newstate == TCP_SYN_SENT) {
        if (process && bpf_get_current_pid_tgid() >> 32 != process)
            return 0;
        __u64 now = bpf_ktime_get_ns();
        bpf_map_update_elem(&begun, &socket, &now, BPF_ANY);
    } else if (change->oldstate == TCP_SYN_SENT) {
        end(socket, change->newstate == TCP_ESTABLISHED);
    }
    return 0;
}
