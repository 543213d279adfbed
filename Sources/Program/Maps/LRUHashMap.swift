/// A hash table that forgets what was not used for longest when it is full
/// (`BPF_MAP_TYPE_LRU_HASH`).
@_rawLayout(like: MapDefinition)
public struct LRUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable, KeyedMap,
    IterableMap,
    @unchecked Sendable
{
    /// A map of at most `maxEntries` entries.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            9, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
            maxEntries: maxEntries, flags: flags, pinned: pinned, roles: MapRoles.keyed)
    }
}
