public import EBPFBytecode

/// Values by the longest prefix that fits, as in a routing table
/// (`BPF_MAP_TYPE_LPM_TRIE`, Linux 4.11).
///
/// ```swift
/// let blocked = try object.map("blocked", as: LPMTrie<LPMKey<IPv4Address>, UInt32>.self)
/// try blocked.update("10.0.0.0/8", 1)
/// ```
public struct LPMTrie<Key: BitwiseCopyable, Value: BitwiseCopyable>:
    ReadableMap, WritableMap, RemovableMap, WalkableMap
{
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.longestPrefixMatchTrie] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }
}
