import EBPFBytecode

/// The limits of each kind.
extension CreationChecks {
    /// The flags that limit who may read and write (`BPF_F_ACCESS_MASK`).
    private static let access: MapFlags = [
        .readOnly, .writeOnly, .readOnlyForPrograms, .writeOnlyForPrograms,
    ]

    func checkHash() throws(MapError) {
        let isLRU = definition.type == .lruHash || definition.type == .lruPerCPUHash
        let isPerCPU = definition.type.isPerCPU
        try checkFlags(
            Self.access.union([.noPreallocation, .noCommonLRU, .numaNode, .zeroSeed])
        )
        if !isLRU, definition.flags.contains(.noCommonLRU) {
            throw refuse(.flags, "has BPF_F_NO_COMMON_LRU, which only LRU hashes take")
        }
        if isLRU, definition.flags.contains(.noPreallocation) {
            throw refuse(
                .flags,
                "has BPF_F_NO_PREALLOC, but an LRU hash is always preallocated",
                .notSupported
            )
        }
        let separate = isPerCPU || definition.flags.contains(.noCommonLRU)
        if separate, definition.flags.contains(.numaNode) {
            throw refuse(.flags, "has BPF_F_NUMA_NODE, but each CPU's memory is at its own node")
        }
        try checkNotZero(.maxEntries, .keySize, .valueSize)
        // An element has a header of 48 bytes and must be smaller than the greatest allocation.
        let greatest = Self.greatestAllocation - 48 - 1
        guard definition.keySize + definition.valueSize <= greatest else {
            throw refuse(
                .valueSize,
                "\(definition.valueSize) and the key's \(definition.keySize) bytes "
                    + "are together more than \(greatest)",
                .tooBig
            )
        }
        try checkPerCPUValue()
        // 2^27 buckets of 16 bytes are the most that the kernel's 32-bit arithmetic holds.
        guard definition.maxEntries <= 1 << 27 else {
            throw refuse(.maxEntries, "\(definition.maxEntries) is more than 134217728", .tooBig)
        }
    }

    func checkArray() throws(MapError) {
        let isPlain = definition.type == .array
        try checkNotZero(.maxEntries)
        try checkKeySize(4, "a 32-bit index")
        try checkNotZero(.valueSize)
        try checkFlags(
            Self.access.union([.numaNode, .mappable, .preserveElements, .innerMap])
        )
        if definition.type == .perCPUArray, definition.flags.contains(.numaNode) {
            throw refuse(.flags, "has BPF_F_NUMA_NODE, but each CPU's memory is at its own node")
        }
        if !isPlain, !definition.flags.isDisjoint(with: [.mappable, .innerMap]) {
            throw refuse(.flags, "has BPF_F_MMAPABLE or BPF_F_INNER_MAP, which only arrays take")
        }
        if definition.type != .perfEventArray, definition.flags.contains(.preserveElements) {
            throw refuse(.flags, "has BPF_F_PRESERVE_ELEMS, which only perf event arrays take")
        }
        guard definition.valueSize <= Int(Int32.max) else {
            throw refuse(.valueSize, "\(definition.valueSize) is more than 2147483647", .tooBig)
        }
        try checkPerCPUValue()
    }

    func checkReferenceArray() throws(MapError) {
        try checkReferenceValue()
        if !definition.flags.isDisjoint(with: [.readOnlyForPrograms, .writeOnlyForPrograms]) {
            throw refuse(.flags, "limits programs, which cannot write to this kind anyway")
        }
        try checkArray()
    }

    func checkReferenceValue() throws(MapError) {
        guard definition.valueSize == 4 else {
            throw refuse(.valueSize, "\(definition.valueSize) must be 4: a descriptor or an id")
        }
    }

    func checkTrie() throws(MapError) {
        try checkNotZero(.maxEntries)
        guard definition.flags.contains(.noPreallocation) else {
            throw refuse(.flags, "lacks BPF_F_NO_PREALLOC, which a trie must have")
        }
        try checkFlags(Self.access.union([.noPreallocation, .numaNode]))
        guard (5...260).contains(definition.keySize) else {
            throw refuse(
                .keySize,
                "\(definition.keySize) is not between 5 and 260: "
                    + "a 32-bit prefix length and 1 to 256 bytes"
            )
        }
        let greatest = Self.greatestAllocation - 256 - 24
        guard (1...greatest).contains(definition.valueSize) else {
            throw refuse(
                .valueSize,
                "\(definition.valueSize) is not between 1 and \(greatest)"
            )
        }
    }

    func checkQueue() throws(MapError) {
        try checkNotZero(.maxEntries)
        try checkKeySize(0, "there are no keys")
        try checkNotZero(.valueSize)
        try checkFlags(Self.access.union(.numaNode))
        try checkValueFitsAllocation()
    }

    func checkBloomFilter() throws(MapError) {
        // Alone among the kinds it compares the size of the value first.
        try checkValueFitsAllocation()
        try checkKeySize(0, "there are no keys")
        try checkNotZero(.valueSize, .maxEntries)
        try checkFlags(Self.access.union([.numaNode, .zeroSeed]))
        guard definition.extra <= 15 else {
            throw refuse(.extra, "\(definition.extra) is not a number of hash functions, 1 to 15")
        }
    }

