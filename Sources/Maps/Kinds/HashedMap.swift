public import EBPFBytecode

/// What all hashes have in common: finding, walking and removing; how slots are had differs.
///
/// The values of a slot lie side by side, one or one for each CPU:
///
///     offset = (slot × values + CPU) × stride
public class HashedMap: Map, @unchecked Sendable {
    let table: HashTable
    let valuesPerKey: Int
    let values: Slab
    let stride: Int
    private let memory: ValueMemory

    /// - Parameter slotCount: how many elements there is room for, the spare ones included.
    init(_ plan: MapPlan, slotCount: Int) throws(KernelErrno) {
        let definition = plan.definition
        valuesPerKey = definition.type.isPerCPU ? plan.cpuCount : 1
        stride = plan.valueStride
        let (valueCount, overflow) = slotCount.multipliedReportingOverflow(by: valuesPerKey)
        guard !overflow else { throw .noMemory }
        values = try Slab(count: valueCount, stride: stride)
        unsafe memory = ValueMemory(
            base: values.base,
            byteCount: values.byteCount,
            stride: stride,
            valueSize: definition.valueSize
        )
        table = try HashTable(
            keySize: definition.keySize,
            entryCount: definition.maxEntries,
            slotCount: slotCount,
            seed: plan.seed
        )
        super.init(plan: plan)
    }

    /// Whether each CPU has a value of its own.
    var isPerCPU: Bool { definition.type.isPerCPU }

    /// Where the value of a slot starts in ``valueMemory``.
    @inline(__always)
    func offset(_ slot: Int, cpu: Int) -> Int {
        let index = valuesPerKey == 1 ? slot : slot &* valuesPerKey &+ clamp(cpu)
        return index &* stride
    }

    @inline(__always)
    private func clamp(_ cpu: Int) -> Int { cpu >= 0 && cpu < valuesPerKey ? cpu : 0 }

    @inline(__always)
    func address(_ slot: Int, cpu: Int) -> UnsafeMutableRawPointer {
        unsafe values.base + offset(slot, cpu: cpu)
    }

    // MARK: What subclasses say

    /// Inserts or replaces; `source` is one value, or those of all CPUs padded to 8 bytes.
    func store(
        _ key: UnsafeRawPointer,
        _ source: ValueSource,
        _ flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) { throw .notSupported }

    /// Takes back a slot that was removed from the table.
    func release(_ slot: Int) {}

    // MARK: The program's side

