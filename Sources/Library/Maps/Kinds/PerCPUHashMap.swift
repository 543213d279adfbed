public import EBPFBytecode

/// A value for each key and CPU, which programs change without locks
/// (`BPF_MAP_TYPE_PERCPU_HASH`, Linux 4.6).
public struct PerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>:
    PerCPUReadableMap, PerCPUWritableMap, PerCPUTakableMap, WalkableMap
{
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.perCPUHash] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
