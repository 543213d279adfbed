import EBPFBytecode

extension Map {
    /// The greatest number of CPUs that a machine may have.
    public static let greatestCPUCount = 4096

    /// Makes a map (`BPF_MAP_CREATE`).
    ///
    /// What the kernel refuses is refused here too, with its error number and with what would be
    /// right. Memory is taken when entries are used, not when the map is made.
    ///
    /// - Parameters:
    ///   - definition: the shape of the map.
    ///   - cpuCount: how many CPUs the machine has, at least 1.
    ///   - inner: the shape of the maps inside, for arrays and hashes of maps.
    ///   - seed: what the hash functions start from; a random number if `nil`. A fixed seed makes
    ///     the order of iteration repeatable.
    public static func make(
        _ definition: MapDefinition,
        cpuCount: Int = 1,
        inner: MapDefinition? = nil,
        seed: UInt64? = nil
    ) throws(MapError) -> Map {
        let checks = CreationChecks(definition: definition, cpuCount: cpuCount, inner: inner)
        try checks.run()
        let isSeeded = !definition.flags.contains(.zeroSeed)
        let plan = MapPlan(
            definition: definition,
            cpuCount: cpuCount,
            inner: inner,
            seed: isSeeded ? seed ?? UInt64.random(in: .min ... .max) : 0
        )
        do {
            return try build(plan)
        } catch {
            throw MapError(
                errno: error,
                mapName: definition.name,
                field: .memory,
                problem: "for \(definition.maxEntries) entries of \(definition.valueSize) bytes "
                    + "is more than this machine has; lower max_entries"
            )
        }
    }

    private static func build(_ plan: MapPlan) throws(KernelErrno) -> Map {
        switch plan.definition.type {
        case .hash, .perCPUHash: try HashMap(plan)
        case .lruHash, .lruPerCPUHash: try LRUHashMap(plan)
        case .array, .perCPUArray: try ArrayMap(plan)
        case .longestPrefixMatchTrie: try PrefixTrie(plan)
        case .programArray: try ProgramArray(plan)
        case .perfEventArray: try PerfEventArray(plan)
        case .arrayOfMaps: try ArrayOfMaps(plan)
        case .hashOfMaps: try HashOfMaps(plan)
        case .queue, .stack: try QueueMap(plan)
        case .bloomFilter: try BloomFilter(plan)
        case .ringBuffer: try RingBuffer(plan)
        case .userRingBuffer: try UserRingBuffer(plan)
        case .stackTrace: try StackTraceMap(plan)
        case .deviceMap: try DeviceMap(plan)
        case .deviceMapHash: try DeviceHash(plan)
        case .cpuMap: try CPUMap(plan)
        case .xskMap: try XSKMap(plan)
        default: throw .notSupported
        }
    }
}
