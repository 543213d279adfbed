// Probes that an application defines.
#include "vmlinux.h"
#include <bpf/usdt.bpf.h>

SEC("usdt/libc.so.6:libc:setjmp")
int BPF_USDT(on_setjmp, void *environment, int mask, unsigned long address)
{
    bpf_printk("setjmp %p %d %lx", environment, mask, address);
    return bpf_usdt_arg_cnt(ctx) + bpf_usdt_cookie(ctx);
}

SEC("usdt")
int plain(struct pt_regs *ctx)
{
    long value;
    return bpf_usdt_arg(ctx, 1, &value) ? 0 : value;
}

char LICENSE[] SEC("license") = "GPL";
