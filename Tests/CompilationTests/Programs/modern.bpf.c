// What libbpf gained after Debian 12's: open-coded loops, tags, structures as arguments.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct pair {
    long first;
    long second;
};

struct small {
    int value;
};

struct node {
    struct task_struct __kptr *task;
    struct bpf_refcount count;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARENA);
    __uint(map_flags, BPF_F_MMAPABLE);
    __uint(max_entries, 10);
    __ulong(map_extra, 0x1ull << 44);
} arena SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 10);
    __type(key, int);
    __type(value, struct node);
} nodes SEC(".maps");

extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;
extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task,
                             unsigned int flags) __weak __ksym;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __weak __ksym;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __weak __ksym;

int numbers[8];

__weak int global(struct __sk_buff *ctx __arg_ctx, struct pair *pair __arg_nonnull)
{
    return ctx->len + pair->first;
}

__hidden int hidden(int value)
{
    return value + 1;
}

SEC("tc")
int loops(struct __sk_buff *skb)
{
    int i, sum = 0;
    bpf_for(i, 0, 8) {
        if (numbers[i] < 0)
            break;
        sum += numbers[i];
    }
    bpf_repeat(5) {
        sum++;
    }
    struct pair pair = {sum, i};
    return global(skb, &pair) + hidden(sum);
}

SEC("iter.s/task")
int tasks(struct bpf_iter__task *ctx)
{
    struct task_struct *task;
    int count = 0;
    if (bpf_ksym_exists(bpf_rcu_read_lock))
        bpf_rcu_read_lock();
    bpf_for_each(task, task, NULL, 0) {
        count += task->pid;
    }
    if (bpf_ksym_exists(bpf_rcu_read_unlock))
        bpf_rcu_read_unlock();
    return count;
}

SEC("fentry/bpf_testmod_test_struct_arg")
int BPF_PROG2(structures, struct pair, a, int, b, struct small, c, long, d)
{
    return a.first + a.second + b + c.value + d;
}

SEC("kprobe/bits")
int BPF_KPROBE(bits, struct sk_buff *skb)
{
    struct sk_buff *trusted = bpf_core_cast(skb, struct sk_buff);
    bpf_printk("%d %d %d %d %d %d %d %d %d %d %d %d", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    return trusted->len + bpf_core_type_matches(struct sk_buff);
}

SEC("tc")
int write_bits(struct __sk_buff *skb)
{
    static struct {
        unsigned a : 3, b : 5, c : 17;
    } __attribute__((preserve_access_index)) value;
    BPF_CORE_WRITE_BITFIELD(&value, b, skb->len);
    return BPF_CORE_READ_BITFIELD(&value, b);
}

char LICENSE[] SEC("license") = "GPL";
