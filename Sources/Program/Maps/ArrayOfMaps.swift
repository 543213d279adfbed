/// Maps of one shape by index; the application puts them there (`BPF_MAP_TYPE_ARRAY_OF_MAPS`).
///
/// ```swift
/// let tenants = ArrayOfMaps<HashMap<Flow, UInt64>>(maxEntries: 64, innerMaxEntries: 1024)
/// if let flows = tenants.lookup(tenant) { flows.pointee[flow, default: 0] += 1 }
/// ```
@_rawLayout(like: MapDefinition)
public struct ArrayOfMaps<Inner: InnerMap & ~Copyable>: ~Copyable, ProgramMap,
    @unchecked Sendable
{
    /// So many places for maps that have `innerMaxEntries` entries each.
    @inline(__always)
    public init(
        maxEntries: Int, innerMaxEntries: Int, innerFlags: MapFlags = [], pinned: Bool = false
    ) {
        define(12, key: 4, value: 4, maxEntries: maxEntries, pinned: pinned, roles: MapRoles.index)
        hold(Inner.shape, maxEntries: innerMaxEntries, flags: innerFlags, argument: 1)
    }

    /// The map at an index; `nil` where there is none (`bpf_map_lookup_elem`).
    @inline(__always)
    public func lookup(_ index: UInt32) -> UnsafeMutablePointer<Inner>? {
        var index = index
        return Helpers.mapLookupElem(address, &index)?.assumingMemoryBound(to: Inner.self)
    }
}
