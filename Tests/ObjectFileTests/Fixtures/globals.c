// Global data of every kind, and what the kernel defines.
#include "fixture.h"

struct limits {
    u32 low, high;
};

u64 packets;                                   // .bss
u32 seen[4] = { 1, 2, 3, 4 };                  // .data
const volatile u16 port = 53;                  // .rodata
const volatile struct limits limits = { 10, 1000 };
const volatile _Bool verbose;
static volatile int secret = -7;               // static, still a variable
static volatile const u8 table[3] = { 7, 8, 9 };
u32 custom SEC(".data.custom") = 0xabcd;
u32 scratch SEC(".bss.scratch");
__weak u32 maybe = 5;
const char *const names[] = { "first", "second" };
u32 shared __attribute__((common));

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig;
extern u64 CONFIG_HZ __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig __weak;

extern const int bpf_prog_active __ksym;
extern const void init_task __ksym;
extern const void maybe_symbol __ksym __weak;
extern void bpf_task_release(void *task) __ksym;
extern void *bpf_task_acquire(void *task) __ksym __weak;

SEC("tc") int count(void *context) {
    static volatile int calls = 3;
    packets++;
    seen[port & 3] += limits.high;
    calls++;
    secret += table[packets & 1] + maybe + shared;
    custom += scratch;
    scratch = (u64)names[packets & 1];
    return verbose;
}

SEC("raw_tp/sched_switch") int kernel(void *context) {
    u64 sum = LINUX_KERNEL_VERSION + CONFIG_BPF_SYSCALL + CONFIG_HZ + CONFIG_DEFAULT_HOSTNAME[2];
    sum += *(volatile int *)&bpf_prog_active + (u64)&init_task;
    if (&maybe_symbol) sum += 1;
    if (bpf_task_acquire) {
        void *task = bpf_task_acquire(context);
        if (task) bpf_task_release(task);
    }
    return sum;
}

char _license[] SEC("license") = "GPL";
u32 _version SEC("version") = 0x060100;
