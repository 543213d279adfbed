/// A queue: what was put in first comes out first (`BPF_MAP_TYPE_QUEUE`).
@_rawLayout(like: MapDefinition)
public struct Queue<Element: BitwiseCopyable>: ~Copyable, QueueMap, @unchecked Sendable {
    /// Room for at most `maxEntries` elements.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            22, value: MemoryLayout<Element>.size, maxEntries: maxEntries, flags: flags,
            pinned: pinned, roles: MapRoles.element)
    }
}
