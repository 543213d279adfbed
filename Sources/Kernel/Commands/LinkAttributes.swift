/// `BPF_LINK_CREATE`, for hooks that need no more: cgroups, network namespaces, XDP, sockets.
///
/// For BTF-typed tracing `targetType` is the function.
public struct LinkCreateAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `target_btf_id`.
    public var targetType: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` for an iterator.
public struct IteratorLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `iter_info`.
    public var info: UInt64 = 0
    /// `iter_info_len`.
    public var infoSize: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` on a perf event.
public struct PerfEventLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `bpf_cookie`.
    public var cookie: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` on many kernel functions.
public struct KprobeMultiLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `flags`.
    public var probeFlags: UInt32 = 0
    /// `cnt`.
    public var count: UInt32 = 0
    /// `syms`.
    public var symbols: UInt64 = 0
    /// `addrs`.
    public var addresses: UInt64 = 0
    /// `cookies`.
    public var cookies: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` on a BTF-typed function, tracepoint or program.
public struct TracingLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `target_btf_id`.
    public var targetType: UInt32 = 0
    private var hole: UInt32 = 0
    /// `cookie`.
    public var cookie: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` on a netfilter hook.
public struct NetfilterLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `pf`.
    public var protocolFamily: UInt32 = 0
    /// `hooknum`.
    public var hook: UInt32 = 0
    /// `priority`.
    public var priority: Int32 = 0
    /// `flags`.
    public var hookFlags: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` where programs have an order: tcx, netkit and, since Linux 6.16, cgroups.
public struct OrderedLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd` or `target_ifindex`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `relative_fd` or `relative_id`.
    public var relative: UInt32 = 0
    private var hole: UInt32 = 0
    /// `expected_revision`.
    public var expectedRevision: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_CREATE` on many places of a binary.
public struct UprobeMultiLinkAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `target_fd`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `path`.
    public var path: UInt64 = 0
    /// `offsets`.
    public var offsets: UInt64 = 0
    /// `ref_ctr_offsets`.
    public var referenceCounters: UInt64 = 0
    /// `cookies`.
    public var cookies: UInt64 = 0
    /// `cnt`.
    public var count: UInt32 = 0
    /// `flags`.
    public var probeFlags: UInt32 = 0
    /// `pid`.
    public var process: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_UPDATE`: of a program, or of a `struct_ops` map.
public struct LinkUpdateAttributes: BPFAttributes {
    /// `link_fd`.
    public var link: UInt32 = 0
    /// `new_prog_fd` or `new_map_fd`.
    public var new: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `old_prog_fd` or `old_map_fd`.
    public var old: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_LINK_DETACH`.
public struct LinkDetachAttributes: BPFAttributes {
    /// `link_fd`.
    public var link: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_ITER_CREATE`.
public struct IteratorCreateAttributes: BPFAttributes {
    /// `link_fd`.
    public var link: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0

    /// Nothing given.
    public init() {}
}
