/// Network interfaces that packets can be sent to, by any number (`BPF_MAP_TYPE_DEVMAP_HASH`).
@_rawLayout(like: MapDefinition)
public struct DeviceHash: ~Copyable, RedirectMap, @unchecked Sendable {
    /// A table of at most `maxEntries` interfaces. An entry is the number of an interface and the
    /// program that packets meet there.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            25, key: 4, value: 8, maxEntries: maxEntries, flags: flags, pinned: pinned)
    }
}
