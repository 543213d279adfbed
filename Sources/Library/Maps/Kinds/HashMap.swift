public import EBPFBytecode

/// Values by key (`BPF_MAP_TYPE_HASH`, Linux 3.19).
///
/// ```swift
/// let flows = try object.map("flows", as: HashMap<FlowKey, UInt64>.self)
/// try flows.update(key, 1)
/// for (flow, bytes) in try flows.entries() { print(flow, bytes) }
/// ```
public struct HashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>:
    ReadableMap, WritableMap, TakableMap, WalkableMap
{
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.hash] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
