/// Which programs may call which helper, as Linux 6.18 decides (`get_func_proto`).
///
/// Observed by offering every helper to that kernel's verifier in programs of every type. The
/// rows for security modules, for infrared receivers and for what functions' arguments need could
/// not be observed there and follow the kernel's documentation.
extension ProgramType {
    /// Whether a program of this type may call a helper, attached where it is.
    ///
    /// Capabilities, licence and sleeping are other questions: see ``Helper/effects``. An extension
    /// may call what its target may call, so here it may call everything. What a kernel structure's
    /// functions may call is up to the structure's owner; the answer here is what TCP congestion
    /// control may.
    public func mayCall(_ helper: HelperID, attachedAt place: AttachType? = nil) -> Bool {
        guard self != .programExtension else { return true }
        guard self != .lircMode2 else { return HelperAvailability.infrared.contains(helper) }
        if HelperAvailability.common.contains(helper) { return true }
        if HelperAvailability.byType[self]?.contains(helper) == true { return true }
        guard let place else {
            return HelperAvailability.byPlace.values.contains { type, helpers in
                type == self && helpers.contains(helper)
            }
        }
        guard let row = HelperAvailability.byPlace[place], row.type == self else { return false }
        return row.helpers.contains(helper)
    }
}

/// The tables behind ``ProgramType/mayCall(_:attachedAt:)``.
enum HelperAvailability {
    /// What programs of all types but the infrared ones may call.
    static let common: Set<HelperID> = [
        .mapLookupElem, .mapUpdateElem, .mapDeleteElem, .ktimeGetNs, .tracePrintk, .getPrandomU32,
        .getSmpProcessorId, .tailCall, .getCurrentPidTgid, .getCurrentUidGid, .getCurrentComm,
        .getCgroupClassid, .perfEventRead, .getCurrentTask, .currentTaskUnderCgroup,
        .getNumaNodeId, .perfEventReadValue, .getCurrentCgroupId, .mapPushElem, .mapPopElem,
        .mapPeekElem, .spinLock, .spinUnlock, .strtol, .strtoul, .sendSignal, .probeReadUser,
        .probeReadKernel, .probeReadUserStr, .probeReadKernelStr, .sendSignalThread, .jiffies64,
        .getNsCurrentPidTgid, .getCurrentAncestorCgroupId, .ktimeGetBootNs, .ringbufOutput,
        .ringbufReserve, .ringbufSubmit, .ringbufDiscard, .ringbufQuery, .getTaskStack,
        .copyFromUser, .snprintfBtf, .perCpuPtr, .thisCpuPtr, .taskStorageGet, .taskStorageDelete,
        .getCurrentTaskBtf, .forEachMapElem, .snprintf, .timerInit, .timerSetCallback,
        .timerStart, .timerCancel, .taskPtRegs, .getBranchSnapshot, .traceVprintk, .findVma,
        .loop, .strncmp, .copyFromUserTask, .kptrXchg, .mapLookupPercpuElem, .dynptrFromMem,
        .ringbufReserveDynptr, .ringbufSubmitDynptr, .ringbufDiscardDynptr, .dynptrRead,
        .dynptrWrite, .dynptrData, .ktimeGetTaiNs, .userRingbufDrain, .cgrpStorageGet,
        .cgrpStorageDelete,
    ]

    /// What programs of infrared receivers may call.
    static let infrared: Set<HelperID> = [
        .mapLookupElem, .mapUpdateElem, .mapDeleteElem, .ktimeGetNs, .tracePrintk, .getPrandomU32,
        .tailCall, .rcRepeat, .rcKeydown, .mapPushElem, .mapPopElem, .mapPeekElem, .rcPointerRel,
        .ktimeGetBootNs,
    ]

