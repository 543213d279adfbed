extension SectionName {
    /// Every definition of libbpf (July 2026): 116, of which 13 need a kernel after 6.18.
    public static var definitions: [Definition] {
        sockets + probes + trafficControl + tracepoints + typed + packets + cgroups
    }

    /// The first definition that satisfies a condition.
    ///
    /// The tables below are constants, which lie in the file of the program and are neither made nor
    /// copied; ``definitions`` is.
    static func firstDefinition(where condition: (Definition) -> Bool) -> Definition? {
        sockets.first(where: condition) ?? probes.first(where: condition)
            ?? trafficControl.first(where: condition) ?? tracepoints.first(where: condition)
            ?? typed.first(where: condition) ?? packets.first(where: condition)
            ?? cgroups.first(where: condition)
    }

    // Sockets and their streams.
    private static let sockets: [Definition] = [
        .init("socket", .socketFilter),
        .init("sk_reuseport/migrate", .socketReusePort, .socketReusePortSelectOrMigrate),
        .init("sk_reuseport", .socketReusePort, .socketReusePortSelect),
        .init("sockops", .socketOperations, .cgroupSocketOperations, .optionalAttachType),
        .init("sk_skb/stream_parser", .socketSKB, .socketSKBStreamParser, .optionalAttachType),
        .init("sk_skb/stream_verdict", .socketSKB, .socketSKBStreamVerdict, .optionalAttachType),
        .init("sk_skb/verdict", .socketSKB, .socketSKBVerdict, .optionalAttachType),
        .init("sk_skb", .socketSKB),
        .init("sk_msg", .socketMessage, .socketMessageVerdict, .optionalAttachType),
        .init("flow_dissector", .flowDissector, .flowDissector, .optionalAttachType),
        .init("sk_lookup", .socketLookup, .socketLookup),
    ]

    // Functions of the kernel and of applications.
    private static let probes: [Definition] = [
        .init("kprobe+", .kprobe, by: .kernelProbe),
        .init("uprobe+", .kprobe, by: .userProbe),
        .init("uprobe.s+", .kprobe, .sleepable, by: .userProbe),
        .init("kretprobe+", .kprobe, by: .kernelProbe),
        .init("uretprobe+", .kprobe, by: .userProbe),
        .init("uretprobe.s+", .kprobe, .sleepable, by: .userProbe),
        .init("kprobe.multi+", .kprobe, .traceKprobeMulti, by: .kernelProbes),
        .init("kretprobe.multi+", .kprobe, .traceKprobeMulti, by: .kernelProbes),
        .init("kprobe.session+", .kprobe, .traceKprobeSession, by: .kernelProbes),
        .init("uprobe.multi+", .kprobe, .traceUprobeMulti, by: .userProbes),
        .init("uretprobe.multi+", .kprobe, .traceUprobeMulti, by: .userProbes),
        .init("uprobe.session+", .kprobe, .traceUprobeSession, by: .userProbes),
        .init("uprobe.multi.s+", .kprobe, .traceUprobeMulti, .sleepable, by: .userProbes),
        .init("uretprobe.multi.s+", .kprobe, .traceUprobeMulti, .sleepable, by: .userProbes),
        .init("uprobe.session.s+", .kprobe, .traceUprobeSession, .sleepable, by: .userProbes),
        .init("ksyscall+", .kprobe, by: .systemCall),
        .init("kretsyscall+", .kprobe, by: .systemCall),
        .init("usdt+", .kprobe, by: .userTracepoint),
        .init("usdt.s+", .kprobe, .sleepable, by: .userTracepoint),
    ]

    // Traffic control; `tc`, `classifier` and `action` are the spellings of before tcx.
    private static let trafficControl: [Definition] = [
        .init("tc/ingress", .schedulerClassifier, .tcxIngress),
        .init("tc/egress", .schedulerClassifier, .tcxEgress),
        .init("tcx/ingress", .schedulerClassifier, .tcxIngress),
        .init("tcx/egress", .schedulerClassifier, .tcxEgress),
        .init("tc", .schedulerClassifier),
        .init("classifier", .schedulerClassifier),
        .init("action", .schedulerAction),
        .init("netkit/primary", .schedulerClassifier, .netkitPrimary),
        .init("netkit/peer", .schedulerClassifier, .netkitPeer),
    ]

    // Static tracepoints and performance events.
    private static let tracepoints: [Definition] = [
        .init("tracepoint+", .tracepoint, by: .tracepoint),
        .init("tp+", .tracepoint, by: .tracepoint),
        .init("tracepoint.s+", .tracepoint, .sleepable, by: .tracepoint),
        .init("tp.s+", .tracepoint, .sleepable, by: .tracepoint),
        .init("raw_tracepoint+", .rawTracepoint, by: .rawTracepoint),
        .init("raw_tp+", .rawTracepoint, by: .rawTracepoint),
        .init("raw_tracepoint.s+", .rawTracepoint, .sleepable, by: .rawTracepoint),
        .init("raw_tp.s+", .rawTracepoint, .sleepable, by: .rawTracepoint),
        .init("raw_tracepoint.w+", .rawTracepointWritable, by: .rawTracepoint),
        .init("raw_tp.w+", .rawTracepointWritable, by: .rawTracepoint),
        .init("perf_event", .perfEvent),
    ]

    // Programs whose arguments have types, and those that run on demand.
    private static let typed: [Definition] = [
        .init("tp_btf+", .tracing, .traceRawTracepoint, .typedTarget, by: .typedTarget),
        .init(
            "tp_btf.s+",
            .tracing,
            .traceRawTracepoint,
            .sleepableTypedTarget,
            by: .typedTarget
        ),
        .init("fentry+", .tracing, .traceFunctionEntry, .typedTarget, by: .typedTarget),
        .init("fmod_ret+", .tracing, .modifyReturn, .typedTarget, by: .typedTarget),
        .init("fexit+", .tracing, .traceFunctionExit, .typedTarget, by: .typedTarget),
        .init(
            "fentry.s+",
            .tracing,
            .traceFunctionEntry,
            .sleepableTypedTarget,
            by: .typedTarget
        ),
        .init(
            "fmod_ret.s+",
            .tracing,
            .modifyReturn,
            .sleepableTypedTarget,
            by: .typedTarget
        ),
        .init(
            "fexit.s+",
            .tracing,
            .traceFunctionExit,
            .sleepableTypedTarget,
            by: .typedTarget
        ),
        .init("fsession+", .tracing, .traceFunctionSession, .typedTarget, by: .typedTarget),
        .init(
            "fsession.s+",
            .tracing,
            .traceFunctionSession,
            .sleepableTypedTarget,
            by: .typedTarget
        ),
        .init("fsession.multi+", .tracing, .traceFunctionSessionMulti, by: .typedTargets),
        .init(
            "fsession.multi.s+",
            .tracing,
            .traceFunctionSessionMulti,
            .sleepable,
            by: .typedTargets
        ),
        .init("fentry.multi+", .tracing, .traceFunctionEntryMulti, by: .typedTargets),
        .init("fexit.multi+", .tracing, .traceFunctionExitMulti, by: .typedTargets),
        .init("fentry.multi.s+", .tracing, .traceFunctionEntryMulti, .sleepable, by: .typedTargets),
        .init("fexit.multi.s+", .tracing, .traceFunctionExitMulti, .sleepable, by: .typedTargets),
        .init("freplace+", .programExtension, .typedTarget, by: .typedTarget),
        .init("lsm+", .lsm, .lsmMAC, .typedTarget, by: .typedTarget),
        .init("lsm.s+", .lsm, .lsmMAC, .sleepableTypedTarget, by: .typedTarget),
        .init("lsm_cgroup+", .lsm, .lsmCgroup, .typedTarget),
        .init("iter+", .tracing, .traceIterator, .typedTarget, by: .iterator),
        .init("iter.s+", .tracing, .traceIterator, .sleepableTypedTarget, by: .iterator),
        .init("syscall", .syscall, .sleepable),
        .init("struct_ops+", .structOperations),
        .init("struct_ops.s+", .structOperations, .sleepable),
    ]

    // Packets on their way, and infrared signals.
    private static let packets: [Definition] = [
        .init("xdp.frags/devmap", .xdp, .xdpDeviceMap, .fragments),
        .init("xdp/devmap", .xdp, .xdpDeviceMap),
        .init("xdp.frags/cpumap", .xdp, .xdpCPUMap, .fragments),
        .init("xdp/cpumap", .xdp, .xdpCPUMap),
        .init("xdp.frags", .xdp, .xdp, .fragments),
        .init("xdp", .xdp, .xdp, .optionalAttachType),
        .init("lwt_in", .lwtIn),
        .init("lwt_out", .lwtOut),
        .init("lwt_xmit", .lwtTransmit),
        .init("lwt_seg6local", .lwtSeg6Local),
        .init("lirc_mode2", .lircMode2, .lircMode2, .optionalAttachType),
        .init("netfilter", .netfilter, .netfilter),
    ]

    // Control groups.
    private static let cgroups: [Definition] = [
        .init("cgroup_skb/ingress", .cgroupSKB, .cgroupInetIngress, .optionalAttachType),
        .init("cgroup_skb/egress", .cgroupSKB, .cgroupInetEgress, .optionalAttachType),
        .init("cgroup/skb", .cgroupSKB),
        .init("cgroup/sock_create", .cgroupSocket, .cgroupInetSocketCreate),
        .init("cgroup/sock_release", .cgroupSocket, .cgroupInetSocketRelease),
        .init("cgroup/sock", .cgroupSocket, .cgroupInetSocketCreate, .optionalAttachType),
        .init("cgroup/post_bind4", .cgroupSocket, .cgroupInet4PostBind),
        .init("cgroup/post_bind6", .cgroupSocket, .cgroupInet6PostBind),
        .init("cgroup/bind4", .cgroupSocketAddress, .cgroupInet4Bind),
        .init("cgroup/bind6", .cgroupSocketAddress, .cgroupInet6Bind),
        .init("cgroup/connect4", .cgroupSocketAddress, .cgroupInet4Connect),
        .init("cgroup/connect6", .cgroupSocketAddress, .cgroupInet6Connect),
        .init("cgroup/connect_unix", .cgroupSocketAddress, .cgroupUnixConnect),
        .init("cgroup/sendmsg4", .cgroupSocketAddress, .cgroupUDP4SendMessage),
        .init("cgroup/sendmsg6", .cgroupSocketAddress, .cgroupUDP6SendMessage),
        .init("cgroup/sendmsg_unix", .cgroupSocketAddress, .cgroupUnixSendMessage),
        .init("cgroup/recvmsg4", .cgroupSocketAddress, .cgroupUDP4ReceiveMessage),
        .init("cgroup/recvmsg6", .cgroupSocketAddress, .cgroupUDP6ReceiveMessage),
        .init("cgroup/recvmsg_unix", .cgroupSocketAddress, .cgroupUnixReceiveMessage),
        .init("cgroup/getpeername4", .cgroupSocketAddress, .cgroupInet4GetPeerName),
        .init("cgroup/getpeername6", .cgroupSocketAddress, .cgroupInet6GetPeerName),
        .init("cgroup/getpeername_unix", .cgroupSocketAddress, .cgroupUnixGetPeerName),
        .init("cgroup/getsockname4", .cgroupSocketAddress, .cgroupInet4GetSocketName),
        .init("cgroup/getsockname6", .cgroupSocketAddress, .cgroupInet6GetSocketName),
        .init("cgroup/getsockname_unix", .cgroupSocketAddress, .cgroupUnixGetSocketName),
        .init("cgroup/sysctl", .cgroupSysctl, .cgroupSysctl),
        .init("cgroup/getsockopt", .cgroupSocketOption, .cgroupGetSocketOption),
        .init("cgroup/setsockopt", .cgroupSocketOption, .cgroupSetSocketOption),
        .init("cgroup/dev", .cgroupDevice, .cgroupDevice, .optionalAttachType),
    ]
}
