import EBPFBytecode

/// A hash that makes room for new keys by dropping old ones (`BPF_MAP_TYPE_LRU_HASH`), also with
/// a value for each CPU (`BPF_MAP_TYPE_LRU_PERCPU_HASH`).
///
/// Which element leaves: see ``EvictionList``. With `BPF_F_NO_COMMON_LRU` each CPU has a list and
/// a share of the entries of its own, rounded up to the same number for each; applications use the
/// share of CPU 0.
///
/// Unlike the kernel's, replacing the value of a key never drops another key: the kernel takes a
/// free element first and looks for the old one later.
public final class LRUHashMap: HashedMap, @unchecked Sendable {
    private let lists: [EvictionList]
    private let firstList: EvictionList
    private let slotsPerList: Int

    init(_ plan: MapPlan) throws(KernelErrno) {
        let definition = plan.definition
        let listCount = definition.flags.contains(.noCommonLRU) ? plan.cpuCount : 1
        let share = (definition.maxEntries + listCount - 1) / listCount
        let spareCount = HashTable.lockCount(forEntries: definition.maxEntries)
        slotsPerList = share + spareCount
        firstList = try EvictionList(slots: 0..<slotsPerList, limit: share)
        var lists = [firstList]
        for number in 1..<max(1, listCount) {
            let start = number * slotsPerList
            lists.append(try EvictionList(slots: start..<(start + slotsPerList), limit: share))
        }
        self.lists = lists
        try super.init(plan, slotCount: listCount * slotsPerList)
    }

    /// How many keys there are.
    public var count: Int { lists.reduce(0) { $0 + $1.usedCount } }

    @inline(__always)
    private func list(of slot: Int) -> EvictionList {
        slot < slotsPerList ? firstList : lists[slot / slotsPerList]
    }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        let slot = unsafe table.find(key)
        guard slot >= 0 else { return nil }
        list(of: slot).touch(slot)
        return offset(slot, cpu: cpu)
    }

    override func release(_ slot: Int) { list(of: slot).remove(slot) }

    override func store(
        _ key: UnsafeRawPointer,
        _ source: ValueSource,
        _ flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) {
        let flags = try UpdateFlags.parse(flags, allowingLock: false)
        let hash = unsafe table.hash(key)
        let lock = table.lockIndex(of: hash)
        let list = lists[cpu >= 0 && cpu < lists.count ? cpu : 0]
        var wait = SpinWait()
        while true {
            let outcome = try table.locks.withLock(lock) {
                () throws(KernelErrno) -> Outcome in
                try unsafe storeLocked(key, hash, source, flags, list)
            }
            switch outcome {
            case .stored: return
            case .mustEvict(let victim): evict(victim, from: list)
            case .mustWait: wait.pause()
            }
        }
    }

    private enum Outcome {
        case stored
        /// The slot has to leave before there is room.
        case mustEvict(Int)
        /// All slots are in the hands of other threads for a moment.
        case mustWait
    }

    private func storeLocked(
        _ key: UnsafeRawPointer,
        _ hash: UInt32,
        _ source: ValueSource,
        _ flags: UpdateFlags,
        _ list: EvictionList
    ) throws(KernelErrno) -> Outcome {
        let old = unsafe table.findLocked(key, hash)
        try flags.check(isPresent: old >= 0)
        guard old < 0 else {
            try unsafe replace(old, key, hash, source, list)
            return .stored
        }
        switch list.take() {
        case .free(let slot): unsafe enter(slot, key, hash, source, list)
        case .condemned(let victim): return .mustEvict(victim)
        case nil: return .mustWait
        }
        return .stored
    }

    private func replace(
        _ old: Int,
        _ key: UnsafeRawPointer,
        _ hash: UInt32,
        _ source: ValueSource,
        _ list: EvictionList
    ) throws(KernelErrno) {
        guard !isPerCPU else {
            self.list(of: old).touch(old)
            return unsafe overwrite(old, source, [])
        }
        guard let slot = list.takeSpare() else { throw .noMemory }
        table.remove(old)
        unsafe enter(slot, key, hash, source, list)
        release(old)
    }

    private func enter(
        _ slot: Int,
        _ key: UnsafeRawPointer,
        _ hash: UInt32,
        _ source: ValueSource,
        _ list: EvictionList
    ) {
        unsafe table.fill(slot, key, hash)
        unsafe initialize(slot, source)
        table.insert(slot)
        list.list(slot)
    }

    private func evict(_ victim: Int, from list: EvictionList) {
        let lock = table.lockIndex(of: table.storedHash(victim))
        table.locks.withLock(lock) { _ = table.remove(victim) }
        list.give(victim)
    }
}
