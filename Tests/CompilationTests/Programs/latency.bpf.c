// Measures system calls with a hash map and prints with every printing macro.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 10240);
    __type(key, __u64);
    __type(value, __u64);
} started SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
    __uint(key_size, sizeof(int));
    __uint(value_size, sizeof(int));
} output SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_STACK_TRACE);
    __uint(max_entries, 128);
    __uint(key_size, sizeof(__u32));
    __uint(value_size, 127 * sizeof(__u64));
} stacks SEC(".maps");

struct record {
    __u64 nanoseconds;
    __u32 pid;
    char command[16];
    char text[32];
};

SEC("kprobe/vfs_read")
int BPF_KPROBE(vfs_read_entry, void *file, char *buffer, unsigned long count)
{
    __u64 id = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns();
    bpf_map_update_elem(&started, &id, &now, BPF_ANY);
    bpf_printk("read %p %p %lu", file, buffer, count);
    return 0;
}

SEC("kretprobe/vfs_read")
int BPF_KRETPROBE(vfs_read_exit, long result)
{
    __u64 id = bpf_get_current_pid_tgid();
    __u64 *start = bpf_map_lookup_elem(&started, &id);
    if (!start)
        return 0;
    struct record record = {
        .nanoseconds = bpf_ktime_get_ns() - *start,
        .pid = id >> 32,
    };
    bpf_get_current_comm(record.command, sizeof(record.command));
    BPF_SNPRINTF(record.text, sizeof(record.text), "%d %s", record.pid, "read");
    bpf_printk("pid %d took %llu returned %ld stack %d", record.pid, record.nanoseconds, result,
               (int)bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK));
    bpf_perf_event_output(ctx, &output, BPF_F_CURRENT_CPU, &record, sizeof(record));
    bpf_map_delete_elem(&started, &id);
    return 0;
}

SEC("kprobe/plain")
int plain(struct pt_regs *ctx)
{
    unsigned long caller = 0;
    BPF_KPROBE_READ_RET_IP(caller, ctx);
    return PT_REGS_PARM1(ctx) + PT_REGS_PARM2(ctx) * PT_REGS_PARM5(ctx) + PT_REGS_SP(ctx)
        + PT_REGS_IP(ctx) + PT_REGS_FP(ctx) + PT_REGS_RC(ctx) + caller;
}

SEC("uprobe")
int BPF_KPROBE(user_function, int number, const char *text)
{
    char copy[32];
    bpf_probe_read_user_str(copy, sizeof(copy), text);
    bpf_printk("%d %s", number, copy);
    return 0;
}

SEC("tracepoint/syscalls/sys_enter_openat")
int on_openat(void *ctx)
{
    bpf_printk("openat");
    return ctx == (void *)0;
}

SEC("raw_tracepoint/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
    return ctx->args[1] == 42;
}

char LICENSE[] SEC("license") = "GPL";