    /// What programs of a type may call besides, wherever they are attached.
    static let byType: [ProgramType: Set<HelperID>] = [
        .socketFilter: merge(
            socketCasts,
            [
                .perfEventOutput, .skbLoadBytes, .getSocketCookie, .getSocketUid,
                .skbLoadBytesRelative, .getNetnsCookie, .ktimeGetCoarseNs,
            ]),
        .kprobe: merge(
            events, [.probeWriteUser, .overrideReturn, .getFuncIp, .getAttachCookie]),
        .schedulerClassifier: merge(trafficControl),
        .schedulerAction: merge(trafficControl),
        .tracepoint: merge(events, [.probeWriteUser, .getAttachCookie]),
        .xdp: merge(
            socketCasts, socketLookups, rawCookies,
            [
                .redirect, .perfEventOutput, .csumDiff, .xdpAdjustHead, .redirectMap,
                .xdpAdjustMeta, .xdpAdjustTail, .fibLookup, .tcpCheckSyncookie, .tcpGenSyncookie,
                .ktimeGetCoarseNs, .checkMtu, .xdpGetBuffLen, .xdpLoadBytes, .xdpStoreBytes,
            ]),
        .perfEvent: merge(
            events,
            [
                .probeWriteUser, .perfProgReadValue, .readBranchRecords, .getAttachCookie,
            ]),
        .cgroupSKB: merge(
            socketCasts, socketLookups, socketStorage,
            [
                .perfEventOutput, .skbLoadBytes, .getSocketCookie, .getSocketUid,
                .skbLoadBytesRelative, .skbCgroupId, .getLocalStorage, .skbAncestorCgroupId,
                .skFullsock, .tcpSock, .skbEcnSetCe, .getListenerSock, .getNetnsCookie,
                .skCgroupId, .skAncestorCgroupId, .ktimeGetCoarseNs,
            ]),
        .cgroupSocket: merge(
            returnValue,
            [
                .perfEventOutput, .getSocketCookie, .getLocalStorage, .skStorageGet,
                .getNetnsCookie, .ktimeGetCoarseNs,
            ]),
        .lwtIn: merge(socketCasts, tunnelPackets, [.lwtPushEncap, .ktimeGetCoarseNs]),
        .lwtOut: merge(socketCasts, tunnelPackets, [.ktimeGetCoarseNs]),
        .lwtTransmit: merge(
            socketCasts, tunnelPackets,
            [
                .skbStoreBytes, .l3CsumReplace, .l4CsumReplace, .cloneRedirect, .skbGetTunnelKey,
                .skbSetTunnelKey, .redirect, .skbGetTunnelOpt, .skbSetTunnelOpt, .skbChangeTail,
                .csumUpdate, .setHashInvalid, .skbChangeHead, .lwtPushEncap, .csumLevel,
                .ktimeGetCoarseNs,
            ]),
        .socketOperations: merge(
            socketCasts, socketOptions, socketStorage,
            [
                .perfEventOutput, .getSocketCookie, .sockMapUpdate, .sockOpsCbFlagsSet,
                .sockHashUpdate, .getLocalStorage, .tcpSock, .getNetnsCookie, .loadHdrOpt,
                .storeHdrOpt, .reserveHdrOpt, .ktimeGetCoarseNs,
            ]),
        .socketSKB: merge(
            socketCasts, socketLookups,
            [
                .skbStoreBytes, .perfEventOutput, .skbLoadBytes, .skbChangeTail, .skbPullData,
                .skbChangeHead, .getSocketCookie, .getSocketUid, .skbAdjustRoom, .skRedirectMap,
                .skRedirectHash, .ktimeGetCoarseNs,
            ]),
        .cgroupDevice: [.perfEventOutput, .getLocalStorage],
        .socketMessage: merge(
            socketCasts, socketStorage,
            [
                .perfEventOutput, .msgRedirectMap, .msgApplyBytes, .msgCorkBytes, .msgPullData,
                .msgRedirectHash, .msgPushData, .msgPopData, .getNetnsCookie, .ktimeGetCoarseNs,
            ]),
        .rawTracepoint: merge(events, [.probeWriteUser, .getAttachCookie]),
        .cgroupSocketAddress: merge(
            socketCasts, socketLookups, socketOptions, socketStorage,
            [
                .perfEventOutput, .getSocketCookie, .getLocalStorage, .getNetnsCookie,
                .ktimeGetCoarseNs,
            ]),
        .lwtSeg6Local: merge(
            socketCasts, tunnelPackets,
            [
                .lwtSeg6StoreBytes, .lwtSeg6AdjustSrh, .lwtSeg6Action, .ktimeGetCoarseNs,
            ]),
        .socketReusePort: [
            .skbLoadBytes, .getSocketCookie, .skbLoadBytesRelative, .skSelectReuseport,
            .ktimeGetCoarseNs,
        ],
        .flowDissector: merge(socketCasts, [.skbLoadBytes, .ktimeGetCoarseNs]),
        .cgroupSysctl: merge(
            returnValue,
            [
                .perfEventOutput, .getLocalStorage, .sysctlGetName, .sysctlGetCurrentValue,
                .sysctlGetNewValue, .sysctlSetNewValue, .ktimeGetCoarseNs,
            ]),
        .rawTracepointWritable: merge(events, [.probeWriteUser, .getAttachCookie]),
        .cgroupSocketOption: merge(
            socketStorage, returnValue,
            [
                .perfEventOutput, .getLocalStorage, .tcpSock, .getNetnsCookie,
            ]),
        .tracing: merge(
            socketCasts, socketStorage, events,
            [
                .probeWriteUser, .getSocketCookie, .skbOutput, .xdpOutput, .dPath, .sockFromFile,
                .xdpGetBuffLen,
            ]),
        .structOperations: merge(socketOptions, socketStorage, [.tcpSendAck, .ktimeGetCoarseNs]),
        .lsm: merge(
            socketCasts, socketStorage, events,
            [
                .probeWriteUser, .getSocketCookie, .skbOutput, .xdpOutput, .inodeStorageGet,
                .inodeStorageDelete, .dPath, .bprmOptsSet, .imaInodeHash, .sockFromFile,
                .getAttachCookie, .xdpGetBuffLen, .imaFileHash,
            ]),
        .socketLookup: merge(
            socketCasts,
            [
                .perfEventOutput, .skRelease, .skAssign, .ktimeGetCoarseNs,
            ]),
        .syscall: merge(
            socketCasts, socketStorage, events,
            [
                .probeWriteUser, .getSocketCookie, .skbOutput, .xdpOutput, .dPath, .sockFromFile,
                .sysBpf, .btfFindByNameKind, .sysClose, .kallsymsLookupName, .xdpGetBuffLen,
            ]),
    ]

