/// A set that may say yes wrongly, but never no (`BPF_MAP_TYPE_BLOOM_FILTER`).
@_rawLayout(like: MapDefinition)
public struct BloomFilter<Element: BitwiseCopyable>: ~Copyable, ProgramMap, @unchecked Sendable {
    /// A set made for `maxEntries` elements.
    ///
    /// - Parameter hashes: how many bits stand for an element, 1 to 15.
    @inline(__always)
    public init(maxEntries: Int, hashes: UInt64 = 5, pinned: Bool = false) {
        define(
            30, value: MemoryLayout<Element>.size, maxEntries: maxEntries, pinned: pinned,
            extra: hashes, roles: MapRoles.element)
    }

    /// Adds an element (`bpf_map_push_elem`).
    @inline(__always) @discardableResult
    public func insert(_ element: Element) -> Bool {
        var element = element
        return Helpers.mapPushElem(address, &element, 0) == 0
    }

    /// Whether an element may have been added (`bpf_map_peek_elem`).
    @inline(__always)
    public func mayContain(_ element: Element) -> Bool {
        var element = element
        return Helpers.mapPeekElem(address, &element) == 0
    }
}
