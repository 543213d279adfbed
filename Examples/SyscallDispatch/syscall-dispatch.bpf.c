// SPDX-License-Identifier: MIT OR GPL-2.0-only
// One program at the entry of all system calls jumps to another for those that matter (raw
// tracepoint, prog array with initial values).
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

// Only this process, if set before loading; 0 watches all.
const volatile __u32 process = 0;

enum { GETPPID = 110, OPENAT = 257, CALLS = 512 };

__u64 parents_asked = 0, files_opened = 0, others = 0;

int on_getppid(struct bpf_raw_tracepoint_args *context);
int on_openat(struct bpf_raw_tracepoint_args *context);

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, CALLS);
    __uint(key_size, sizeof(__u32));
    __array(values, int(struct bpf_raw_tracepoint_args *));
} calls SEC(".maps") = {
    .values = {
        [GETPPID] = (void *)&on_getppid,
        [OPENAT] = (void *)&on_openat,
    },
};

SEC("raw_tp/sys_enter")
int on_getppid(struct bpf_raw_tracepoint_args *context)
{
    __sync_fetch_and_add(&parents_asked, 1);
    return 0;
}

SEC("raw_tp/sys_enter")
int on_openat(struct bpf_raw_tracepoint_args *context)
{
    __sync_fetch_and_add(&files_opened, 1);
    return 0;
}

SEC("raw_tp/sys_enter")
int dispatch(struct bpf_raw_tracepoint_args *context)
{
    if (process && bpf_get_current_pid_tgid() >> 32 != process)
        return 0;
    bpf_tail_call(context, &calls, context->args[1]);
    // Where no program waits the jump falls through.
    __sync_fetch_and_add(&others, 1);
    return 0;
}
