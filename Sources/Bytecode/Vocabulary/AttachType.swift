/// Where programs are attached (`enum bpf_attach_type` in `linux/bpf.h`).
///
/// The 58 of Linux 6.18 come first; the four after them are newer, and section names use them.
public enum AttachType: UInt32, CaseIterable, Sendable {
    /// `BPF_CGROUP_INET_INGRESS`.
    case cgroupInetIngress = 0
    /// `BPF_CGROUP_INET_EGRESS`.
    case cgroupInetEgress
    /// `BPF_CGROUP_INET_SOCK_CREATE`.
    case cgroupInetSocketCreate
    /// `BPF_CGROUP_SOCK_OPS`.
    case cgroupSocketOperations
    /// `BPF_SK_SKB_STREAM_PARSER`.
    case socketSKBStreamParser
    /// `BPF_SK_SKB_STREAM_VERDICT`.
    case socketSKBStreamVerdict
    /// `BPF_CGROUP_DEVICE`.
    case cgroupDevice
    /// `BPF_SK_MSG_VERDICT`.
    case socketMessageVerdict
    /// `BPF_CGROUP_INET4_BIND`.
    case cgroupInet4Bind
    /// `BPF_CGROUP_INET6_BIND`.
    case cgroupInet6Bind
    /// `BPF_CGROUP_INET4_CONNECT`.
    case cgroupInet4Connect
    /// `BPF_CGROUP_INET6_CONNECT`.
    case cgroupInet6Connect
    /// `BPF_CGROUP_INET4_POST_BIND`.
    case cgroupInet4PostBind
    /// `BPF_CGROUP_INET6_POST_BIND`.
    case cgroupInet6PostBind
    /// `BPF_CGROUP_UDP4_SENDMSG`.
    case cgroupUDP4SendMessage
    /// `BPF_CGROUP_UDP6_SENDMSG`.
    case cgroupUDP6SendMessage
    /// `BPF_LIRC_MODE2`.
    case lircMode2
    /// `BPF_FLOW_DISSECTOR`.
    case flowDissector
    /// `BPF_CGROUP_SYSCTL`.
    case cgroupSysctl
    /// `BPF_CGROUP_UDP4_RECVMSG`.
    case cgroupUDP4ReceiveMessage
    /// `BPF_CGROUP_UDP6_RECVMSG`.
    case cgroupUDP6ReceiveMessage
    /// `BPF_CGROUP_GETSOCKOPT`.
    case cgroupGetSocketOption
    /// `BPF_CGROUP_SETSOCKOPT`.
    case cgroupSetSocketOption
    /// `BPF_TRACE_RAW_TP`.
    case traceRawTracepoint
    /// `BPF_TRACE_FENTRY`.
    case traceFunctionEntry
    /// `BPF_TRACE_FEXIT`.
    case traceFunctionExit
    /// `BPF_MODIFY_RETURN`.
    case modifyReturn
    /// `BPF_LSM_MAC`.
    case lsmMAC
    /// `BPF_TRACE_ITER`.
    case traceIterator
    /// `BPF_CGROUP_INET4_GETPEERNAME`.
    case cgroupInet4GetPeerName
    /// `BPF_CGROUP_INET6_GETPEERNAME`.
    case cgroupInet6GetPeerName
    /// `BPF_CGROUP_INET4_GETSOCKNAME`.
    case cgroupInet4GetSocketName
    /// `BPF_CGROUP_INET6_GETSOCKNAME`.
    case cgroupInet6GetSocketName
    /// `BPF_XDP_DEVMAP`.
    case xdpDeviceMap
    /// `BPF_CGROUP_INET_SOCK_RELEASE`.
    case cgroupInetSocketRelease
    /// `BPF_XDP_CPUMAP`.
    case xdpCPUMap
    /// `BPF_SK_LOOKUP`.
    case socketLookup
    /// `BPF_XDP`.
    case xdp
    /// `BPF_SK_SKB_VERDICT`.
    case socketSKBVerdict
    /// `BPF_SK_REUSEPORT_SELECT`.
    case socketReusePortSelect
    /// `BPF_SK_REUSEPORT_SELECT_OR_MIGRATE`.
    case socketReusePortSelectOrMigrate
    /// `BPF_PERF_EVENT`.
    case perfEvent
    /// `BPF_TRACE_KPROBE_MULTI`.
    case traceKprobeMulti
    /// `BPF_LSM_CGROUP`.
    case lsmCgroup
    /// `BPF_STRUCT_OPS`.
    case structOperations
    /// `BPF_NETFILTER`.
    case netfilter
    /// `BPF_TCX_INGRESS`.
    case tcxIngress
    /// `BPF_TCX_EGRESS`.
    case tcxEgress
    /// `BPF_TRACE_UPROBE_MULTI`.
    case traceUprobeMulti
    /// `BPF_CGROUP_UNIX_CONNECT`.
    case cgroupUnixConnect
    /// `BPF_CGROUP_UNIX_SENDMSG`.
    case cgroupUnixSendMessage
    /// `BPF_CGROUP_UNIX_RECVMSG`.
    case cgroupUnixReceiveMessage
    /// `BPF_CGROUP_UNIX_GETPEERNAME`.
    case cgroupUnixGetPeerName
    /// `BPF_CGROUP_UNIX_GETSOCKNAME`.
    case cgroupUnixGetSocketName
    /// `BPF_NETKIT_PRIMARY`.
    case netkitPrimary
    /// `BPF_NETKIT_PEER`.
    case netkitPeer
    /// `BPF_TRACE_KPROBE_SESSION`.
    case traceKprobeSession
    /// `BPF_TRACE_UPROBE_SESSION`.
    case traceUprobeSession
    /// `BPF_TRACE_FSESSION`.
    case traceFunctionSession
    /// `BPF_TRACE_FENTRY_MULTI`.
    case traceFunctionEntryMulti
    /// `BPF_TRACE_FEXIT_MULTI`.
    case traceFunctionExitMulti
    /// `BPF_TRACE_FSESSION_MULTI`.
    case traceFunctionSessionMulti
}

