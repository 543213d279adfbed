import EBPFBytecode

/// What the kernel checks before it makes a map, kind by kind.
///
/// The order of the checks is part of the behaviour: a definition that is wrong twice gets the
/// error number that Linux 6.18 gives it.
struct CreationChecks {
    let definition: MapDefinition
    let cpuCount: Int
    let inner: MapDefinition?

    /// The greatest allocation that the kernel makes in one piece (`KMALLOC_MAX_SIZE`).
    static let greatestAllocation = 1 << 22
    /// The greatest value of one CPU (`PCPU_MIN_UNIT_SIZE`).
    static let greatestPerCPUValue = 1 << 15
    /// The greatest depth of a stack trace (`kernel.perf_event_max_stack`).
    static let greatestStackDepth = 127
    /// The greatest number of CPUs that a CPU map may list (`NR_CPUS` of common kernels).
    static let greatestCPUMap = 8192

    func run() throws(MapError) {
        try checkMachine()
        try checkExtra()
        let access: MapFlags = [.readOnly, .writeOnly]
        if definition.flags.isSuperset(of: access) {
            throw refuse(.flags, "has BPF_F_RDONLY and BPF_F_WRONLY; choose one")
        }
        try checkKind()
        try checkSpecialFields()
    }

    /// The error for a field, EINVAL unless said otherwise.
    func refuse(
        _ field: MapError.Field,
        _ problem: String,
        _ errno: KernelErrno = .invalidArgument
    ) -> MapError {
        MapError(errno: errno, mapName: definition.name, field: field, problem: problem)
    }

    private func checkMachine() throws(MapError) {
        guard (1...Map.greatestCPUCount).contains(cpuCount) else {
            throw refuse(.cpuCount, "\(cpuCount) is not between 1 and \(Map.greatestCPUCount)")
        }
        let sizes: [(MapError.Field, Int)] = [
            (.keySize, definition.keySize), (.valueSize, definition.valueSize),
            (.maxEntries, definition.maxEntries),
        ]
        for (field, value) in sizes where UInt32(exactly: value) == nil {
            throw refuse(field, "\(value) does not fit into 32 bits")
        }
    }

    private func checkExtra() throws(MapError) {
        guard definition.extra != 0, definition.type != .bloomFilter else { return }
        throw refuse(.extra, "\(definition.extra) means nothing to this kind; it must be 0")
    }

    private func checkKind() throws(MapError) {
        switch definition.type {
        case .hash, .perCPUHash, .lruHash, .lruPerCPUHash: try checkHash()
        case .hashOfMaps:
            try checkReferenceValue()
            try checkHash()
            try checkInner()
        case .array, .perCPUArray: try checkArray()
        case .programArray, .perfEventArray: try checkReferenceArray()
        case .arrayOfMaps:
            try checkReferenceArray()
            try checkInner()
        case .longestPrefixMatchTrie: try checkTrie()
        case .queue, .stack: try checkQueue()
        case .bloomFilter: try checkBloomFilter()
        case .ringBuffer, .userRingBuffer: try checkRingBuffer()
        case .stackTrace: try checkStackTrace()
        case .deviceMap, .deviceMapHash: try checkDeviceMap()
        case .cpuMap: try checkCPUMap()
        case .xskMap: try checkXSKMap()
        case .unspecified: throw refuse(.type, "is not given")
        case .cgroupArray, .socketMap, .socketHash, .cgroupStorageDeprecated,
            .reusePortSocketArray, .perCPUCgroupStorageDeprecated, .socketStorage,
            .structOperations, .inodeStorage, .taskStorage, .cgroupStorage, .arena:
            throw refuse(
                .type,
                "\(definition.type) refers to objects of a kernel; it needs the kernel host",
                .notSupported
            )
        }
    }

    private func checkSpecialFields() throws(MapError) {
        for field in definition.specialFields {
            let range = field.range
            guard range.lowerBound >= 0, range.upperBound <= definition.valueSize else {
                throw refuse(.specialFields, "has \(field.kind) at \(range), past its end")
            }
            guard range.lowerBound % 4 == 0 else {
                throw refuse(.specialFields, "has \(field.kind) at an odd place, \(range)")
            }
            try checkKindHolds(field)
        }
        let programAccess: MapFlags = [.readOnlyForPrograms, .writeOnlyForPrograms]
        guard !definition.specialFields.isEmpty,
            !definition.flags.isDisjoint(with: programAccess)
        else { return }
        throw refuse(.flags, "limits programs, but the value holds a lock or timer", .accessDenied)
    }

    private func checkKindHolds(_ field: SpecialField) throws(MapError) {
        let type = definition.type
        let isAllowed =
            switch field.kind {
            case .spinLock: type == .hash || type == .array
            case .timer, .workQueue: type == .hash || type == .array || type == .lruHash
            case .other:
                type == .hash || type == .array || type == .lruHash || type == .perCPUHash
                    || type == .perCPUArray || type == .lruPerCPUHash
            }
        guard !isAllowed else { return }
        throw refuse(
            .specialFields,
            "has \(field.kind), which \(type) cannot hold",
            .operationNotSupported
        )
    }

    private func checkInner() throws(MapError) {
        guard let inner else {
            throw refuse(.inner, "is missing: say what the maps inside look like", .badDescriptor)
        }
        if inner.type == .arrayOfMaps || inner.type == .hashOfMaps {
            throw refuse(.inner, "is itself a map of maps; only one level is possible")
        }
        if inner.type == .programArray {
            throw refuse(.inner, "is a program array, which cannot be inside", .notSupported)
        }
        try CreationChecks(definition: inner, cpuCount: cpuCount, inner: nil).run()
    }
}
