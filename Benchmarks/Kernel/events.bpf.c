// What both sides load and read: a producer of ring-buffer records, and maps of the usual kinds.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct event {
    __u64 number;
    __u64 payload[3];
};

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 20);
} events SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 131072);
    __type(key, __u32);
    __type(value, __u64);
} hash SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1024);
    __type(key, __u32);
    __type(value, __u64);
} array SEC(".maps");

__u64 lost = 0;

SEC("raw_tp")
int produce(__u64 *context)
{
    __u64 count = context[0];
    for (__u64 i = 0; i < 1024 && i < count; i++) {
        struct event *event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
        if (!event) {
            __sync_fetch_and_add(&lost, 1);
            continue;
        }
        event->number = i;
        event->payload[0] = event->payload[1] = event->payload[2] = i;
        bpf_ringbuf_submit(event, 0);
    }
    return 0;
}

char _license[] SEC("license") = "GPL";
