/// The kinds of links that the kernel keeps (`enum bpf_link_type` in `linux/bpf.h`, Linux 6.18).
public enum LinkKind: UInt32, CaseIterable, Sendable {
    /// `BPF_LINK_TYPE_UNSPEC`.
    case unspecified = 0
    /// `BPF_LINK_TYPE_RAW_TRACEPOINT`.
    case rawTracepoint
    /// `BPF_LINK_TYPE_TRACING`: functions, BTF-typed tracepoints, LSM hooks, extensions.
    case tracing
    /// `BPF_LINK_TYPE_CGROUP`.
    case controlGroup
    /// `BPF_LINK_TYPE_ITER`.
    case iterator
    /// `BPF_LINK_TYPE_NETNS`: flow dissector, socket look-up.
    case networkNamespace
    /// `BPF_LINK_TYPE_XDP`.
    case xdp
    /// `BPF_LINK_TYPE_PERF_EVENT`: tracepoints, kprobes, uprobes, counters.
    case perfEvent
    /// `BPF_LINK_TYPE_KPROBE_MULTI`.
    case kprobeMulti
    /// `BPF_LINK_TYPE_STRUCT_OPS`.
    case structOperations
    /// `BPF_LINK_TYPE_NETFILTER`.
    case netfilter
    /// `BPF_LINK_TYPE_TCX`.
    case tcx
    /// `BPF_LINK_TYPE_UPROBE_MULTI`.
    case uprobeMulti
    /// `BPF_LINK_TYPE_NETKIT`.
    case netkit
    /// `BPF_LINK_TYPE_SOCKMAP`.
    case socketMap
}

extension LinkKind {
    /// The name as bpftool says it: "raw_tracepoint", "cgroup", "netns".
    public var name: String {
        switch self {
        case .unspecified: "unspec"
        case .rawTracepoint: "raw_tracepoint"
        case .tracing: "tracing"
        case .controlGroup: "cgroup"
        case .iterator: "iter"
        case .networkNamespace: "netns"
        case .xdp: "xdp"
        case .perfEvent: "perf_event"
        case .kprobeMulti: "kprobe_multi"
        case .structOperations: "struct_ops"
        case .netfilter: "netfilter"
        case .tcx: "tcx"
        case .uprobeMulti: "uprobe_multi"
        case .netkit: "netkit"
        case .socketMap: "sockmap"
        }
    }
}

extension LinkKind: CustomStringConvertible {
    /// The kind's name.
    public var description: String { name }
}
