/// A hash table with a value for each processor that forgets what was not used for longest when it
/// is full (`BPF_MAP_TYPE_LRU_PERCPU_HASH`).
@_rawLayout(like: MapDefinition)
public struct LRUPerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable, KeyedMap,
    IterableMap, PerCPUMap,
    @unchecked Sendable
{
    /// A map of at most `maxEntries` entries.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            10, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
            maxEntries: maxEntries, flags: flags, pinned: pinned, roles: MapRoles.keyed)
    }
}
