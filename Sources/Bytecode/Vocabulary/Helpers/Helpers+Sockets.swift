extension Helper {
    /// Finding sockets, and what they are.
    static let sockets: [Helper] = [
        Helper(
            .getSocketCookie, "get_socket_cookie", since: 4, 12, "__u64", .integer,
            [.init("void *ctx", .context)]),
        Helper(
            .setsockopt, "setsockopt", since: 4, 13, "long", .integer,
            [
                .init("void *bpf_socket", .context), .init("int level", .anything),
                .init("int optname", .anything), .init("void *optval", .memory(.read)),
                .init("int optlen", .size(zeroAllowed: false)),
            ]),
        Helper(
            .getsockopt, "getsockopt", since: 4, 15, "long", .integer,
            [
                .init("void *bpf_socket", .context), .init("int level", .anything),
                .init("int optname", .anything), .init("void *optval", .memory(.write)),
                .init("int optlen", .size(zeroAllowed: false)),
            ]),
        Helper(
            .bind, "bind", since: 4, 17, "long", .integer,
            [
                .init("struct bpf_sock_addr *ctx", .context),
                .init("struct sockaddr *addr", .memory(.read)),
                .init("int addr_len", .size(zeroAllowed: false)),
            ]),
        Helper(
            .skSelectReuseport, "sk_select_reuseport", since: 4, 19, "long", .integer,
            [
                .init("struct sk_reuseport_md *reuse", .context), .init("void *map", .map),
                .init("void *key", .mapKey), .init("__u64 flags", .anything),
            ]),
        Helper(
            .skLookupTcp, "sk_lookup_tcp", since: 4, 20,
            "struct bpf_sock *", .pointerOrNull(.socket),
            [
                .init("void *ctx", .context),
                .init("struct bpf_sock_tuple *tuple", .memory(.read)),
                .init("__u32 tuple_size", .size(zeroAllowed: true)),
                .init("__u64 netns", .anything), .init("__u64 flags", .anything),
            ], [.takesPacketPointers, .acquires]),
        Helper(
            .skLookupUdp, "sk_lookup_udp", since: 4, 20,
            "struct bpf_sock *", .pointerOrNull(.socket),
            [
                .init("void *ctx", .context),
                .init("struct bpf_sock_tuple *tuple", .memory(.read)),
                .init("__u32 tuple_size", .size(zeroAllowed: true)),
                .init("__u64 netns", .anything), .init("__u64 flags", .anything),
            ], [.takesPacketPointers, .acquires]),
        Helper(
            .skRelease, "sk_release", since: 4, 20, "long", .integer,
            [.init("void *sock", .anySocket, released: true)]),
        Helper(
            .skFullsock, "sk_fullsock", since: 5, 1, "struct bpf_sock *", .pointerOrNull(.socket),
            [.init("struct bpf_sock *sk", .socketCommon)], .passesReference),
        Helper(
            .tcpSock, "tcp_sock", since: 5, 1, "struct bpf_tcp_sock *", .pointerOrNull(.tcpSocket),
            [.init("struct bpf_sock *sk", .socketCommon)], .passesReference),
        Helper(
            .getListenerSock, "get_listener_sock", since: 5, 1,
            "struct bpf_sock *", .pointerOrNull(.socket),
            [.init("struct bpf_sock *sk", .socketCommon)]),
        Helper(
            .skcLookupTcp, "skc_lookup_tcp", since: 5, 2,
            "struct bpf_sock *", .pointerOrNull(.socketCommon),
            [
                .init("void *ctx", .context),
                .init("struct bpf_sock_tuple *tuple", .memory(.read)),
                .init("__u32 tuple_size", .size(zeroAllowed: true)),
                .init("__u64 netns", .anything), .init("__u64 flags", .anything),
            ], [.takesPacketPointers, .acquires]),
        Helper(
            .tcpCheckSyncookie, "tcp_check_syncookie", since: 5, 2, "long", .integer,
            [
                .init("void *sk", .anySocket), .init("void *iph", .memory(.read)),
                .init("__u32 iph_len", .size(zeroAllowed: false)),
                .init("struct tcphdr *th", .memory(.read)),
                .init("__u32 th_len", .size(zeroAllowed: false)),
            ], [.requiresGPL, .takesPacketPointers]),
        Helper(
            .tcpGenSyncookie, "tcp_gen_syncookie", since: 5, 4, "__s64", .integer,
            [
                .init("void *sk", .anySocket), .init("void *iph", .memory(.read)),
                .init("__u32 iph_len", .size(zeroAllowed: false)),
                .init("struct tcphdr *th", .memory(.read)),
                .init("__u32 th_len", .size(zeroAllowed: false)),
            ], [.requiresGPL, .takesPacketPointers]),
        Helper(
            .tcpSendAck, "tcp_send_ack", since: 5, 6, "long", .integer,
            [.init("void *tp", .structure("tcp_sock")), .init("__u32 rcv_nxt", .anything)]),
        Helper(
            .getNetnsCookie, "get_netns_cookie", since: 5, 7, "__u64", .integer,
            [.init("void *ctx", .context, nullable: true)]),
        Helper(
            .skAssign, "sk_assign", since: 5, 7, "long", .integer,
            [
                .init("void *ctx", .context), .init("void *sk", .anySocket),
                .init("__u64 flags", .anything),
            ]),
        Helper(
            .skCgroupId, "sk_cgroup_id", since: 5, 8, "__u64", .integer,
            [.init("void *sk", .anySocket)]),
        Helper(
            .skAncestorCgroupId, "sk_ancestor_cgroup_id", since: 5, 8, "__u64", .integer,
            [.init("void *sk", .anySocket), .init("int ancestor_level", .anything)]),
        Helper(
            .skcToTcp6Sock, "skc_to_tcp6_sock", since: 5, 9,
            "struct tcp6_sock *", .pointerOrNull(.structure("tcp6_sock", trusted: false)),
            [.init("void *sk", .anySocket)], .passesReference),
        Helper(
            .skcToTcpSock, "skc_to_tcp_sock", since: 5, 9,
            "struct tcp_sock *", .pointerOrNull(.structure("tcp_sock", trusted: false)),
            [.init("void *sk", .anySocket)], .passesReference),
        Helper(
            .skcToTcpTimewaitSock, "skc_to_tcp_timewait_sock", since: 5, 9,
            "struct tcp_timewait_sock *",
            .pointerOrNull(.structure("tcp_timewait_sock", trusted: false)),
            [.init("void *sk", .anySocket)], .passesReference),
        Helper(
            .skcToTcpRequestSock, "skc_to_tcp_request_sock", since: 5, 9,
            "struct tcp_request_sock *",
            .pointerOrNull(.structure("tcp_request_sock", trusted: false)),
            [.init("void *sk", .anySocket)], .passesReference),
        Helper(
            .skcToUdp6Sock, "skc_to_udp6_sock", since: 5, 9,
            "struct udp6_sock *", .pointerOrNull(.structure("udp6_sock", trusted: false)),
            [.init("void *sk", .anySocket)], .passesReference),
        Helper(
            .sockFromFile, "sock_from_file", since: 5, 11,
            "struct socket *", .pointerOrNull(.structure("socket", trusted: false)),
            [.init("struct file *file", .structure("file"))]),
        Helper(
            .skcToUnixSock, "skc_to_unix_sock", since: 5, 16,
            "struct unix_sock *", .pointerOrNull(.structure("unix_sock", trusted: false)),
            [.init("void *sk", .anySocket)]),
        Helper(
            .skcToMptcpSock, "skc_to_mptcp_sock", since: 5, 19,
            "struct mptcp_sock *", .pointerOrNull(.structure("mptcp_sock", trusted: false)),
            [.init("void *sk", .socketCommon)], .passesReference),
        Helper(
            .tcpRawGenSyncookieIpv4, "tcp_raw_gen_syncookie_ipv4", since: 6, 0, "__s64", .integer,
            [
                .init("struct iphdr *iph", .fixedMemory(.read, size: 20)),
                .init("struct tcphdr *th", .memory(.read)),
                .init("__u32 th_len", .size(zeroAllowed: true)),
            ], [.requiresGPL, .takesPacketPointers]),
        Helper(
            .tcpRawGenSyncookieIpv6, "tcp_raw_gen_syncookie_ipv6", since: 6, 0, "__s64", .integer,
            [
                .init("struct ipv6hdr *iph", .fixedMemory(.read, size: 40)),
                .init("struct tcphdr *th", .memory(.read)),
                .init("__u32 th_len", .size(zeroAllowed: true)),
            ], [.requiresGPL, .takesPacketPointers]),
        Helper(
            .tcpRawCheckSyncookieIpv4, "tcp_raw_check_syncookie_ipv4", since: 6, 0,
            "long", .integer,
            [
                .init("struct iphdr *iph", .fixedMemory(.read, size: 20)),
                .init("struct tcphdr *th", .fixedMemory(.read, size: 20)),
            ], [.requiresGPL, .takesPacketPointers]),
        Helper(
            .tcpRawCheckSyncookieIpv6, "tcp_raw_check_syncookie_ipv6", since: 6, 0,
            "long", .integer,
            [
                .init("struct ipv6hdr *iph", .fixedMemory(.read, size: 40)),
                .init("struct tcphdr *th", .fixedMemory(.read, size: 20)),
            ], [.requiresGPL, .takesPacketPointers]),
    ]
}
