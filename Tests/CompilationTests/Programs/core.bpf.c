// Reads kernel structures with relocations: every macro of bpf_core_read.h.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct event {
    u32 pid, parent, depth;
    u64 inode, cookie;
    char command[16];
    char file[64];
    u8 reused, probed;
};

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} events SEC(".maps");

struct task_struct___old {
    long state;
} __attribute__((preserve_access_index));

SEC("kprobe/do_unlinkat")
int BPF_KPROBE(on_unlink, int directory, struct filename *name)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
    if (!event)
        return 0;
    event->pid = BPF_CORE_READ(task, pid);
    event->parent = BPF_CORE_READ(task, real_parent, tgid);
    event->depth = BPF_CORE_READ(task, nsproxy, pid_ns_for_children, level);
    event->inode = BPF_CORE_READ(task, mm, exe_file, f_inode, i_ino);
    BPF_CORE_READ_INTO(&event->command, task, comm);
    BPF_CORE_READ_STR_INTO(&event->file, name, name);
    BPF_PROBE_READ_INTO(&event->cookie, task, start_time);
    bpf_core_read_str(event->file, sizeof(event->file), &name->name);
    bpf_ringbuf_submit(event, 0);
    return 0;
}

SEC("kprobe/states")
int BPF_KPROBE(states, struct task_struct *task)
{
    struct task_struct___old *old = (void *)task;
    if (bpf_core_field_exists(old->state))
        return BPF_CORE_READ(old, state);
    if (bpf_core_field_exists(struct task_struct, __state))
        return BPF_CORE_READ(task, __state);
    return bpf_core_type_exists(struct bpf_local_storage_map) + bpf_core_type_size(struct file)
        + bpf_core_field_size(task->comm) + bpf_core_field_offset(struct task_struct, comm)
        + bpf_core_type_id_local(struct event) + bpf_core_type_id_kernel(struct file)
        + bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)
        + bpf_core_enum_value(enum sk_action, SK_PASS);
}

SEC("kprobe/tcp_connect")
int BPF_KPROBE(on_connect, struct sock *sk)
{
    u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
    u16 port = BPF_CORE_READ(sk, __sk_common.skc_dport);
    u8 reuse = BPF_CORE_READ_BITFIELD_PROBED(sk, __sk_common.skc_reuse);
    struct in6_addr address;
    BPF_CORE_READ_INTO(&address, sk, __sk_common.skc_v6_daddr);
    bpf_printk("%d %d %d %x", family, port, reuse, address.in6_u.u6_addr32[0]);
    return 0;
}

SEC("kprobe/user")
int BPF_KPROBE(read_user, struct iovec *vector)
{
    void *base = BPF_CORE_READ_USER(vector, iov_base);
    u64 length = BPF_PROBE_READ_USER(vector, iov_len);
    char text[16];
    BPF_CORE_READ_USER_STR_INTO(&text, vector, iov_base);
    BPF_PROBE_READ_USER_STR_INTO(&text, vector, iov_base);
    return length + (base != 0) + text[0];
}

SEC("ksyscall/kill")
int BPF_KSYSCALL(on_kill, int pid, int signal)
{
    bpf_printk("kill %d %d", pid, signal);
    return 0;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempt, struct task_struct *previous, struct task_struct *next)
{
    bpf_printk("%d: %d -> %d", preempt, previous->pid, next->pid);
    return 0;
}

SEC("fentry/tcp_sendmsg")
int BPF_PROG(on_send, struct sock *sk, struct msghdr *message, size_t size)
{
    struct tcp_sock *tcp = (void *)sk;
    int reused = BPF_CORE_READ_BITFIELD(sk, sk_userlocks);
    return tcp->snd_cwnd + size + reused + message->msg_namelen;
}

SEC("fexit/do_unlinkat")
int BPF_PROG(after_unlink, int directory, struct filename *name, long result)
{
    bpf_printk("fexit: pid = %d, ret = %ld", (int)(bpf_get_current_pid_tgid() >> 32), result);
    return 0;
}

SEC("lsm/file_open")
int BPF_PROG(on_open, struct file *file)
{
    return (file->f_mode & 2) && file->f_inode->i_ino == 1 ? -1 : 0;
}

SEC("tp/sched/sched_process_exec")
int on_exec(struct trace_event_raw_sched_process_exec *ctx)
{
    unsigned int offset = ctx->__data_loc_filename & 0xffff;
    char name[64];
    bpf_probe_read_str(name, sizeof(name), (void *)ctx + offset);
    bpf_printk("exec %s by %d", name, ctx->pid);
    return 0;
}

SEC("tp/syscalls/sys_enter_openat")
int on_openat(struct trace_event_raw_sys_enter *ctx)
{
    return ctx->args[1] != 0;
}

SEC("iter/task")
int dump_task(struct bpf_iter__task *ctx)
{
    struct task_struct *task = ctx->task;
    if (!task)
        return 0;
    BPF_SEQ_PRINTF(ctx->meta->seq, "%8d %8d %s\n", task->tgid, task->pid, task->comm);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
