/// What an application may do with a map of a kind, through bpf(2).
///
/// Observed on Linux 6.18: whatever is not listed fails with ENOTSUPP, EOPNOTSUPP or EINVAL,
/// whatever the arguments.
public struct MapOperations: OptionSet, Hashable, Sendable {
    /// The bits; they mean nothing outside.
    public let rawValue: UInt16
    /// Operations from bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Read a value (`BPF_MAP_LOOKUP_ELEM`); queues and stacks show the next one.
    public static let lookUp = MapOperations(rawValue: 1)
    /// Write a value (`BPF_MAP_UPDATE_ELEM`); queues, stacks and filters add one.
    public static let update = MapOperations(rawValue: 2)
    /// Remove a key (`BPF_MAP_DELETE_ELEM`).
    public static let delete = MapOperations(rawValue: 4)
    /// Step from key to key (`BPF_MAP_GET_NEXT_KEY`).
    public static let nextKey = MapOperations(rawValue: 8)
    /// Take a value out (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`).
    public static let lookUpAndDelete = MapOperations(rawValue: 16)
    /// Read many (`BPF_MAP_LOOKUP_BATCH`).
    public static let lookUpBatch = MapOperations(rawValue: 32)
    /// Take many out (`BPF_MAP_LOOKUP_AND_DELETE_BATCH`).
    public static let lookUpAndDeleteBatch = MapOperations(rawValue: 64)
    /// Write many (`BPF_MAP_UPDATE_BATCH`).
    public static let updateBatch = MapOperations(rawValue: 128)
    /// Remove many (`BPF_MAP_DELETE_BATCH`).
    public static let deleteBatch = MapOperations(rawValue: 256)
    /// See the memory itself (`mmap(2)`); arrays only if made `BPF_F_MMAPABLE`.
    public static let memoryMap = MapOperations(rawValue: 512)

    private static let element: MapOperations = [.lookUp, .update, .delete, .nextKey]
    private static let batches: MapOperations = [
        .lookUpBatch, .lookUpAndDeleteBatch, .updateBatch, .deleteBatch,
    ]

    static func of(_ type: MapType) -> MapOperations {
        switch type {
        case .unspecified: []
        case .hash, .lruHash, .perCPUHash, .lruPerCPUHash:
            element.union(batches).union(.lookUpAndDelete)
        case .array: [.lookUp, .update, .nextKey, .lookUpBatch, .updateBatch, .memoryMap]
        case .perCPUArray: [.lookUp, .update, .nextKey, .lookUpBatch, .updateBatch]
        case .longestPrefixMatchTrie:
            element.union([.lookUpBatch, .updateBatch, .deleteBatch])
        case .arrayOfMaps: element.union([.lookUpBatch, .updateBatch])
        case .hashOfMaps: element.union(batches)
        case .programArray, .deviceMap, .deviceMapHash, .cpuMap, .socketMap, .socketHash,
            .reusePortSocketArray, .structOperations:
            element
        case .perfEventArray, .cgroupArray, .xskMap: [.update, .delete, .nextKey]
        case .stackTrace: [.lookUp, .delete, .nextKey, .lookUpAndDelete]
        case .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated:
            [.lookUp, .update, .nextKey]
        case .socketStorage, .inodeStorage, .taskStorage, .cgroupStorage:
            [.lookUp, .update, .delete]
        case .queue, .stack: [.lookUp, .update, .lookUpAndDelete]
        case .bloomFilter: [.lookUp, .update]
        case .ringBuffer, .userRingBuffer, .arena: .memoryMap
        }
    }
}

extension MapType {
    /// What an application may do with such a map.
    public var operations: MapOperations { MapOperations.of(self) }

    /// Whether a helper takes such a map as its argument.
    ///
    /// Maps of sockets can be updated only by the programs that may hold a socket; that, and what
    /// sleepable programs may use, the map alone does not decide.
    public func permits(_ helper: HelperID) -> Bool {
        switch self {
        case .hash, .array, .lruHash, .longestPrefixMatchTrie, .perCPUHash, .perCPUArray,
            .lruPerCPUHash:
            permitsGeneric(helper)
        case .unspecified, .structOperations, .arena: false
        case .programArray: helper == .tailCall
        case .perfEventArray:
            [.perfEventRead, .perfEventReadValue, .perfEventOutput, .skbOutput, .xdpOutput]
                .contains(helper)
        case .stackTrace: helper == .getStackid
        case .cgroupArray: [.skbUnderCgroup, .currentTaskUnderCgroup].contains(helper)
        case .arrayOfMaps, .hashOfMaps: helper == .mapLookupElem
        case .deviceMap, .deviceMapHash, .xskMap: [.redirectMap, .mapLookupElem].contains(helper)
        case .cpuMap: helper == .redirectMap
        case .socketMap, .socketHash: permitsSockets(helper)
        case .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated: helper == .getLocalStorage
        case .reusePortSocketArray: helper == .skSelectReuseport
        case .queue, .stack: [.mapPushElem, .mapPopElem, .mapPeekElem].contains(helper)
        case .bloomFilter: [.mapPushElem, .mapPeekElem].contains(helper)
        case .socketStorage: [.skStorageGet, .skStorageDelete].contains(helper)
        case .inodeStorage: [.inodeStorageGet, .inodeStorageDelete].contains(helper)
        case .taskStorage: [.taskStorageGet, .taskStorageDelete].contains(helper)
        case .cgroupStorage: [.cgrpStorageGet, .cgrpStorageDelete].contains(helper)
        case .ringBuffer:
            [.ringbufOutput, .ringbufReserve, .ringbufQuery, .ringbufReserveDynptr]
                .contains(helper)
        case .userRingBuffer: helper == .userRingbufDrain
        }
    }

    private func permitsGeneric(_ helper: HelperID) -> Bool {
        let isPerCPU = self == .perCPUHash || self == .perCPUArray || self == .lruPerCPUHash
        return switch helper {
        case .mapLookupElem, .mapUpdateElem, .mapDeleteElem: true
        case .mapLookupPercpuElem: isPerCPU
        case .forEachMapElem: self != .longestPrefixMatchTrie
        case .timerInit: self == .hash || self == .array || self == .lruHash
        default: false
        }
    }

    private func permitsSockets(_ helper: HelperID) -> Bool {
        switch helper {
        case .mapLookupElem, .mapUpdateElem, .mapDeleteElem, .skSelectReuseport: true
        case .skRedirectMap, .sockMapUpdate, .msgRedirectMap: self == .socketMap
        case .skRedirectHash, .sockHashUpdate, .msgRedirectHash: self == .socketHash
        default: false
        }
    }
}