    public override var valueMemory: ValueMemory? { memory }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        let slot = unsafe table.find(key)
        guard slot >= 0 else { return nil }
        return offset(slot, cpu: cpu)
    }

    public override final func key(ofValueAt offset: Int) -> [UInt8]? {
        guard offset >= 0, offset < values.byteCount else { return nil }
        let slot = offset / stride / valuesPerKey
        let key = table.keyBytes(slot)
        // The slot's last key stays there after it is deleted; only the table knows.
        let found = unsafe key.withUnsafeBytes { key in
            unsafe key.baseAddress.map { unsafe table.find($0) }
        }
        return found == slot ? key : nil
    }

    @unsafe
    public override final func programUpdate(
        _ key: UnsafeRawPointer,
        _ value: UnsafeRawPointer,
        flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe store(key, isPerCPU ? .cpu(clamp(cpu), value) : .one(value), flags, cpu: cpu)
    }

    @unsafe
    public override final func programDelete(_ key: UnsafeRawPointer) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe removeElement(key)
    }

    @unsafe
    public override final func programForEach(
        cpu: Int,
        _ body: (_ key: UnsafeRawPointer, _ valueOffset: Int) throws -> UInt64
    ) throws -> Int {
        var visited = 0
        for bucket in 0..<table.bucketCount where !table.isEmpty(bucket: bucket) {
            let lock = table.locks.index(of: bucket)
            let slots = table.locks.withLock(lock) { table.slots(inBucket: bucket) }
            for (index, slot) in slots.enumerated() {
                // The body may have removed what comes next in the bucket.
                let isPresent =
                    index == 0
                    || table.locks.withLock(lock) {
                        table.slots(inBucket: bucket).contains(slot)
                    }
                guard isPresent else { continue }
                visited &+= 1
                if try unsafe body(table.key(slot), offset(slot, cpu: cpu)) != 0 { return visited }
            }
        }
        return visited
    }

    // MARK: The application's side

    override func readBatch(
        after cursor: MapBatch.Cursor?,
        limit: Int,
        removing: Bool
    ) throws(KernelErrno) -> MapBatch {
        try readBuckets(after: cursor, limit: limit, removing: removing)
    }

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        let bytes = unsafe key.withUnsafeBytes { key -> [UInt8]? in
            guard let key = key.baseAddress else { return nil }
            return unsafe withLockedSlot(key) { slot in slot < 0 ? nil : copy(slot, flags) }
        }
        guard let bytes else { throw .noEntry }
        return bytes
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        try unsafe withBytes(key, value) { (key, value) throws(KernelErrno) in
            try unsafe store(key, isPerCPU ? .allCPUs(value) : .one(value), flags, cpu: 0)
        }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        try unsafe withBytes(key, key) { (key, _) throws(KernelErrno) in
            try unsafe removeElement(key)
        }
    }

    override func takeValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        let taken = unsafe key.withUnsafeBytes { key -> (slot: Int, bytes: [UInt8])? in
            guard let key = key.baseAddress else { return nil }
            return unsafe withLockedSlot(key) { slot in
                guard slot >= 0 else { return nil }
                let bytes = copy(slot, flags)
                table.remove(slot)
                return (slot, bytes)
            }
        }
        guard let taken else { throw .noEntry }
        release(taken.slot)
        return taken.bytes
    }

    override final func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        guard let key else {
            guard let first = table.firstKey(fromBucket: 0) else { throw .noEntry }
            return first
        }
        let next = unsafe key.withUnsafeBytes { key -> [UInt8]? in
            guard let key = key.baseAddress else { return nil }
            return unsafe table.key(after: key)
        }
        guard let next else { throw .noEntry }
        return next
    }

    // MARK: Parts

    /// The bytes of a slot's value as applications see them; with the lock held.
    func copy(_ slot: Int, _ flags: UpdateFlags) -> [UInt8] {
        guard isPerCPU else { return unsafe shape.bytes(at: address(slot, cpu: 0), flags) }
        var result: [UInt8] = []
        result.reserveCapacity(applicationValueSize)
        for cpu in 0..<valuesPerKey {
            result += unsafe shape.bytes(at: address(slot, cpu: cpu))
            while result.count % 8 != 0 { result.append(0) }
        }
        return result
    }

    /// Writes a value into a slot that no one else can see yet.
    func initialize(_ slot: Int, _ source: ValueSource) {
        switch unsafe source {
        case .one(let value): unsafe shape.initialize(address(slot, cpu: 0), from: value)
        case .cpu(let cpu, let value):
            unsafe address(slot, cpu: 0).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: stride &* valuesPerKey
            )
            unsafe shape.initialize(address(slot, cpu: cpu), from: value)
        case .allCPUs(let value): unsafe copyAll(slot, value)
        }
    }

    /// Overwrites the value in a slot.
    func overwrite(_ slot: Int, _ source: ValueSource, _ flags: UpdateFlags) {
        switch unsafe source {
        case .one(let value): unsafe shape.overwrite(address(slot, cpu: 0), from: value, flags)
        case .cpu(let cpu, let value):
            unsafe shape.overwrite(address(slot, cpu: cpu), from: value)
        case .allCPUs(let value): unsafe copyAll(slot, value)
        }
    }

    private func copyAll(_ slot: Int, _ value: UnsafeRawPointer) {
        let padded = (definition.valueSize &+ 7) / 8 &* 8
        for cpu in 0..<valuesPerKey {
            unsafe shape.overwrite(address(slot, cpu: cpu), from: value + cpu &* padded)
        }
    }

    private func removeElement(_ key: UnsafeRawPointer) throws(KernelErrno) {
        let slot = unsafe withLockedSlot(key) { slot in
            if slot >= 0 { table.remove(slot) }
            return slot
        }
        guard slot >= 0 else { throw .noEntry }
        release(slot)
    }

    func withLockedSlot<Result>(
        _ key: UnsafeRawPointer,
        _ body: (_ slot: Int) -> Result
    ) -> Result {
        let hash = unsafe table.hash(key)
        return table.locks.withLock(table.lockIndex(of: hash)) {
            body(unsafe table.findLocked(key, hash))
        }
    }
}

/// The value that an update brings.
@unsafe
enum ValueSource {
    /// The only value of a key.
    case one(UnsafeRawPointer)
    /// One CPU's value; the others stay, or start as zero.
    case cpu(Int, UnsafeRawPointer)
    /// The values of all CPUs, each padded to 8 bytes.
    case allCPUs(UnsafeRawPointer)
}
