/// The kinds of programs (`enum bpf_prog_type` in `linux/bpf.h`, all of Linux 6.18).
///
/// The type decides what the context is, which helpers may be called and what the result means.
public enum ProgramType: UInt32, CaseIterable, Sendable {
    /// No type: the loader could not tell. `BPF_PROG_TYPE_UNSPEC`.
    case unspecified = 0
    /// Decides how much of a packet a socket receives. `BPF_PROG_TYPE_SOCKET_FILTER`.
    case socketFilter
    /// Runs at kernel and user functions, and at USDT probes. `BPF_PROG_TYPE_KPROBE`.
    case kprobe
    /// Classifies packets in traffic control, tcx and netkit. `BPF_PROG_TYPE_SCHED_CLS`.
    case schedulerClassifier
    /// An action of traffic control. `BPF_PROG_TYPE_SCHED_ACT`.
    case schedulerAction
    /// Runs at a static tracepoint, with its record. `BPF_PROG_TYPE_TRACEPOINT`.
    case tracepoint
    /// Sees packets before the network stack does. `BPF_PROG_TYPE_XDP`.
    case xdp
    /// Runs when a performance counter overflows. `BPF_PROG_TYPE_PERF_EVENT`.
    case perfEvent
    /// Lets packets of a control group pass or not. `BPF_PROG_TYPE_CGROUP_SKB`.
    case cgroupSKB
    /// Runs when a control group's socket is made, bound or released. `BPF_PROG_TYPE_CGROUP_SOCK`.
    case cgroupSocket
    /// Sees packets that a lightweight-tunnel route receives. `BPF_PROG_TYPE_LWT_IN`.
    case lwtIn
    /// Sees packets that a lightweight-tunnel route sends. `BPF_PROG_TYPE_LWT_OUT`.
    case lwtOut
    /// Sees and changes packets just before a lightweight-tunnel route transmits them.
    ///
    /// `BPF_PROG_TYPE_LWT_XMIT`.
    case lwtTransmit
    /// Follows and tunes TCP connections of a control group. `BPF_PROG_TYPE_SOCK_OPS`.
    case socketOperations
    /// Parses and redirects streams of the sockets in a socket map. `BPF_PROG_TYPE_SK_SKB`.
    case socketSKB
    /// Grants a control group access to devices. `BPF_PROG_TYPE_CGROUP_DEVICE`.
    case cgroupDevice
    /// Sees messages that the sockets in a socket map send. `BPF_PROG_TYPE_SK_MSG`.
    case socketMessage
    /// Runs at a static tracepoint, with its raw arguments. `BPF_PROG_TYPE_RAW_TRACEPOINT`.
    case rawTracepoint
    /// Sees and changes addresses of a control group's bind, connect, send and so on.
    ///
    /// `BPF_PROG_TYPE_CGROUP_SOCK_ADDR`.
    case cgroupSocketAddress
    /// An action of IPv6 segment routing. `BPF_PROG_TYPE_LWT_SEG6LOCAL`.
    case lwtSeg6Local
    /// Decodes signals of an infrared receiver. `BPF_PROG_TYPE_LIRC_MODE2`.
    case lircMode2
    /// Selects the socket of a SO_REUSEPORT group. `BPF_PROG_TYPE_SK_REUSEPORT`.
    case socketReusePort
    /// Finds the protocol headers that identify a flow. `BPF_PROG_TYPE_FLOW_DISSECTOR`.
    case flowDissector
    /// Sees and changes a control group's access to sysctl. `BPF_PROG_TYPE_CGROUP_SYSCTL`.
    case cgroupSysctl
    /// A raw tracepoint whose first argument can be written.
    ///
    /// `BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE`.
    case rawTracepointWritable
    /// Sees and changes a control group's getsockopt and setsockopt.
    ///
    /// `BPF_PROG_TYPE_CGROUP_SOCKOPT`.
    case cgroupSocketOption
    /// Functions, raw tracepoints and iterators with typed arguments. `BPF_PROG_TYPE_TRACING`.
    case tracing
    /// Implements a member of a kernel structure of functions. `BPF_PROG_TYPE_STRUCT_OPS`.
    case structOperations
    /// Replaces a global function of another program. `BPF_PROG_TYPE_EXT`.
    case programExtension
    /// Runs at a hook of the Linux security modules. `BPF_PROG_TYPE_LSM`.
    case lsm
    /// Selects the listening socket of a new connection or datagram. `BPF_PROG_TYPE_SK_LOOKUP`.
    case socketLookup
    /// Runs on demand, and may call bpf(2). `BPF_PROG_TYPE_SYSCALL`.
    case syscall
    /// Decides over packets at a netfilter hook. `BPF_PROG_TYPE_NETFILTER`.
    case netfilter
}

extension ProgramType {
    /// The name in lower case, as bpftool and our command say it: "xdp", "sched_cls".
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
        case .unspecified: ("unspec", .init(3, 18))
        case .socketFilter: ("socket_filter", .init(3, 19))
        case .kprobe: ("kprobe", .init(4, 1))
        case .schedulerClassifier: ("sched_cls", .init(4, 1))
        case .schedulerAction: ("sched_act", .init(4, 1))
        case .tracepoint: ("tracepoint", .init(4, 7))
        case .xdp: ("xdp", .init(4, 8))
        case .perfEvent: ("perf_event", .init(4, 9))
        case .cgroupSKB: ("cgroup_skb", .init(4, 10))
        case .cgroupSocket: ("cgroup_sock", .init(4, 10))
        case .lwtIn: ("lwt_in", .init(4, 10))
        case .lwtOut: ("lwt_out", .init(4, 10))
        case .lwtTransmit: ("lwt_xmit", .init(4, 10))
        case .socketOperations: ("sock_ops", .init(4, 13))
        case .socketSKB: ("sk_skb", .init(4, 14))
        case .cgroupDevice: ("cgroup_device", .init(4, 15))
        case .socketMessage: ("sk_msg", .init(4, 17))
        case .rawTracepoint: ("raw_tracepoint", .init(4, 17))
        case .cgroupSocketAddress: ("cgroup_sock_addr", .init(4, 17))
        case .lwtSeg6Local: ("lwt_seg6local", .init(4, 18))
        case .lircMode2: ("lirc_mode2", .init(4, 18))
        case .socketReusePort: ("sk_reuseport", .init(4, 19))
        case .flowDissector: ("flow_dissector", .init(4, 20))
        case .cgroupSysctl: ("cgroup_sysctl", .init(5, 2))
        case .rawTracepointWritable: ("raw_tracepoint_writable", .init(5, 2))
        case .cgroupSocketOption: ("cgroup_sockopt", .init(5, 3))
        case .tracing: ("tracing", .init(5, 5))
        case .structOperations: ("struct_ops", .init(5, 6))
        case .programExtension: ("ext", .init(5, 6))
        case .lsm: ("lsm", .init(5, 7))
        case .socketLookup: ("sk_lookup", .init(5, 9))
        case .syscall: ("syscall", .init(5, 14))
        case .netfilter: ("netfilter", .init(6, 4))
        }
    }
}

extension ProgramType: CustomStringConvertible {
    /// The type's name.
    public var description: String { name }
}
