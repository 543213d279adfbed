// Constant arguments: strings' addresses must be instructions, not data.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char text[32];

SEC("tc")
int printing(struct __sk_buff *skb)
{
    bpf_printk("none");
    bpf_printk("%d %s %d", 1, "two", 3);
    bpf_printk("%d %s %d %s", 1, "two", 3, "four");
    BPF_SNPRINTF(text, sizeof(text), "%d-%s", 7, "seven");
    return BPF_SNPRINTF(text, sizeof(text), "constant");
}

char LICENSE[] SEC("license") = "GPL";
