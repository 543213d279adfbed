/// A hash table with a value for each processor (`BPF_MAP_TYPE_PERCPU_HASH`).
///
/// A program sees the value of the processor it runs on, and none waits for another.
@_rawLayout(like: MapDefinition)
public struct PerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable, KeyedMap,
    IterableMap, PerCPUMap,
    @unchecked Sendable
{
    /// A map of at most `maxEntries` entries.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            5, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
            maxEntries: maxEntries, flags: flags, pinned: pinned, roles: MapRoles.keyed)
    }
}
