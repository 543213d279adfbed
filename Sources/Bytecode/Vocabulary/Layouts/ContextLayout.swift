extension StructureLayout {
    /// Every structure of `linux/bpf.h` of Linux 6.18 that programs see as data, and the contexts
    /// that other headers define. The arguments of bpf(2) are not among them.
    public static let all: [StructureLayout] = [
        .xdpMd, .skBuff, .bpfFlowKeys,
        .bpfSock, .bpfTcpSock, .bpfXdpSock, .bpfSockTuple, .bpfSockAddr, .bpfSockOps, .skMsgMd,
        .skReuseportMd, .bpfSkLookup, .bpfSockopt,
        .bpfFibLookup, .bpfRedirNeigh, .bpfTunnelKey, .bpfXfrmState,
        .bpfLpmTrieKey, .bpfLpmTrieKeyHdr, .bpfLpmTrieKeyU8, .bpfCgroupStorageKey,
        .bpfDevmapVal, .bpfCpumapVal, .bpfSpinLock, .bpfTimer, .bpfTaskWork, .bpfWq,
        .bpfListHead, .bpfListNode, .bpfRbRoot, .bpfRbNode, .bpfRefcount, .bpfDynptr,
        .bpfIterNum,
        .bpfStackBuildId, .bpfPerfEventValue, .bpfCgroupDevCtx, .bpfRawTracepointArgs,
        .bpfFuncInfo, .bpfLineInfo, .bpfSysctl, .bpfPidnsInfo, .btfPtr, .bpfCoreRelo,
        .bpfPerfEventData, .bpfNfCtx, .ptRegs, .userPtRegs,
    ]
}

extension ProgramType {
    /// The structure that r1 points to when a program starts; nothing where it is no structure of
    /// the UAPI: typed arguments, the record of a tracepoint, the bytes of a system call.
    ///
    /// Probes of functions see the registers of x86-64 here; on arm64 it is
    /// ``StructureLayout/userPtRegs``.
    public var context: StructureLayout? {
        switch self {
        case .xdp: .xdpMd
        case .socketFilter, .schedulerClassifier, .schedulerAction, .cgroupSKB, .lwtIn, .lwtOut,
            .lwtTransmit, .lwtSeg6Local, .socketSKB, .flowDissector:
            .skBuff
        case .cgroupSocket: .bpfSock
        case .cgroupSocketAddress: .bpfSockAddr
        case .socketOperations: .bpfSockOps
        case .socketMessage: .skMsgMd
        case .socketReusePort: .skReuseportMd
        case .socketLookup: .bpfSkLookup
        case .cgroupDevice: .bpfCgroupDevCtx
        case .cgroupSysctl: .bpfSysctl
        case .cgroupSocketOption: .bpfSockopt
        case .rawTracepoint, .rawTracepointWritable: .bpfRawTracepointArgs
        case .perfEvent: .bpfPerfEventData
        case .netfilter: .bpfNfCtx
        case .kprobe: .ptRegs
        case .unspecified, .tracepoint, .lircMode2, .tracing, .structOperations,
            .programExtension, .lsm, .syscall:
            nil
        }
    }
}
