public import EBPFBytecode

/// Values by key; when it is full, those not used for long make room
/// (`BPF_MAP_TYPE_LRU_HASH`, Linux 4.10).
public struct LRUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>:
    ReadableMap, WritableMap, TakableMap, WalkableMap
{
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.lruHash] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
