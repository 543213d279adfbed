/// An array with a value for each processor, so that none waits for another
/// (`BPF_MAP_TYPE_PERCPU_ARRAY`). A program sees its processor's.
@_rawLayout(like: MapDefinition)
public struct PerCPUArray<Value: BitwiseCopyable>: ~Copyable, IndexedMap, IterableMap, PerCPUMap,
    @unchecked Sendable
{
    /// Elements are found by their numbers.
    public typealias Key = UInt32

    /// An array of so many elements, which are zero at first.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            6, key: 4, value: MemoryLayout<Value>.size, maxEntries: maxEntries, flags: flags,
            pinned: pinned, roles: MapRoles.indexed)
    }
}
