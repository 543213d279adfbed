/// Sockets that receive packets as they are (`BPF_MAP_TYPE_XSKMAP`, `AF_XDP`).
@_rawLayout(like: MapDefinition)
public struct XSKMap: ~Copyable, RedirectMap, @unchecked Sendable {
    /// An array of so many places, which are empty at first.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            17, key: 4, value: 4, maxEntries: maxEntries, flags: flags, pinned: pinned)
    }
}
