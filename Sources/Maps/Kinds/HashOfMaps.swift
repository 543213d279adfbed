import EBPFBytecode

/// A hash whose values are maps (`BPF_MAP_TYPE_HASH_OF_MAPS`).
///
/// The value memory holds references, so it is not for programs to see; what a program's look-up
/// gives is the map.
public final class HashOfMaps: HashedMap, @unchecked Sendable {
    private let pool: SlotPool

    init(_ plan: MapPlan) throws(KernelErrno) {
        pool = try SlotPool(fresh: 0..<plan.definition.maxEntries)
        try super.init(plan, slotCount: plan.definition.maxEntries)
    }

    deinit {
        for bucket in 0..<table.bucketCount where !table.isEmpty(bucket: bucket) {
            for slot in table.slots(inBucket: bucket) { unsafe reference(slot).pointee?.release() }
        }
    }

    /// How many keys there are.
    public var count: Int { pool.usedCount }

    // SAFETY: a value's stride is 8 bytes, as much as a reference; only this class touches it, with
    // the lock of the bucket held.
    private func reference(_ slot: Int) -> UnsafeMutablePointer<Unmanaged<Map>?> {
        unsafe address(slot, cpu: 0).assumingMemoryBound(to: Unmanaged<Map>?.self)
    }

    public override var valueMemory: ValueMemory? { nil }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? { nil }

    @unsafe
    public override func programLookupMap(_ key: UnsafeRawPointer) -> Map? {
        unsafe withLockedSlot(key) { slot in
            slot < 0 ? nil : unsafe reference(slot).pointee?.takeUnretainedValue()
        }
    }

    override func copy(_ slot: Int, _ flags: UpdateFlags) -> [UInt8] {
        ArrayIndex.bytes(unsafe reference(slot).pointee?.takeUnretainedValue().id ?? 0)
    }

    override func release(_ slot: Int) {
        let reference = unsafe reference(slot)
        let old = unsafe reference.pointee
        unsafe reference.pointee = nil
        pool.give(slot)
        unsafe old?.release()
    }

    override func storeMap(
        _ key: [UInt8],
        _ map: Map,
        _ flags: UInt64
    ) throws(KernelErrno) {
        try requireInner(map)
        let flags = try UpdateFlags.parse(flags, allowingLock: false)
        let old = try unsafe withBytes(key) { (key) throws(KernelErrno) -> Map? in
            let hash = unsafe table.hash(key)
            return try table.locks.withLock(table.lockIndex(of: hash)) {
                () throws(KernelErrno) -> Map? in
                try unsafe exchange(key, hash, map, flags)
            }
        }
        // The old map, if it was the last reference, ends here, outside the lock.
        withExtendedLifetime(old) {}
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) { throw .badDescriptor }

    override func takeValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { throw .notSupported }

    private func exchange(
        _ key: UnsafeRawPointer,
        _ hash: UInt32,
        _ map: Map,
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> Map? {
        let old = unsafe table.findLocked(key, hash)
        try flags.check(isPresent: old >= 0)
        if old >= 0 {
            let previous = unsafe reference(old).pointee?.takeRetainedValue()
            unsafe reference(old).pointee = Unmanaged.passRetained(map)
            return previous
        }
        guard let slot = pool.take() else { throw .tooBig }
        unsafe table.fill(slot, key, hash)
        unsafe reference(slot).pointee = Unmanaged.passRetained(map)
        table.insert(slot)
        return nil
    }
}
