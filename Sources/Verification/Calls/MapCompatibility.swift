import EBPFBytecode

/// Which helpers work on which kinds of maps, as Linux 6.18 decides.
enum MapCompatibility {
    static func allows(_ helper: HelperID, on map: MapType, in program: ProgramType) -> Bool {
        if let helpers = helpersOfMap[map], !helpers.contains(helper) {
            let isSocketMap = map == .socketMap || map == .socketHash
            let changes = helper == .mapUpdateElem || helper == .mapDeleteElem
            if program == .socketOperations { return isSocketMap && helper == .mapDeleteElem }
            return isSocketMap && changes && mayUpdateSocketMaps(program)
        }
        if let maps = mapsOfHelper[helper] { return maps.contains(map) }
        return true
    }

    private static func mayUpdateSocketMaps(_ program: ProgramType) -> Bool {
        switch program {
        case .socketFilter, .schedulerClassifier, .schedulerAction, .xdp, .socketReusePort,
            .flowDissector, .socketLookup, .tracing:
            true
        default: false
        }
    }

    /// Kinds of maps that only some helpers know.
    private static let helpersOfMap: [MapType: Set<HelperID>] = [
        .programArray: [.tailCall],
        .perfEventArray: [
            .perfEventRead, .perfEventOutput, .skbOutput, .perfEventReadValue, .xdpOutput,
        ],
        .ringBuffer: [
            .ringbufOutput, .ringbufReserve, .ringbufQuery, .ringbufReserveDynptr,
            .ringbufSubmitDynptr, .ringbufDiscardDynptr,
        ],
        .userRingBuffer: [.userRingbufDrain],
        .stackTrace: [.getStackid],
        .cgroupArray: [.skbUnderCgroup, .currentTaskUnderCgroup],
        .cgroupStorageDeprecated: [.getLocalStorage],
        .perCPUCgroupStorageDeprecated: [.getLocalStorage],
        .deviceMap: [.redirectMap, .mapLookupElem],
        .deviceMapHash: [.redirectMap, .mapLookupElem],
        .cpuMap: [.redirectMap],
        .xskMap: [.redirectMap, .mapLookupElem],
        .arrayOfMaps: [.mapLookupElem],
        .hashOfMaps: [.mapLookupElem],
        .socketMap: [
            .skRedirectMap, .sockMapUpdate, .msgRedirectMap, .skSelectReuseport,
            .mapLookupElem,
        ],
        .socketHash: [
            .skRedirectHash, .sockHashUpdate, .msgRedirectHash,
            .skSelectReuseport, .mapLookupElem,
        ],
        .reusePortSocketArray: [.skSelectReuseport],
        .queue: [.mapPeekElem, .mapPopElem, .mapPushElem],
        .stack: [.mapPeekElem, .mapPopElem, .mapPushElem],
        .socketStorage: [.skStorageGet, .skStorageDelete, .kptrXchg],
        .inodeStorage: [.inodeStorageGet, .inodeStorageDelete, .kptrXchg],
        .taskStorage: [.taskStorageGet, .taskStorageDelete, .kptrXchg],
        .cgroupStorage: [.cgrpStorageGet, .cgrpStorageDelete, .kptrXchg],
        .bloomFilter: [.mapPeekElem, .mapPushElem],
    ]

    /// Helpers that only know some kinds of maps.
    private static let mapsOfHelper: [HelperID: Set<MapType>] = [
        .tailCall: [.programArray],
        .perfEventRead: [.perfEventArray], .perfEventOutput: [.perfEventArray],
        .perfEventReadValue: [.perfEventArray], .skbOutput: [.perfEventArray],
        .xdpOutput: [.perfEventArray],
        .ringbufOutput: [.ringBuffer], .ringbufReserve: [.ringBuffer],
        .ringbufQuery: [.ringBuffer], .ringbufReserveDynptr: [.ringBuffer],
        .ringbufSubmitDynptr: [.ringBuffer], .ringbufDiscardDynptr: [.ringBuffer],
        .userRingbufDrain: [.userRingBuffer],
        .getStackid: [.stackTrace],
        .currentTaskUnderCgroup: [.cgroupArray], .skbUnderCgroup: [.cgroupArray],
        .redirectMap: [.deviceMap, .deviceMapHash, .cpuMap, .xskMap],
        .skRedirectMap: [.socketMap], .msgRedirectMap: [.socketMap], .sockMapUpdate: [.socketMap],
        .skRedirectHash: [.socketHash], .msgRedirectHash: [.socketHash],
        .sockHashUpdate: [.socketHash],
        .getLocalStorage: [.cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated],
        .skSelectReuseport: [.reusePortSocketArray, .socketMap, .socketHash],
        .mapPopElem: [.queue, .stack],
        .mapPeekElem: [.queue, .stack, .bloomFilter],
        .mapPushElem: [.queue, .stack, .bloomFilter],
        .mapLookupPercpuElem: [.perCPUArray, .perCPUHash, .lruPerCPUHash],
        .skStorageGet: [.socketStorage], .skStorageDelete: [.socketStorage],
        .inodeStorageGet: [.inodeStorage], .inodeStorageDelete: [.inodeStorage],
        .taskStorageGet: [.taskStorage], .taskStorageDelete: [.taskStorage],
        .cgrpStorageGet: [.cgroupStorage], .cgrpStorageDelete: [.cgroupStorage],
    ]
}
