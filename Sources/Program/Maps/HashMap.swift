/// A hash table that programs and applications share (`BPF_MAP_TYPE_HASH`).
///
/// ```swift
/// let counts = HashMap<UInt16, UInt64>(maxEntries: 1024)
/// counts[port, default: 0] += 1
/// ```
@_rawLayout(like: MapDefinition)
public struct HashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable, KeyedMap,
    IterableMap,
    @unchecked Sendable
{
    /// A map of at most `maxEntries` entries.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            1, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
            maxEntries: maxEntries, flags: flags, pinned: pinned, roles: MapRoles.keyed)
    }
}