    /// What programs may call only where they are attached.
    static let byPlace: [AttachType: (type: ProgramType, helpers: Set<HelperID>)] = [
        .cgroupDevice: (.cgroupDevice, [.getRetval, .setRetval]),
        .cgroupInet4Bind: (.cgroupSocketAddress, [.getRetval, .setRetval]),
        .cgroupInet6Bind: (.cgroupSocketAddress, [.getRetval, .setRetval]),
        .cgroupInet4Connect: (.cgroupSocketAddress, [.bind, .getRetval, .setRetval]),
        .cgroupInet6Connect: (.cgroupSocketAddress, [.bind, .getRetval, .setRetval]),
        .cgroupUDP4SendMessage: (.cgroupSocketAddress, [.getRetval, .setRetval]),
        .cgroupUDP6SendMessage: (.cgroupSocketAddress, [.getRetval, .setRetval]),
        .cgroupSetSocketOption: (.cgroupSocketOption, [.setsockopt, .getsockopt]),
        .traceRawTracepoint: (.tracing, [.getAttachCookie]),
        .traceFunctionEntry: (
            .tracing,
            [
                .getAttachCookie, .getFuncIp, .getFuncArg, .getFuncRet, .getFuncArgCnt,
            ]
        ),
        .traceFunctionExit: (
            .tracing,
            [
                .getAttachCookie, .getFuncIp, .getFuncArg, .getFuncRet, .getFuncArgCnt,
            ]
        ),
        .modifyReturn: (
            .tracing, [.getAttachCookie, .getFuncIp, .getFuncArg, .getFuncRet, .getFuncArgCnt]
        ),
        .traceIterator: (.tracing, [.seqPrintf, .seqWrite, .seqPrintfBtf]),
        .lsmCgroup: (.lsm, [.setsockopt, .getsockopt, .getLocalStorage, .getRetval, .setRetval]),
        .cgroupUnixConnect: (.cgroupSocketAddress, [.getRetval, .setRetval]),
        .cgroupUnixSendMessage: (.cgroupSocketAddress, [.getRetval, .setRetval]),
    ]

