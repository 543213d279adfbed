// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Sends connections for a service to the server that provides it, unnoticed by who connects
// (control group: connect4, getpeername4).
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

// An address and a port.
struct endpoint {
    __be32 address;
    __u32 port;
};

// Where each service is, by the address that processes know.
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1024);
    __type(key, struct endpoint);
    __type(value, struct endpoint);
} servers SEC(".maps");

// The service that each redirected socket believes to be connected to, by the socket's cookie.
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 16384);
    __type(key, __u64);
    __type(value, struct endpoint);
} services SEC(".maps");

__u64 redirected = 0;

static __always_inline void set(struct bpf_sock_addr *context, const struct endpoint *endpoint)
{
    context->user_ip4 = endpoint->address;
    context->user_port = bpf_htons(endpoint->port);
}

SEC("cgroup/connect4")
int redirect_connection(struct bpf_sock_addr *context)
{
    struct endpoint service = {
        .address = context->user_ip4,
        .port = bpf_ntohs(context->user_port),
    };
    struct endpoint *server = bpf_map_lookup_elem(&servers, &service);
    if (!server)
        return 1;
    __u64 cookie = bpf_get_socket_cookie(context);
    bpf_map_update_elem(&services, &cookie, &service, BPF_ANY);
    set(context, server);
    __sync_fetch_and_add(&redirected, 1);
    return 1;
}

SEC("cgroup/getpeername4")
int name_service(struct bpf_sock_addr *context)
{
    __u64 cookie = bpf_get_socket_cookie(context);
    struct endpoint *service = bpf_map_lookup_elem(&services, &cookie);
    if (service)
        set(context, service);
    return 1;
}