extension AttachType {
    /// The name in lower case, as bpftool and libbpf say it: "cgroup_inet_ingress", "xdp_devmap".
    public var name: String { row.name }

    /// The first kernel that has this type.
    public var since: KernelVersion { row.since }

    /// The type with a name, or nothing.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    private var row: (name: String, since: KernelVersion) {
        switch self {
        case .cgroupInetIngress: ("cgroup_inet_ingress", .init(4, 10))
        case .cgroupInetEgress: ("cgroup_inet_egress", .init(4, 10))
        case .cgroupInetSocketCreate: ("cgroup_inet_sock_create", .init(4, 10))
        case .cgroupSocketOperations: ("cgroup_sock_ops", .init(4, 13))
        case .socketSKBStreamParser: ("sk_skb_stream_parser", .init(4, 14))
        case .socketSKBStreamVerdict: ("sk_skb_stream_verdict", .init(4, 14))
        case .cgroupDevice: ("cgroup_device", .init(4, 15))
        case .socketMessageVerdict: ("sk_msg_verdict", .init(4, 17))
        case .cgroupInet4Bind: ("cgroup_inet4_bind", .init(4, 17))
        case .cgroupInet6Bind: ("cgroup_inet6_bind", .init(4, 17))
        case .cgroupInet4Connect: ("cgroup_inet4_connect", .init(4, 17))
        case .cgroupInet6Connect: ("cgroup_inet6_connect", .init(4, 17))
        case .cgroupInet4PostBind: ("cgroup_inet4_post_bind", .init(4, 17))
        case .cgroupInet6PostBind: ("cgroup_inet6_post_bind", .init(4, 17))
        case .cgroupUDP4SendMessage: ("cgroup_udp4_sendmsg", .init(4, 18))
        case .cgroupUDP6SendMessage: ("cgroup_udp6_sendmsg", .init(4, 18))
        case .lircMode2: ("lirc_mode2", .init(4, 18))
        case .flowDissector: ("flow_dissector", .init(4, 20))
        case .cgroupSysctl: ("cgroup_sysctl", .init(5, 2))
        case .cgroupUDP4ReceiveMessage: ("cgroup_udp4_recvmsg", .init(5, 2))
        case .cgroupUDP6ReceiveMessage: ("cgroup_udp6_recvmsg", .init(5, 2))
        case .cgroupGetSocketOption: ("cgroup_getsockopt", .init(5, 3))
        case .cgroupSetSocketOption: ("cgroup_setsockopt", .init(5, 3))
        case .traceRawTracepoint: ("trace_raw_tp", .init(5, 5))
        case .traceFunctionEntry: ("trace_fentry", .init(5, 5))
        case .traceFunctionExit: ("trace_fexit", .init(5, 5))
        case .modifyReturn: ("modify_return", .init(5, 7))
        case .lsmMAC: ("lsm_mac", .init(5, 7))
        case .traceIterator: ("trace_iter", .init(5, 8))
        case .cgroupInet4GetPeerName: ("cgroup_inet4_getpeername", .init(5, 8))
        case .cgroupInet6GetPeerName: ("cgroup_inet6_getpeername", .init(5, 8))
        case .cgroupInet4GetSocketName: ("cgroup_inet4_getsockname", .init(5, 8))
        case .cgroupInet6GetSocketName: ("cgroup_inet6_getsockname", .init(5, 8))
        case .xdpDeviceMap: ("xdp_devmap", .init(5, 8))
        case .cgroupInetSocketRelease: ("cgroup_inet_sock_release", .init(5, 9))
        case .xdpCPUMap: ("xdp_cpumap", .init(5, 9))
        case .socketLookup: ("sk_lookup", .init(5, 9))
        case .xdp: ("xdp", .init(5, 9))
        case .socketSKBVerdict: ("sk_skb_verdict", .init(5, 13))
        case .socketReusePortSelect: ("sk_reuseport_select", .init(5, 14))
        case .socketReusePortSelectOrMigrate: ("sk_reuseport_select_or_migrate", .init(5, 14))
        case .perfEvent: ("perf_event", .init(5, 15))
        case .traceKprobeMulti: ("trace_kprobe_multi", .init(5, 18))
        case .lsmCgroup: ("lsm_cgroup", .init(6, 0))
        case .structOperations: ("struct_ops", .init(6, 4))
        case .netfilter: ("netfilter", .init(6, 4))
        case .tcxIngress: ("tcx_ingress", .init(6, 6))
        case .tcxEgress: ("tcx_egress", .init(6, 6))
        case .traceUprobeMulti: ("trace_uprobe_multi", .init(6, 6))
        case .cgroupUnixConnect: ("cgroup_unix_connect", .init(6, 7))
        case .cgroupUnixSendMessage: ("cgroup_unix_sendmsg", .init(6, 7))
        case .cgroupUnixReceiveMessage: ("cgroup_unix_recvmsg", .init(6, 7))
        case .cgroupUnixGetPeerName: ("cgroup_unix_getpeername", .init(6, 7))
        case .cgroupUnixGetSocketName: ("cgroup_unix_getsockname", .init(6, 7))
        case .netkitPrimary: ("netkit_primary", .init(6, 7))
        case .netkitPeer: ("netkit_peer", .init(6, 7))
        case .traceKprobeSession: ("trace_kprobe_session", .init(6, 10))
        case .traceUprobeSession: ("trace_uprobe_session", .init(6, 13))
        case .traceFunctionSession: ("trace_fsession", .init(7, 0))
        case .traceFunctionEntryMulti: ("trace_fentry_multi", .init(7, 2))
        case .traceFunctionExitMulti: ("trace_fexit_multi", .init(7, 2))
        case .traceFunctionSessionMulti: ("trace_fsession_multi", .init(7, 2))
        }
    }
}

extension AttachType: CustomStringConvertible {
    /// The type's name.
    public var description: String { name }
}
