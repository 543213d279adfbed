import EBPFBytecode
import Testing

@Suite struct VocabularyAvailabilityTests {
    @Test(arguments: [
        (HelperID.mapLookupElem, ProgramType.xdp, AttachType?.none, true),
        (.mapLookupElem, .netfilter, nil, true),
        (.xdpAdjustHead, .xdp, nil, true),
        (.xdpAdjustHead, .schedulerClassifier, nil, false),
        (.skbStoreBytes, .schedulerClassifier, nil, true),
        (.skbStoreBytes, .cgroupSKB, nil, false),
        (.probeRead, .kprobe, nil, true),
        (.probeRead, .xdp, nil, false),
        (.overrideReturn, .kprobe, nil, true),
        (.overrideReturn, .tracepoint, nil, false),
        (.bind, .cgroupSocketAddress, .cgroupInet4Connect, true),
        (.bind, .cgroupSocketAddress, .cgroupInet4Bind, false),
        (.bind, .cgroupSocketAddress, nil, true),
        (.seqPrintf, .tracing, .traceIterator, true),
        (.seqPrintf, .tracing, .traceFunctionEntry, false),
        (.getFuncArg, .tracing, .traceFunctionExit, true),
        (.getFuncArg, .tracing, .traceRawTracepoint, false),
        (.setRetval, .lsm, .lsmCgroup, true),
        (.setRetval, .lsm, .lsmMAC, false),
        (.rcRepeat, .lircMode2, nil, true),
        (.spinLock, .lircMode2, nil, false),
        (.sysBpf, .syscall, nil, true),
        (.sysBpf, .programExtension, nil, true),
    ])
    func `programs may call what their type and place permit`(
        helper: HelperID, type: ProgramType, place: AttachType?, expected: Bool
    ) {
        #expect(type.mayCall(helper, attachedAt: place) == expected)
    }

    @Test func `every helper has a program that may call it`() {
        for helper in HelperID.allCases {
            #expect(
                ProgramType.allCases.contains { $0 != .programExtension && $0.mayCall(helper) },
                "\(helper)")
        }
    }

    @Test func `some helpers take something else in some programs`() {
        let cookie = Helper(.getSocketCookie)
        #expect(cookie.parameters(in: .xdp)[0].kind == .context)
        #expect(cookie.parameters(in: .tracing)[0].kind == .anySocket)
        #expect(cookie.parameters(in: .tracing)[0].isNullable)
        let storage = Helper(.skStorageGet)
        #expect(storage.parameters(in: .cgroupSocket)[1].kind == .context)
        #expect(storage.parameters(in: .tracing)[1].kind == .structure("sock_common"))
        #expect(storage.parameters(in: .lsm)[1].kind == .anySocket)
        #expect(Helper(.ktimeGetNs).parameters(in: .tracing).isEmpty)
    }
}
