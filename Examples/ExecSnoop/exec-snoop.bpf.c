// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Tells of every program that is started and of the process that starts it, with a greeting for
// its user (config map, ring buffer, a field of the running kernel).
#include <vmlinux.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

// Only this process, if set before loading; 0 watches all.
const volatile __u32 process = 0;

struct greeting {
    char message[12];
};

struct start_event {
    __u32 process;
    __u32 parent;
    __u32 user;
    char command[16];
    char message[12];
};

// What the application configures: a greeting for each user.
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1024);
    __type(key, __u32);
    __type(value, struct greeting);
} greetings SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 18);
} starts SEC(".maps");

// Keeps the event's type in the object, so that readers can name its members.
const struct start_event *_start_event __attribute__((unused));

// How many events found no room in the ring buffer.
__u64 lost = 0;

SEC("tracepoint/syscalls/sys_enter_execve")
int report_start(void *context)
{
    __u32 caller = bpf_get_current_pid_tgid() >> 32;
    if (process && caller != process)
        return 0;
    struct start_event *event = bpf_ringbuf_reserve(&starts, sizeof(*event), 0);
    if (!event) {
        __sync_fetch_and_add(&lost, 1);
        return 0;
    }
    struct task_struct *task = (struct task_struct *)bpf_get_current_task();
    event->process = caller;
    event->parent = BPF_CORE_READ(task, real_parent, tgid);
    event->user = (__u32)bpf_get_current_uid_gid();
    bpf_get_current_comm(event->command, sizeof(event->command));
    struct greeting *greeting = bpf_map_lookup_elem(&greetings, &event->user);
    __builtin_memset(event->message, 0, sizeof(event->message));
    if (greeting)
        __builtin_memcpy(event->message, greeting->message, sizeof(event->message));
    bpf_ringbuf_submit(event, 0);
    return 0;
}
