// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Counts, for each user, how many programs were started (tracepoint, hash map).
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

// Only this process, if set before loading; 0 watches all.
const volatile __u32 process = 0;

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 10240);
    __type(key, __u32);
    __type(value, __u64);
} starts_by_user SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_execve")
int count_start(void *context)
{
    if (process && bpf_get_current_pid_tgid() >> 32 != process)
        return 0;
    __u32 user = (__u32)bpf_get_current_uid_gid();
    __u64 *count = bpf_map_lookup_elem(&starts_by_user, &user);
    __u64 one = 1;
    if (count)
        __sync_fetch_and_add(count, 1);
    else
        bpf_map_update_elem(&starts_by_user, &user, &one, BPF_NOEXIST);
    return 0;
}
