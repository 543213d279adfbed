import EBPFBytecode
import Synchronization

/// Chains of slots, by the hash of a key; where values lie is the map's business.
///
/// An element is `next: UInt32, hash: UInt32, key`, padded to 8 bytes; links are slot numbers plus
/// one, so that untouched memory is an empty table. Buckets share a fixed number of locks.
/// Everything but `find` and `count` needs the lock of the bucket.
///
///     heads     [bucket] ─► slot + 1
///     elements  [slot]   next │ hash │ key …
@safe
struct HashTable: @unchecked Sendable {
    // SAFETY: both point into slabs that live as long as this value. Slot numbers come from links
    // that only this type writes, each less than the number of elements.
    private let heads: UnsafeMutablePointer<Atomic<UInt32>>
    private let elements: UnsafeMutableRawPointer
    private let slabs: (heads: Slab, elements: Slab)
    private let seed: UInt64
    private let elementStride: Int

    let keySize: Int
    let bucketCount: Int
    let locks: SequenceLocks

    private static let headerSize = 8
    private static let greatestLockCount = 64

    /// How many locks a table with room for `entryCount` keys has.
    static func lockCount(forEntries entryCount: Int) -> Int {
        min(greatestLockCount, bucketCount(forEntries: entryCount))
    }

    private static func bucketCount(forEntries entryCount: Int) -> Int {
        entryCount <= 1 ? 1 : 1 << (Int.bitWidth - (entryCount - 1).leadingZeroBitCount)
    }

    /// A table with room for `entryCount` keys in `slotCount` slots.
    init(keySize: Int, entryCount: Int, slotCount: Int, seed: UInt64) throws(KernelErrno) {
        self.keySize = keySize
        self.seed = seed
        bucketCount = HashTable.bucketCount(forEntries: entryCount)
        elementStride = HashTable.headerSize + (keySize + 7) / 8 * 8
        let headSlab = try Slab(count: bucketCount, stride: 4)
        let elementSlab = try Slab(count: slotCount, stride: elementStride)
        locks = try SequenceLocks(count: HashTable.lockCount(forEntries: entryCount))
        unsafe heads = headSlab.base.assumingMemoryBound(to: Atomic<UInt32>.self)
        unsafe elements = elementSlab.base
        slabs = (headSlab, elementSlab)
    }

    // MARK: Places

    /// The hash of a key of this table.
    @inline(__always)
    func hash(_ key: UnsafeRawPointer) -> UInt32 {
        unsafe KeyHash.hash(key, count: keySize, seed: seed)
    }

    /// The bucket for a hash.
    @inline(__always)
    func bucket(of hash: UInt32) -> Int { Int(hash) & (bucketCount &- 1) }

    /// The lock of the bucket for a hash.
    @inline(__always)
    func lockIndex(of hash: UInt32) -> Int { locks.index(of: bucket(of: hash)) }

    /// The key in a slot.
    @inline(__always)
    func key(_ slot: Int) -> UnsafeMutableRawPointer {
        unsafe elements + (slot &* elementStride &+ HashTable.headerSize)
    }

