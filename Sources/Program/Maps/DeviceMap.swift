/// Network interfaces that packets can be sent to, by index (`BPF_MAP_TYPE_DEVMAP`).
@_rawLayout(like: MapDefinition)
public struct DeviceMap: ~Copyable, RedirectMap, @unchecked Sendable {
    /// An array of so many places, which are empty at first. An entry is the number of an
    /// interface and the program that packets meet there.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            14, key: 4, value: 8, maxEntries: maxEntries, flags: flags, pinned: pinned)
    }
}
