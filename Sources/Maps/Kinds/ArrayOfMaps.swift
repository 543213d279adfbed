import EBPFBytecode

/// An array whose values are maps (`BPF_MAP_TYPE_ARRAY_OF_MAPS`).
public final class ArrayOfMaps: Map, @unchecked Sendable {
    private let store: ReferenceStore<Map>

    init(_ plan: MapPlan) throws(KernelErrno) {
        store = try ReferenceStore(count: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    @unsafe
    public override func programLookupMap(_ key: UnsafeRawPointer) -> Map? {
        unsafe store[Int(key.loadUnaligned(as: UInt32.self))]
    }

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let index = ArrayIndex(key), let map = store[Int(index.value)] else {
            throw .noEntry
        }
        return ArrayIndex.bytes(map.id)
    }

    override func storeMap(
        _ key: [UInt8],
        _ map: Map,
        _ flags: UInt64
    ) throws(KernelErrno) {
        let index = try place(key, flags)
        try requireInner(map)
        store.exchange(index, map)
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        _ = try place(key, flags)
        throw .badDescriptor
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard store.exchange(try place(key, 0), nil) != nil else { throw .noEntry }
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(
            following: key,
            count: UInt32(truncatingIfNeeded: definition.maxEntries)
        )
    }

    private func place(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> Int {
        guard flags == 0, let index = ArrayIndex(key) else { throw .invalidArgument }
        guard Int(index.value) < store.count else { throw .tooBig }
        return Int(index.value)
    }
}

extension Map {
    /// EINVAL unless a map has the shape of this map's inner maps.
    ///
    /// The number of entries may differ, but for arrays (without `BPF_F_INNER_MAP`) and XSK maps.
    func requireInner(_ map: Map) throws(KernelErrno) {
        guard let inner = innerDefinition else { throw .invalidArgument }
        let other = map.definition
        guard inner.type == other.type, inner.keySize == other.keySize,
            inner.valueSize == other.valueSize, inner.flags == other.flags,
            inner.specialFields == other.specialFields
        else { throw .invalidArgument }
        let mustAgree =
            inner.type == .xskMap || (inner.type == .array && !inner.flags.contains(.innerMap))
        guard !mustAgree || inner.maxEntries == other.maxEntries else { throw .invalidArgument }
    }
}
