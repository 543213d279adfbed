// Locks, timers, callbacks, dynptrs, configuration and storage.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define CLOCK_MONOTONIC 1

struct counter {
    struct bpf_spin_lock lock;
    u64 packets;
    u64 bytes;
};

struct alarm {
    struct bpf_timer timer;
    int fired;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct counter);
} counters SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct alarm);
} alarms SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, int);
    __type(value, u64);
} storage SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
    __uint(max_entries, 100);
    __uint(map_extra, 3);
    __type(value, u32);
} seen SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_USER_RINGBUF);
    __uint(max_entries, 4096);
} commands SEC(".maps");

extern unsigned int LINUX_KERNEL_VERSION __kconfig;
extern enum libbpf_tristate CONFIG_BPF_SYSCALL __kconfig __weak;
extern int CONFIG_HZ __kconfig __weak;
extern const void __per_cpu_start __ksym __weak;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym __weak;
extern void bpf_task_release(struct task_struct *task) __ksym __weak;

int calls;
static int table[16] = {1, 2, 3};
const volatile bool verbose = false;

static int fire(void *map, int *key, struct alarm *alarm)
{
    alarm->fired++;
    bpf_timer_start(&alarm->timer, 1000000, 0);
    return 0;
}

static int step(u32 index, void *context)
{
    int *sum = context;
    *sum += table[index & 15];
    return index > 100;
}

static long visit(struct bpf_map *map, u32 *key, struct counter *value, u64 *bytes)
{
    *bytes += value->bytes;
    return 0;
}

static long command(struct bpf_dynptr *record, void *context)
{
    u32 *number = bpf_dynptr_data(record, 0, sizeof(u32));
    return number ? *number == 1 : 0;
}

__noinline int helper(int value)
{
    return value * 3 + calls;
}

SEC("tc")
int machinery(struct __sk_buff *skb)
{
    u32 key = 0;
    int sum = 0;
    u64 bytes = 0;
    struct counter *counter = bpf_map_lookup_elem(&counters, &key);
    if (!counter)
        return 0;
    bpf_spin_lock(&counter->lock);
    counter->packets++;
    counter->bytes += skb->len;
    bpf_spin_unlock(&counter->lock);

    struct alarm *alarm = bpf_map_lookup_elem(&alarms, &key);
    if (alarm && !bpf_timer_init(&alarm->timer, &alarms, CLOCK_MONOTONIC)) {
        bpf_timer_set_callback(&alarm->timer, fire);
        bpf_timer_start(&alarm->timer, 1000000, 0);
    }
    bpf_loop(10, step, &sum, 0);
    bpf_for_each_map_elem(&counters, visit, &bytes, 0);
    bpf_user_ringbuf_drain(&commands, command, 0, 0);
    u32 hash = skb->hash;
    if (bpf_map_peek_elem(&seen, &hash))
        bpf_map_push_elem(&seen, &key, BPF_ANY);
    if (LINUX_KERNEL_VERSION > KERNEL_VERSION(5, 10, 0) && CONFIG_HZ == 250)
        sum += CONFIG_BPF_SYSCALL == TRI_YES;
    if (&__per_cpu_start)
        sum++;
    if (verbose)
        bpf_printk("sum %d bytes %llu", sum, bytes);
    barrier();
    barrier_var(sum);
    return helper(sum);
}

SEC("fentry/do_exit")
int BPF_PROG(on_exit, long code)
{
    struct task_struct *task = bpf_get_current_task_btf();
    u64 *value = bpf_task_storage_get(&storage, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
    if (value)
        *value += code;
    struct task_struct *other = bpf_task_from_pid(1);
    if (other)
        bpf_task_release(other);
    return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
