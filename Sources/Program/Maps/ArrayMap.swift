/// An array that programs and applications share (`BPF_MAP_TYPE_ARRAY`).
@_rawLayout(like: MapDefinition)
public struct ArrayMap<Value: BitwiseCopyable>: ~Copyable, IndexedMap, IterableMap,
    @unchecked Sendable
{
    /// Elements are found by their numbers.
    public typealias Key = UInt32

    /// An array of so many elements, which are zero at first.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            2, key: 4, value: MemoryLayout<Value>.size, maxEntries: maxEntries, flags: flags,
            pinned: pinned, roles: MapRoles.indexed)
    }
}
