/// A stack: what was put in last comes out first (`BPF_MAP_TYPE_STACK`).
@_rawLayout(like: MapDefinition)
public struct Stack<Element: BitwiseCopyable>: ~Copyable, QueueMap, @unchecked Sendable {
    /// Room for at most `maxEntries` elements.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        define(
            23, value: MemoryLayout<Element>.size, maxEntries: maxEntries, flags: flags,
            pinned: pinned, roles: MapRoles.element)
    }
}
