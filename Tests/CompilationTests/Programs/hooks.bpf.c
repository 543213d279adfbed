// Contexts of control groups, sockets and performance events.
#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <errno.h>
#include <linux/in.h>
#include <linux/perf_event.h>
#include <linux/tcp.h>
#include <sys/socket.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_SOCKHASH);
    __uint(max_entries, 64);
    __type(key, __u32);
    __type(value, __u64);
} sockets SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_DEVMAP);
    __uint(max_entries, 8);
    __type(key, __u32);
    __type(value, struct bpf_devmap_val);
} devices SEC(".maps");

SEC("cgroup/connect4")
int connect4(struct bpf_sock_addr *ctx)
{
    if (ctx->user_ip4 != bpf_htonl(INADDR_LOOPBACK) || ctx->type != SOCK_STREAM)
        return 1;
    ctx->user_port = bpf_htons(8080);
    return ctx->protocol == IPPROTO_TCP;
}

SEC("sockops")
int operations(struct bpf_sock_ops *ctx)
{
    __u32 key = ctx->local_port;
    switch (ctx->op) {
    case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
        bpf_sock_hash_update(ctx, &sockets, &key, BPF_NOEXIST);
        bpf_sock_ops_cb_flags_set(ctx, BPF_SOCK_OPS_STATE_CB_FLAG);
        break;
    case BPF_SOCK_OPS_STATE_CB:
        bpf_printk("closed %d", ctx->args[1] == BPF_TCP_CLOSE);
        break;
    }
    return 1;
}

SEC("sk_msg")
int message(struct sk_msg_md *ctx)
{
    __u32 key = ctx->remote_port;
    if (ctx->data + 4 > ctx->data_end)
        return SK_DROP;
    return bpf_msg_redirect_hash(ctx, &sockets, &key, BPF_F_INGRESS);
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
    struct bpf_sock *sk = skb->sk;
    if (!sk || !(sk = bpf_sk_fullsock(sk)))
        return 1;
    struct bpf_tcp_sock *tcp = bpf_tcp_sock(sk);
    return !tcp || tcp->snd_cwnd < 100;
}

SEC("cgroup/sysctl")
int control(struct bpf_sysctl *ctx)
{
    char name[32];
    return bpf_sysctl_get_name(ctx, name, sizeof(name), BPF_F_SYSCTL_BASE_NAME) > 0 && !ctx->write;
}

SEC("cgroup/getsockopt")
int option(struct bpf_sockopt *ctx)
{
    if (ctx->level == SOL_SOCKET && ctx->optname == SO_MARK)
        ctx->retval = 0;
    return 1;
}

SEC("cgroup/dev")
int device(struct bpf_cgroup_dev_ctx *ctx)
{
    return (ctx->access_type & 0xffff) == BPF_DEVCG_DEV_CHAR && ctx->major == 1;
}

SEC("sk_lookup")
int lookup(struct bpf_sk_lookup *ctx)
{
    return ctx->local_port == 53 ? SK_DROP : SK_PASS;
}

SEC("sk_reuseport")
int reuse(struct sk_reuseport_md *ctx)
{
    return ctx->hash & 1 ? SK_PASS : SK_DROP;
}

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
    struct bpf_flow_keys *keys = skb->flow_keys;
    keys->nhoff = 14;
    return BPF_OK;
}

SEC("xdp/devmap")
int forward(struct xdp_md *ctx)
{
    struct bpf_fib_lookup route = {.family = AF_INET, .ifindex = ctx->ingress_ifindex};
    if (bpf_fib_lookup(ctx, &route, sizeof(route), 0) == BPF_FIB_LKUP_RET_SUCCESS)
        return bpf_redirect_map(&devices, route.ifindex, BPF_F_BROADCAST);
    return XDP_TX;
}

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
    return ctx->sample_period > PERF_COUNT_SW_CPU_CLOCK;
}

SEC("socket")
int filter(struct __sk_buff *skb)
{
    return skb->len > 64 ? skb->len : 0;
}

union bpf_attr attributes = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8};

SEC("syscall")
int run(void *ctx)
{
    return bpf_sys_bpf(BPF_MAP_CREATE, &attributes, 72);
}

char LICENSE[] SEC("license") = "GPL";
