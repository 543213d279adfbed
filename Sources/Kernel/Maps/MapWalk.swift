import EBPFBytecode

/// A walk through the entries of a map, many at a time (`BPF_MAP_LOOKUP_BATCH`).
///
/// ```swift
/// var walk = map.walk()
/// while try walk.advance() {
///     walk.forEach { key, value in total += value.value(as: UInt64.self) ?? 0 }
/// }
/// ```
///
/// Entries lie in memory that is used again for the next batch; nothing is copied. What is inserted
/// or removed during the walk may be seen or not. Kinds of maps and kernels without batches are
/// walked key by key (`BPF_MAP_GET_NEXT_KEY`); there, each key comes once, and ``restarts`` tells
/// how often the kernel began again because the key it stood at had gone.
public struct MapWalk: ~Copyable, Sendable {
    /// The map.
    public let map: KernelMap
    /// Whether the entries walked over are removed from the map.
    public let isRemoving: Bool
    /// How many entries the current batch has.
    public private(set) var count = 0
    /// How many entries all batches had up to now.
    public private(set) var total = 0
    /// How often the kernel began again at the front; 0 for batches of hashes and arrays.
    public var restarts: Int { keys.restarts }
    /// Whether the kernel hands out many entries at a time.
    public private(set) var isBatched: Bool

    private var memory: BatchMemory
    private var hasCursor = false
    private var isAtEnd = false
    private var keys = KeyWalk()

    fileprivate init(_ map: KernelMap, batch: Int?, isRemoving: Bool) {
        self.map = map
        self.isRemoving = isRemoving
        isBatched = map.shape.type.operations.contains(
            isRemoving ? .lookUpAndDeleteBatch : .lookUpBatch)
        let (keySize, valueSize) = (Int(map.shape.keySize), map.valueByteCount)
        // About what the second-level cache holds, so that what the kernel writes is still near.
        let fitting = min(max((1 << 17) / max(keySize + valueSize, 1), 32), 4096)
        let capacity = min(max(batch ?? fitting, 1), max(Int(map.shape.maxEntries), 1))
        memory = BatchMemory(keySize: keySize, valueSize: valueSize, capacity: capacity)
    }

    /// Goes on to the next batch.
    ///
    /// - Returns: whether there is one; at the end of the map not.
    /// - Throws: ``KernelError``.
    public mutating func advance() throws(KernelError) -> Bool {
        count = 0
        while !isAtEnd, count == 0 {
            do throws(KernelErrno) {
                if isBatched { try nextBatch() } else { try nextKeys() }
            } catch {
                throw KernelError("walking \(map)", error)
            }
        }
        total += count
        return count > 0
    }

    /// Hands out the entries of the current batch.
    ///
    /// - Parameter body: gets key and value, valid until it returns; of a per-CPU map the values
    ///   of all CPUs, each rounded up to 8 bytes.
    /// - Throws: what the body throws.
    @inlinable
    @inline(__always)
    public func forEach<Failure: Error>(
        _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        // The entries stay while the walk is borrowed for this call.
        try unsafe entries.forEach(body)
    }

    @unsafe @usableFromInline var entries: BatchEntries { unsafe memory.entries(count) }

    // MARK: Many at a time

    private mutating func nextBatch() throws(KernelErrno) {
        var attributes = memory.attributes(map.number, hasCursor: hasCursor)
        let command: BPFCommand = isRemoving ? .mapLookupAndDeleteBatch : .mapLookupBatch
        do throws(KernelErrno) {
            try map.system.bpfOnce(command, &attributes)
            take(attributes.count)
        } catch {
            switch error {
            case .noEntry:
                take(attributes.count)
                isAtEnd = true
            case .noSpace:
                // A bucket of the hash has more entries than there is room for.
                guard memory.capacity < 1 << 26 else { throw error }
                memory.grow(to: memory.capacity * 2)
            case .interrupted:
                // A trie that changes all the time, before Linux 6.15; what was read counts.
                if attributes.count < memory.capacity { take(attributes.count) }
            case .invalidArgument, .notSupported, .operationNotSupported:
                guard !hasCursor else { throw error }
                isBatched = false
            default: throw error
            }
        }
    }

    private mutating func take(_ entries: UInt32) {
        count = min(Int(entries), memory.capacity)
        if count > 0 { hasCursor = true }
    }

    // MARK: Key by key

    private mutating func nextKeys() throws(KernelErrno) {
        while count < memory.capacity, !isAtEnd {
            guard let key = try keys.next(in: map, isRemoving: isRemoving) else {
                isAtEnd = true
                break
            }
            memory.setKey(count, key)
            var attributes = memory.attributes(map.number, entry: count)
            do throws(KernelErrno) {
                try map.system.bpf(isRemoving ? .mapLookupAndDelete : .mapLookup, &attributes)
                count += 1
            } catch {
                // It has gone since, or the place of the array is empty.
                guard error == .noEntry else { throw error }
            }
        }
    }
}

/// Steps from key to key and notices when the kernel begins again.
private struct KeyWalk: Sendable {
    private var previous: [UInt8]?
    private var seen: Set<[UInt8]> = []
    private var isRepeating = false
    private(set) var restarts = 0

    mutating func next(in map: KernelMap, isRemoving: Bool) throws(KernelErrno) -> [UInt8]? {
        // Where entries are removed, the first that is left is the next one.
        if isRemoving { return try map.nextKey(after: nil) }
        while let key = try map.nextKey(after: previous) {
            previous = key
            if seen.insert(key).inserted {
                isRepeating = false
                return key
            }
            if !isRepeating { restarts += 1 }
            isRepeating = true
            // Others change the map faster than it can be walked.
            guard restarts <= 1000 else { return nil }
        }
        return nil
    }
}

extension KernelMap {
    /// A walk through the entries.
    ///
    /// - Parameter batch: how many entries at a time; `nil` for as many as are quick.
    public func walk(batch: Int? = nil) -> MapWalk {
        MapWalk(self, batch: batch, isRemoving: false)
    }

    /// A walk that takes the entries out of the map (`BPF_MAP_LOOKUP_AND_DELETE_BATCH`).
    ///
    /// - Parameter batch: how many entries at a time; `nil` for as many as are quick.
    public func drain(batch: Int? = nil) -> MapWalk {
        MapWalk(self, batch: batch, isRemoving: true)
    }

    /// How many entries there are, counted by walking; an estimate if the map changes meanwhile.
    ///
    /// - Throws: ``KernelError``.
    public func countEntries() throws(KernelError) -> Int {
        var walk = walk()
        while try walk.advance() {}
        return walk.total
    }
}
