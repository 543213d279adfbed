import EBPFBytecode
import EBPFMaps

/// Runs scripts on the maps of this package.
final class UserSpaceEngine: ScriptEngine {
    /// A change that makes the engine wrong, to prove that comparisons find it.
    enum Mutation: CaseIterable {
        case forgetsDeletion
        case ignoresPresenceFlags
        case reportsFullAsNoSpace
        case freezesWithoutEffect
        case dropsTheLastByte
        case countsBatchesWrongly
    }

    let cpuCount: Int
    private let mutation: Mutation?
    private var map: Map?
    private var inner: [Map?] = []

    init(cpuCount: Int, mutation: Mutation? = nil) {
        self.cpuCount = cpuCount
        self.mutation = mutation
    }

    private func made() throws(KernelErrno) -> Map {
        guard let map else { throw .badDescriptor }
        return map
    }

    func create(_ script: MapScript) throws(KernelErrno) {
        do {
            map = try Map.make(
                script.definition,
                cpuCount: cpuCount,
                inner: script.inner,
                seed: 1
            )
        } catch {
            throw error.errno
        }
        let cpuCount = cpuCount
        inner = script.innerCandidates.map { try? Map.make($0, cpuCount: cpuCount) }
    }

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(KernelErrno) {
        let flags = mutation == .ignoresPresenceFlags && flags < 3 ? 0 : flags
        do {
            try made().update(key, value, flags: flags)
        } catch {
            throw mutation == .reportsFullAsNoSpace && error == .tooBig ? .noSpace : error
        }
    }

    func insertMap(_ key: [UInt8], _ number: Int, _ flags: UInt64) throws(KernelErrno) {
        guard inner.indices.contains(number), let value = inner[number] else {
            throw .badDescriptor
        }
        try made().update(key, map: value, flags: flags)
    }

    func innerNumber(_ id: UInt32) -> Int? { inner.firstIndex { $0?.id == id } }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8] {
        let value = try made().lookup(key, flags: flags)
        return mutation == .dropsTheLastByte ? value.dropLast() + [0] : value
    }

    func contains(_ value: [UInt8]) throws(KernelErrno) {
        guard let filter = map as? BloomFilter else { throw .invalidArgument }
        guard try filter.contains(value) else { throw .noEntry }
    }

    func delete(_ key: [UInt8]) throws(KernelErrno) {
        if mutation == .forgetsDeletion, (try? made().lookup(key)) != nil { return }
        try made().delete(key)
    }

    func take(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8] {
        try made().lookupAndDelete(key, flags: flags)
    }

    func next(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] { try made().nextKey(after: key) }

    func freeze() throws(KernelErrno) {
        if mutation == .freezesWithoutEffect { return }
        try made().freeze()
    }

    func readBatch(_ limit: Int, _ flags: UInt64, removing: Bool) -> BatchOutcome {
        do {
            let batch =
                try removing
                ? made().lookupAndDeleteBatch(limit: limit, flags: flags)
                : made().lookupBatch(limit: limit, flags: flags)
            return BatchOutcome(
                entries: batch.entries,
                count: batch.entries.count,
                errno: batch.isLast ? .noEntry : nil
            )
        } catch {
            return BatchOutcome(count: 0, errno: error)
        }
    }

    func updateBatch(_ keys: [[UInt8]], _ values: [[UInt8]], _ flags: UInt64) -> BatchOutcome {
        batch(keys.count) { () throws(BatchError) in
            let entries = zip(keys, values).map { (key: $0, value: $1) }
            guard let map else { throw BatchError.missing }
            try map.updateBatch(entries, flags: flags)
        }
    }

    func deleteBatch(_ keys: [[UInt8]], _ flags: UInt64) -> BatchOutcome {
        batch(keys.count) { () throws(BatchError) in
            guard let map else { throw BatchError.missing }
            try map.deleteBatch(keys, flags: flags)
        }
    }

    private func batch(_ count: Int, _ body: () throws(BatchError) -> Void) -> BatchOutcome {
        do {
            try body()
            return BatchOutcome(count: count + (mutation == .countsBatchesWrongly ? 1 : 0))
        } catch {
            return BatchOutcome(count: error.completed, errno: error.errno)
        }
    }
}

extension BatchError {
    fileprivate static var missing: BatchError { BatchError(completed: 0, errno: .badDescriptor) }
}