    func checkRingBuffer() throws(MapError) {
        try checkFlags(.numaNode)
        try checkKeySize(0, "there are no keys")
        guard definition.valueSize == 0 else {
            throw refuse(.valueSize, "\(definition.valueSize) must be 0: records have any size")
        }
        let size = definition.maxEntries
        guard size > 0, size & (size - 1) == 0, size % 4096 == 0 else {
            throw refuse(
                .maxEntries,
                "\(size) is not a power of two and a multiple of 4096; "
                    + "try \(Self.ringSize(atLeast: size))"
            )
        }
    }

    func checkStackTrace() throws(MapError) {
        try checkFlags([.numaNode, .readOnly, .writeOnly, .stackBuildID])
        try checkNotZero(.maxEntries)
        try checkKeySize(4, "a stack id")
        let frame = definition.flags.contains(.stackBuildID) ? 32 : 8
        let greatest = frame * Self.greatestStackDepth
        guard definition.valueSize >= frame, definition.valueSize % frame == 0,
            definition.valueSize <= greatest
        else {
            throw refuse(
                .valueSize,
                "\(definition.valueSize) is not a multiple of \(frame) "
                    + "from \(frame) to \(greatest)"
            )
        }
        guard definition.maxEntries <= 1 << 31 else {
            throw refuse(.maxEntries, "\(definition.maxEntries) is more than 2147483648", .tooBig)
        }
    }

    func checkDeviceMap() throws(MapError) {
        try checkNotZero(.maxEntries)
        try checkKeySize(4, "an index")
        try checkDeviceValue("an interface index, and perhaps a program's descriptor")
        try checkFlags([.numaNode, .readOnly, .writeOnly])
        guard definition.type == .deviceMap || definition.maxEntries <= 1 << 31 else {
            throw refuse(.maxEntries, "\(definition.maxEntries) is more than 2147483648")
        }
    }

    func checkCPUMap() throws(MapError) {
        try checkNotZero(.maxEntries)
        try checkKeySize(4, "a CPU's number")
        try checkDeviceValue("a queue size, and perhaps a program's descriptor")
        try checkFlags(.numaNode)
        guard definition.maxEntries <= Self.greatestCPUMap else {
            throw refuse(
                .maxEntries,
                "\(definition.maxEntries) is more than the kernel's "
                    + "\(Self.greatestCPUMap) CPUs",
                .tooBig
            )
        }
    }

    func checkXSKMap() throws(MapError) {
        try checkNotZero(.maxEntries)
        try checkKeySize(4, "a queue's number")
        try checkReferenceValue()
        try checkFlags([.numaNode, .readOnly, .writeOnly])
    }

    // MARK: Parts

    private func checkFlags(_ allowed: MapFlags) throws(MapError) {
        let unknown = definition.flags.subtracting(allowed).rawValue
        guard unknown == 0 else {
            let bits = String(unknown, radix: 16)
            throw refuse(.flags, "has bits 0x\(bits), which \(definition.type) does not take")
        }
        let programAccess: MapFlags = [.readOnlyForPrograms, .writeOnlyForPrograms]
        if definition.flags.isSuperset(of: programAccess) {
            throw refuse(.flags, "has BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG; choose one")
        }
    }

    private func checkNotZero(_ fields: MapError.Field...) throws(MapError) {
        for field in fields {
            let value =
                switch field {
                case .keySize: definition.keySize
                case .valueSize: definition.valueSize
                default: definition.maxEntries
                }
            if value == 0 { throw refuse(field, "is 0; it must be at least 1") }
        }
    }

    private func checkKeySize(_ size: Int, _ reason: String) throws(MapError) {
        guard definition.keySize == size else {
            throw refuse(.keySize, "\(definition.keySize) must be \(size): \(reason)")
        }
    }

    private func checkDeviceValue(_ meaning: String) throws(MapError) {
        guard definition.valueSize == 4 || definition.valueSize == 8 else {
            throw refuse(.valueSize, "\(definition.valueSize) must be 4 or 8: \(meaning)")
        }
    }

    private func checkPerCPUValue() throws(MapError) {
        guard definition.type.isPerCPU else { return }
        guard definition.valueSize <= Self.greatestPerCPUValue else {
            throw refuse(
                .valueSize,
                "\(definition.valueSize) is more than a CPU's "
                    + "\(Self.greatestPerCPUValue) bytes",
                .tooBig
            )
        }
    }

    private func checkValueFitsAllocation() throws(MapError) {
        guard definition.valueSize <= Self.greatestAllocation else {
            throw refuse(
                .valueSize,
                "\(definition.valueSize) is more than \(Self.greatestAllocation)",
                .tooBig
            )
        }
    }

    private static func ringSize(atLeast size: Int) -> Int {
        var result = 4096
        while result < size, result < 1 << 31 { result *= 2 }
        return result
    }
}
