import Builtin

/// An array that programs and applications share
/// (`BPF_MAP_TYPE_ARRAY`).
@_rawLayout(like: MapDefinition)
public struct ArrayMap<Value: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    @inline(__always) @usableFromInline
    var address: UnsafeMutablePointer<MapDefinition> {
        UnsafeMutablePointer<MapDefinition>(Builtin.unprotectedAddressOfBorrow(self))
    }

    /// An array of so many elements, which are zero at first.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        address.initialize(
            to: MapDefinition(
                type: 2, keySize: 4, valueSize: MemoryLayout<Value>.size, maxEntries: maxEntries,
                flags: flags, pinning: pinned ? 1 : 0, roles: MapRoles.indexed))
    }

    /// An element, in the map's own memory; `nil` past the end.
    @inline(__always)
    public borrowing func lookup(_ index: UInt32) -> UnsafeMutablePointer<Value>? {
        var index = index
        return Helpers.mapLookup(address, &index)?.assumingMemoryBound(to: Value.self)
    }
}
