public import EBPFBytecode

/// A number of entries read in one go (`BPF_MAP_LOOKUP_BATCH`).
public struct MapBatch: Sendable {
    /// Where a batch ended; opaque, valid for the map that gave it.
    public struct Cursor: Hashable, Sendable {
        let bytes: [UInt8]
    }

    /// The keys and values.
    public var entries: [(key: [UInt8], value: [UInt8])]
    /// Where the next batch starts; `nil` when nothing was read.
    public var cursor: Cursor?
    /// Whether these were the last entries (the kernel's ENOENT).
    public var isLast: Bool
}

/// Why a batch of updates or deletions stopped.
public struct BatchError: Error, Hashable, Sendable {
    /// How many entries were done before.
    public let completed: Int
    /// The error of the entry that failed.
    public let errno: KernelErrno

    /// A batch that failed after some entries.
    public init(completed: Int, errno: KernelErrno) {
        self.completed = completed
        self.errno = errno
    }
}

extension Map {
    /// Reads up to `limit` entries (`BPF_MAP_LOOKUP_BATCH`).
    ///
    /// Hashes read whole buckets: ENOSPC means that the next bucket holds more than `limit`
    /// entries, so try again with a greater one. ENOTSUPP where the kernel has no such call.
    public final func lookupBatch(
        after cursor: MapBatch.Cursor? = nil,
        limit: Int,
        flags: UInt64 = 0
    ) throws(KernelErrno) -> MapBatch {
        guard applicationsMayRead else { throw .notPermitted }
        return try batch(.lookup, after: cursor, limit: limit, flags: flags)
    }

    /// Reads and removes up to `limit` entries (`BPF_MAP_LOOKUP_AND_DELETE_BATCH`).
    public final func lookupAndDeleteBatch(
        after cursor: MapBatch.Cursor? = nil,
        limit: Int,
        flags: UInt64 = 0
    ) throws(KernelErrno) -> MapBatch {
        guard applicationsMayRead, applicationsMayWrite else { throw .notPermitted }
        return try batch(.lookupAndDelete, after: cursor, limit: limit, flags: flags)
    }

    /// Inserts or replaces entries in order, up to the first that fails
    /// (`BPF_MAP_UPDATE_BATCH`).
    public final func updateBatch(
        _ entries: [(key: [UInt8], value: [UInt8])],
        flags: UInt64 = 0
    ) throws(BatchError) {
        try start(.update, flags)
        try each(entries) { (entry) throws(KernelErrno) in
            try update(entry.key, entry.value, flags: flags)
        }
    }

    /// Removes keys in order, up to the first that fails (`BPF_MAP_DELETE_BATCH`).
    public final func deleteBatch(_ keys: [[UInt8]], flags: UInt64 = 0) throws(BatchError) {
        try start(.delete, flags)
        try each(keys) { (key) throws(KernelErrno) in try delete(key) }
    }

    private func each<Item>(
        _ items: [Item],
        _ body: (Item) throws(KernelErrno) -> Void
    ) throws(BatchError) {
        for (index, item) in items.enumerated() {
            do { try body(item) } catch { throw BatchError(completed: index, errno: error) }
        }
    }

    private func start(_ operation: BatchOperations, _ flags: UInt64) throws(BatchError) {
        guard applicationsMayWrite else { throw BatchError(completed: 0, errno: .notPermitted) }
        guard BatchOperations(definition.type).contains(operation) else {
            throw BatchError(completed: 0, errno: .notSupported)
        }
        do { try checkBatchFlags(flags) } catch { throw BatchError(completed: 0, errno: error) }
    }

    private func batch(
        _ operation: BatchOperations,
        after cursor: MapBatch.Cursor?,
        limit: Int,
        flags: UInt64
    ) throws(KernelErrno) -> MapBatch {
        guard BatchOperations(definition.type).contains(operation) else { throw .notSupported }
        try checkBatchFlags(flags)
        guard limit > 0 else { return MapBatch(entries: [], cursor: nil, isLast: false) }
        return try readBatch(
            after: cursor,
            limit: limit,
            removing: operation == .lookupAndDelete
        )
    }

    private func checkBatchFlags(_ flags: UInt64) throws(KernelErrno) {
        guard flags & ~UpdateFlags.lock.rawValue == 0 else { throw .invalidArgument }
        try requireLock(flags)
    }

    /// The way of all kinds but hashes: the cursor is the last key.
    func readBatchKeyByKey(
        after cursor: MapBatch.Cursor?,
        limit: Int
    ) throws(KernelErrno) -> MapBatch {
        var result = MapBatch(entries: [], cursor: cursor, isLast: false)
        var previous = cursor?.bytes
        if let previous { try requireSize(of: previous) }
        while result.entries.count < limit {
            let key: [UInt8]
            do {
                key = try keyFollowing(previous)
            } catch {
                guard error == .noEntry else { throw error }
                result.isLast = true
                break
            }
            previous = key
            do {
                result.entries.append((key, try readValue(key, [])))
            } catch {
                guard error == .noEntry else { throw error }
            }
        }
        result.cursor = previous.map { MapBatch.Cursor(bytes: $0) }
        return result
    }
}

/// Which batch commands a kind has.
struct BatchOperations: OptionSet, Sendable {
    let rawValue: Int

    static let lookup = BatchOperations(rawValue: 1)
    static let lookupAndDelete = BatchOperations(rawValue: 2)
    static let update = BatchOperations(rawValue: 4)
    static let delete = BatchOperations(rawValue: 8)

    init(rawValue: Int) { self.rawValue = rawValue }

    init(_ type: MapType) {
        self =
            switch type {
            case .hash, .perCPUHash, .lruHash, .lruPerCPUHash, .hashOfMaps:
                [.lookup, .lookupAndDelete, .update, .delete]
            case .array, .perCPUArray, .arrayOfMaps: [.lookup, .update]
            case .longestPrefixMatchTrie: [.lookup, .update, .delete]
            default: []
            }
    }
}