    /// The key in a slot as bytes.
    func keyBytes(_ slot: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: key(slot), count: keySize))
    }

    /// The hash of the key in a slot.
    @inline(__always)
    func storedHash(_ slot: Int) -> UInt32 {
        unsafe elements.load(fromByteOffset: slot &* elementStride &+ 4, as: UInt32.self)
    }

    @inline(__always)
    private func link(_ slot: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        unsafe (elements + slot &* elementStride).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    @inline(__always)
    private func head(_ bucket: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        unsafe heads + bucket
    }

    // MARK: Looking up

    /// The slot of a key, or -1, without taking a lock.
    @inline(__always)
    func find(_ key: UnsafeRawPointer) -> Int {
        let hash = unsafe hash(key)
        let lock = lockIndex(of: hash)
        while true {
            let seen = locks.beginReading(lock)
            let slot = unsafe walk(key, hash)
            if locks.isUnchanged(lock, since: seen) { return slot }
        }
    }

    /// The slot of a key, or -1; with the lock held.
    @inline(__always)
    func findLocked(_ key: UnsafeRawPointer, _ hash: UInt32) -> Int { unsafe walk(key, hash) }

    @inline(__always)
    private func walk(_ key: UnsafeRawPointer, _ hash: UInt32) -> Int {
        var next = unsafe head(bucket(of: hash)).pointee.load(ordering: .relaxed)
        // A reader without the lock may run into a changing chain; the bound ends the walk, and
        // the changed sequence number makes the reader come again.
        var remaining = bucketCount &+ 128
        while next != 0, remaining > 0 {
            let slot = Int(next) &- 1
            if storedHash(slot) == hash, unsafe KeyHash.equal(self.key(slot), key, count: keySize) {
                return slot
            }
            next = unsafe link(slot).pointee.load(ordering: .relaxed)
            remaining &-= 1
        }
        return -1
    }

    // MARK: Changing, with the lock held

    /// Writes a key into a free slot.
    @inline(__always)
    func fill(_ slot: Int, _ key: UnsafeRawPointer, _ hash: UInt32) {
        unsafe elements.storeBytes(
            of: hash,
            toByteOffset: slot &* elementStride &+ 4,
            as: UInt32.self
        )
        unsafe self.key(slot).copyMemory(from: key, byteCount: keySize)
    }

    /// Puts a filled slot in front of its bucket.
    @inline(__always)
    func insert(_ slot: Int) {
        let head = unsafe head(bucket(of: storedHash(slot)))
        let first = unsafe head.pointee.load(ordering: .relaxed)
        unsafe link(slot).pointee.store(first, ordering: .relaxed)
        unsafe head.pointee.store(UInt32(truncatingIfNeeded: slot &+ 1), ordering: .relaxed)
    }

    /// Takes a slot out of its bucket; says whether it was there.
    @discardableResult
    func remove(_ slot: Int) -> Bool {
        let target = UInt32(truncatingIfNeeded: slot &+ 1)
        var place = unsafe head(bucket(of: storedHash(slot)))
        while true {
            let next = unsafe place.pointee.load(ordering: .relaxed)
            if next == 0 { return false }
            if next == target {
                let after = unsafe link(slot).pointee.load(ordering: .relaxed)
                unsafe place.pointee.store(after, ordering: .relaxed)
                return true
            }
            unsafe place = link(Int(next) &- 1)
        }
    }

    // MARK: Walking

    /// The slots of a bucket, the newest first; with the lock held.
    func slots(inBucket bucket: Int) -> [Int] {
        var result: [Int] = []
        var next = unsafe head(bucket).pointee.load(ordering: .relaxed)
        while next != 0 {
            let slot = Int(next) &- 1
            result.append(slot)
            next = unsafe link(slot).pointee.load(ordering: .relaxed)
        }
        return result
    }

    /// Whether a bucket has no slots; without the lock.
    @inline(__always)
    func isEmpty(bucket: Int) -> Bool {
        unsafe head(bucket).pointee.load(ordering: .relaxed) == 0
    }

    /// The first slot of the buckets from a number on, or -1; copies its key out under the lock.
    func firstKey(fromBucket start: Int) -> [UInt8]? {
        var bucket = start
        while bucket < bucketCount {
            defer { bucket &+= 1 }
            guard !isEmpty(bucket: bucket) else { continue }
            let key = locks.withLock(locks.index(of: bucket)) { () -> [UInt8]? in
                slots(inBucket: bucket).first.map(keyBytes)
            }
            if let key { return key }
        }
        return nil
    }

    /// The key after a key, or the first one if it is not there.
    func key(after key: UnsafeRawPointer) -> [UInt8]? {
        let hash = unsafe hash(key)
        let bucket = bucket(of: hash)
        let (isFound, next) = locks.withLock(lockIndex(of: hash)) { () -> (Bool, [UInt8]?) in
            let slot = unsafe findLocked(key, hash)
            guard slot >= 0 else { return (false, nil) }
            let following = unsafe link(slot).pointee.load(ordering: .relaxed)
            return (true, following == 0 ? nil : keyBytes(Int(following) &- 1))
        }
        guard isFound else { return firstKey(fromBucket: 0) }
        return next ?? firstKey(fromBucket: bucket &+ 1)
    }
}
