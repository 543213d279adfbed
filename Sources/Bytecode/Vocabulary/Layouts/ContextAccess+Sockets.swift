extension ContextAccess {
    static func cgroupSocket(_ place: AttachType?) -> [ContextAccess] {
        switch place {
        case .cgroupInetSocketCreate, .cgroupInetSocketRelease: createdSocket
        case .cgroupInet4PostBind: boundSocket4
        case .cgroupInet6PostBind: boundSocket6
        default: createdSocket + boundSocket4 + boundSocket6
        }
    }

    static func socketAddress(_ place: AttachType?) -> [ContextAccess] {
        switch place {
        case .cgroupInet4Bind, .cgroupInet4Connect, .cgroupUDP4ReceiveMessage,
            .cgroupInet4GetPeerName, .cgroupInet4GetSocketName:
            address4
        case .cgroupInet6Bind, .cgroupInet6Connect, .cgroupUDP6ReceiveMessage,
            .cgroupInet6GetPeerName, .cgroupInet6GetSocketName:
            address6
        case .cgroupUDP4SendMessage: address4 + source4
        case .cgroupUDP6SendMessage: address6 + source6
        case .cgroupUnixConnect, .cgroupUnixSendMessage, .cgroupUnixReceiveMessage,
            .cgroupUnixGetPeerName, .cgroupUnixGetSocketName:
            addressUnix
        default: address4 + address6 + source4 + source6
        }
    }

    static func socketOption(_ place: AttachType?) -> [ContextAccess] {
        switch place {
        case .cgroupGetSocketOption: getOption
        case .cgroupSetSocketOption: setOption
        default: getOption + setOption
        }
    }

    static let socketOperations = resolve(
        [
            "op", "args", "family", "remote_ip4", "local_ip4", "remote_ip6", "local_ip6",
            "remote_port", "local_port", "is_fullsock", "snd_cwnd", "srtt_us",
            "bpf_sock_ops_cb_flags", "state", "rtt_min", "snd_ssthresh", "rcv_nxt", "snd_nxt",
            "snd_una", "mss_cache", "ecn_flags", "rate_delivered", "rate_interval_us",
            "packets_out", "retrans_out", "total_retrans", "segs_in", "data_segs_in", "segs_out",
            "data_segs_out", "lost_out", "sacked_out", "skb_len",
        ].map { Row($0, .word) } + [
            Row("reply", [], writes: .word), Row("sk_txhash", .word, writes: .word),
            Row("bytes_received", .double), Row("bytes_acked", .double),
            Row("sk", .double, is: .socketOrNull), Row("skb_data", .double, is: .packet),
            Row("skb_data_end", .double, is: .packetEnd), Row("skb_hwtstamp", .double),
            Row("skb_tcp_flags", .narrow, onlyAtStart: true),
        ], in: .bpfSockOps)

    static let socketMessage = resolve(
        [
            Row("data", .double, is: .packet), Row("data_end", .double, is: .packetEnd),
            Row("family", .word), Row("remote_ip4", .word), Row("local_ip4", .word),
            Row("remote_ip6", .word), Row("local_ip6", .word), Row("remote_port", .word),
            Row("local_port", .word), Row("size", .word), Row("sk", .double, is: .socket),
        ], in: .skMsgMd)

    static let reusePort = resolve(
        [
            Row("data", .double, is: .packet), Row("data_end", .double, is: .packetEnd),
            Row("len", .narrow), Row("eth_protocol", [.half, .word]), Row("ip_protocol", .narrow),
            Row("bind_inany", .narrow), Row("hash", .word), Row("sk", .double, is: .socket),
            Row("migrating_sk", .double, is: .socketCommonOrNull),
        ], in: .skReuseportMd)

    /// The bytes after the remote port read as zero, because the port once took four.
    static let socketLookup = resolve(
        [
            Row("sk", .double, is: .socketOrNull), Row("family", .narrow),
            Row("protocol", .narrow), Row("remote_ip4", .narrow), Row("remote_ip6", .narrow),
            Row("remote_port", .narrow, size: 4), Row("local_ip4", .narrow),
            Row("local_ip6", .narrow), Row("local_port", .narrow), Row("ingress_ifindex", .narrow),
        ], in: .bpfSkLookup)

    static let device = resolve(
        [Row("access_type", .narrow), Row("major", .word), Row("minor", .word)],
        in: .bpfCgroupDevCtx)

    static let systemControl = resolve(
        [Row("write", .narrow), Row("file_pos", .narrow, writes: .word)], in: .bpfSysctl)

    private static let createdSocket = resolve(
        socketRows + [
            Row("bound_dev_if", .word, writes: .word), Row("mark", .word, writes: .word),
            Row("priority", .word, writes: .word),
        ], in: .bpfSock)

    private static let boundSocket4 = resolve(
        socketRows + portRows + [Row("src_ip4", .narrow)], in: .bpfSock)

    private static let boundSocket6 = resolve(
        socketRows + portRows + [Row("src_ip6", .narrow)], in: .bpfSock)

    /// The port of the other side once took four bytes, which may still be read at once.
    private static let socketRows: [Row] = [
        Row("family", .narrow, onlyAtStart: true), Row("type", .narrow, onlyAtStart: true),
        Row("protocol", .narrow, onlyAtStart: true), Row("dst_port", [.byte, .half]),
        Row("dst_port", .word, size: 4), Row("dst_ip4", .narrow), Row("dst_ip6", .narrow),
        Row("state", .narrow, onlyAtStart: true),
        Row("rx_queue_mapping", .narrow, onlyAtStart: true),
    ]

    private static let portRows = [Row("src_port", .narrow, onlyAtStart: true)]

    private static let addressRows: [Row] = [
        Row("user_family", .word), Row("user_port", .narrow, writes: .word),
        Row("family", .word), Row("type", .word), Row("protocol", .word),
        Row("sk", .double, is: .socket),
    ]

    private static let addressUnix = resolve(addressRows, in: .bpfSockAddr)

    private static let address4 = resolve(
        addressRows + [Row("user_ip4", .narrow, writes: .word)], in: .bpfSockAddr)

    private static let address6 = resolve(
        addressRows + [Row("user_ip6", .any, writes: [.word, .double])], in: .bpfSockAddr)

    private static let source4 = resolve(
        [Row("msg_src_ip4", .narrow, writes: .word)], in: .bpfSockAddr)

    private static let source6 = resolve(
        [Row("msg_src_ip6", .any, writes: [.word, .double])], in: .bpfSockAddr)

    private static let optionRows: [Row] = [
        Row("sk", .double, is: .socket), Row("optval", .double, is: .packet),
        Row("optval_end", .double, is: .packetEnd), Row("optlen", .word, writes: .word),
    ]

    private static let getOption = resolve(
        optionRows + [
            Row("level", .word), Row("optname", .word), Row("retval", .word, writes: .word),
        ], in: .bpfSockopt)

    private static let setOption = resolve(
        optionRows + [
            Row("level", .word, writes: .word), Row("optname", .word, writes: .word),
        ], in: .bpfSockopt)

    /// What programs may read through pointers to sockets.
    public static func members(of socket: SocketView) -> [ContextAccess] {
        switch socket {
        case .full: fullSocket
        case .common: commonSocket
        case .tcp: tcpSocket
        case .xdp: xdpSocket
        }
    }

    /// The structures through which programs see sockets.
    public enum SocketView: Sendable {
        /// A full socket (`struct bpf_sock`).
        case full
        /// A socket of which only the common part exists (`struct bpf_sock`).
        case common
        /// A TCP socket (`struct bpf_tcp_sock`).
        case tcp
        /// An AF_XDP socket (`struct bpf_xdp_sock`).
        case xdp
    }

    private static let fullSocket = createdSocket + boundSocket4 + boundSocket6

    private static let commonSocket = fullSocket.filter {
        !["type", "protocol", "mark", "priority"].contains($0.field)
    }

    private static let tcpSocket = StructureLayout.bpfTcpSock.fields.map { field in
        ContextAccess(
            field: field.name, offset: field.offset, size: field.size,
            reads: field.size == 8 ? .double : .word, writes: [], value: .number,
            onlyAtStart: false)
    }

    private static let xdpSocket = StructureLayout.bpfXdpSock.fields.map { field in
        ContextAccess(
            field: field.name, offset: field.offset, size: field.size, reads: .word, writes: [],
            value: .number, onlyAtStart: false)
    }
}