    /// All of traffic control.
    private static let trafficControl: Set<HelperID> = [
        .skbStoreBytes, .l3CsumReplace, .l4CsumReplace, .cloneRedirect, .skbVlanPush, .skbVlanPop,
        .skbGetTunnelKey, .skbSetTunnelKey, .redirect, .getRouteRealm, .perfEventOutput,
        .skbLoadBytes, .csumDiff, .skbGetTunnelOpt, .skbSetTunnelOpt, .skbChangeProto,
        .skbChangeType, .skbUnderCgroup, .getHashRecalc, .skbChangeTail, .skbPullData,
        .csumUpdate, .setHashInvalid, .skbChangeHead, .getSocketCookie, .getSocketUid, .setHash,
        .skbAdjustRoom, .skbGetXfrmState, .skbLoadBytesRelative, .fibLookup, .skbCgroupId,
        .skbAncestorCgroupId, .skLookupTcp, .skLookupUdp, .skRelease, .skFullsock, .tcpSock,
        .skbEcnSetCe, .getListenerSock, .skcLookupTcp, .tcpCheckSyncookie, .skStorageGet,
        .skStorageDelete, .tcpGenSyncookie, .getNetnsCookie, .skAssign, .csumLevel,
        .skcToTcp6Sock, .skcToTcpSock, .skcToTcpTimewaitSock, .skcToTcpRequestSock,
        .skcToUdp6Sock, .skbCgroupClassid, .redirectNeigh, .redirectPeer, .ktimeGetCoarseNs,
        .checkMtu, .skcToUnixSock, .skbSetTstamp, .skcToMptcpSock, .tcpRawGenSyncookieIpv4,
        .tcpRawGenSyncookieIpv6, .tcpRawCheckSyncookieIpv4, .tcpRawCheckSyncookieIpv6,
    ]

    /// Casts of a socket to what it is.
    private static let socketCasts: Set<HelperID> = [
        .skcToTcp6Sock, .skcToTcpSock, .skcToTcpTimewaitSock, .skcToTcpRequestSock,
        .skcToUdp6Sock, .skcToUnixSock, .skcToMptcpSock,
    ]

    /// Finding sockets.
    private static let socketLookups: Set<HelperID> = [
        .skLookupTcp, .skLookupUdp, .skRelease, .skcLookupTcp,
    ]

    /// SYN cookies without a socket.
    private static let rawCookies: Set<HelperID> = [
        .tcpRawGenSyncookieIpv4, .tcpRawGenSyncookieIpv6, .tcpRawCheckSyncookieIpv4,
        .tcpRawCheckSyncookieIpv6,
    ]

    /// Socket options.
    private static let socketOptions: Set<HelperID> = [.setsockopt, .getsockopt]

    /// Values kept with a socket.
    private static let socketStorage: Set<HelperID> = [.skStorageGet, .skStorageDelete]

    /// What the system call that is decided over returns.
    private static let returnValue: Set<HelperID> = [.getRetval, .setRetval]

    /// What runs at events can say about them.
    private static let events: Set<HelperID> = [
        .probeRead, .perfEventOutput, .getStackid, .probeReadStr, .getStack,
    ]

    /// Packets on lightweight tunnels.
    private static let tunnelPackets: Set<HelperID> = [
        .getRouteRealm, .perfEventOutput, .skbLoadBytes, .csumDiff, .skbUnderCgroup,
        .getHashRecalc, .skbPullData,
    ]

    private static func merge(_ groups: Set<HelperID>...) -> Set<HelperID> {
        groups.reduce(into: []) { $0.formUnion($1) }
    }
}
