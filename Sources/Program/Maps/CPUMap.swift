/// Processors that packets can be handed to (`BPF_MAP_TYPE_CPUMAP`).
@_rawLayout(like: MapDefinition)
public struct CPUMap: ~Copyable, RedirectMap, @unchecked Sendable {
    /// An array of so many processors. An entry is the length of its queue and the program that
    /// packets meet there.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            16, key: 4, value: 8, maxEntries: maxEntries, flags: flags, pinned: pinned)
    }
}
