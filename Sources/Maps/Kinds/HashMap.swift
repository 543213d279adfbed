import EBPFBytecode

/// A hash table (`BPF_MAP_TYPE_HASH`), also with a value for each CPU (`BPF_MAP_TYPE_PERCPU_HASH`).
///
/// Replacing the value of a key that exists takes a spare element and links it in place of the old
/// one, as the kernel does: readers see the old value or the new one, never a mixture, and a
/// pointer that a program got before still points to the old value, until the element is used
/// again by the next replacement. Per-CPU values, and all with `BPF_F_LOCK`, are overwritten in
/// their place.
public class HashMap: HashedMap, @unchecked Sendable {
    private let pool: SlotPool
    /// A free slot for each lock; whoever holds the lock may exchange it.
    private let spares: Slab

    init(_ plan: MapPlan) throws(KernelErrno) {
        let entryCount = plan.definition.maxEntries
        let spareCount = HashTable.lockCount(forEntries: entryCount)
        pool = try SlotPool(fresh: 0..<entryCount, spareCount: spareCount)
        spares = try Slab(count: spareCount, stride: 8)
        for index in 0..<spareCount {
            unsafe spares.base.storeBytes(
                of: entryCount + index,
                toByteOffset: index * 8,
                as: Int.self
            )
        }
        try super.init(plan, slotCount: entryCount + spareCount)
    }

    /// How many keys there are.
    public var count: Int { pool.usedCount }

    override func release(_ slot: Int) { pool.give(slot) }

    override func store(
        _ key: UnsafeRawPointer,
        _ source: ValueSource,
        _ flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) {
        let flags = try UpdateFlags.parse(flags, allowingLock: !isPerCPU)
        try requireLock(flags.rawValue)
        let hash = unsafe table.hash(key)
        let lock = table.lockIndex(of: hash)
        table.locks.lock(lock)
        defer { table.locks.unlock(lock) }
        let old = unsafe table.findLocked(key, hash)
        try flags.check(isPresent: old >= 0)
        if old >= 0, isPerCPU || flags.contains(.lock) {
            return unsafe overwrite(old, source, flags)
        }
        if old >= 0 { return unsafe replace(old, key, hash, source, lock) }
        guard let slot = pool.take() else { throw .tooBig }
        unsafe table.fill(slot, key, hash)
        unsafe initialize(slot, source)
        table.insert(slot)
    }

    private func replace(
        _ old: Int,
        _ key: UnsafeRawPointer,
        _ hash: UInt32,
        _ source: ValueSource,
        _ lock: Int
    ) {
        let spare = unsafe spares.base.load(fromByteOffset: lock &* 8, as: Int.self)
        unsafe table.fill(spare, key, hash)
        unsafe initialize(spare, source)
        table.insert(spare)
        table.remove(old)
        unsafe spares.base.storeBytes(of: old, toByteOffset: lock &* 8, as: Int.self)
    }
}
