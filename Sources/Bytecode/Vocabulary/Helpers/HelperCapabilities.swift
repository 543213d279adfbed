/// Which helpers need rights of whoever loads the program, as Linux 6.18 decides
/// (`bpf_base_func_proto`).
///
/// Observed by offering every helper to that kernel's verifier in programs of every type, with and
/// without `CAP_PERFMON`; and without any capability to Linux 6.12, as 6.18's settings here let no
/// one in without `CAP_BPF`.
extension ProgramType {
    /// What a process needs to load programs of this type that call a helper, beside
    /// ``neededCapabilities``.
    public func neededCapabilities(for helper: HelperID) -> Capabilities {
        if HelperCapabilities.tracing.contains(helper) { return .performanceMonitoring }
        if self != .syscall, HelperCapabilities.casts.contains(helper) {
            return .performanceMonitoring
        }
        return HelperCapabilities.open.contains(helper) ? [] : .bpf
    }
}

private enum HelperCapabilities {
    /// What looks into the kernel's memory, or at its processes.
    static let tracing: Set<HelperID> = [
        .tracePrintk, .getCurrentComm, .perfEventRead, .getCurrentTask, .perfEventReadValue,
        .sendSignal, .probeReadUser, .probeReadKernel, .probeReadUserStr, .probeReadKernelStr,
        .sendSignalThread, .getTaskStack, .copyFromUser, .snprintfBtf, .getCurrentTaskBtf,
        .snprintf, .sysBpf, .taskPtRegs, .getBranchSnapshot, .traceVprintk, .findVma,
        .copyFromUserTask,
    ]

    /// What makes a structure of the kernel out of a socket.
    static let casts: Set<HelperID> = [
        .skcToTcp6Sock, .skcToTcpSock, .skcToTcpTimewaitSock, .skcToTcpRequestSock,
        .skcToUdp6Sock, .skcToUnixSock, .skcToMptcpSock,
    ]

    /// What needs nothing.
    static let open: Set<HelperID> = [
        .mapLookupElem, .mapUpdateElem, .mapDeleteElem, .ktimeGetNs, .getPrandomU32,
        .getSmpProcessorId, .tailCall, .getCurrentPidTgid, .perfEventOutput, .skbLoadBytes,
        .getNumaNodeId, .getSocketCookie, .getSocketUid, .skbLoadBytesRelative, .skbCgroupId,
        .getLocalStorage, .skbAncestorCgroupId, .skLookupTcp, .skLookupUdp, .skRelease,
        .mapPushElem, .mapPopElem, .mapPeekElem, .skFullsock, .tcpSock, .skbEcnSetCe,
        .getListenerSock, .skcLookupTcp, .strtol, .strtoul, .skStorageGet, .skStorageDelete,
        .getNsCurrentPidTgid, .ktimeGetBootNs, .skCgroupId, .skAncestorCgroupId, .ringbufOutput,
        .ringbufReserve, .ringbufSubmit, .ringbufDiscard, .ringbufQuery, .ktimeGetCoarseNs,
        .strncmp, .mapLookupPercpuElem, .ktimeGetTaiNs,
    ]
}
