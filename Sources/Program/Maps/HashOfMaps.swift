/// Maps of one shape by key; the application puts them there (`BPF_MAP_TYPE_HASH_OF_MAPS`).
///
/// ```swift
/// let hosts = HashOfMaps<IPv4Address, ArrayMap<UInt64>>(maxEntries: 64, innerMaxEntries: 256)
/// if let ports = hosts.lookup(ip.value.source) { ports.pointee[0, default: 0] += 1 }
/// ```
@_rawLayout(like: MapDefinition)
public struct HashOfMaps<Key: BitwiseCopyable, Inner: InnerMap & ~Copyable>: ~Copyable, ProgramMap,
    @unchecked Sendable
{
    /// At most so many maps that have `innerMaxEntries` entries each.
    @inline(__always)
    public init(
        maxEntries: Int, innerMaxEntries: Int, innerFlags: MapFlags = [], pinned: Bool = false
    ) {
        define(
            13, key: MemoryLayout<Key>.size, value: 4, maxEntries: maxEntries, pinned: pinned,
            roles: MapRoles.key)
        hold(Inner.shape, maxEntries: innerMaxEntries, flags: innerFlags, argument: 2)
    }

    /// The map of a key; `nil` if there is none (`bpf_map_lookup_elem`).
    @inline(__always)
    public func lookup(_ key: Key) -> UnsafeMutablePointer<Inner>? {
        var key = key
        return Helpers.mapLookupElem(address, &key)?.assumingMemoryBound(to: Inner.self)
    }
}
