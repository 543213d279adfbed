public import EBPFBytecode

/// A value for each key and CPU; when it is full, keys not used for long make room
/// (`BPF_MAP_TYPE_LRU_PERCPU_HASH`, Linux 4.10).
public struct LRUPerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>:
    PerCPUReadableMap, PerCPUWritableMap, PerCPUTakableMap, WalkableMap
{
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.lruPerCPUHash] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
