import Builtin

/// Any map of a program: a global `let` whose initial value tells the loader what to make.
public protocol ProgramMap: ~Copyable {}

extension ProgramMap where Self: ~Copyable {
    /// Where the map is, for helpers that have no better form here.
    @inline(__always)
    public var address: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(Builtin.unprotectedAddressOfBorrow(self))
    }

    /// Says what the map is: the linker reads it where the map lies.
    @inline(__always) @usableFromInline
    func define(
        _ type: UInt32, key: Int = 0, value: Int = 0, maxEntries: Int, flags: MapFlags = [],
        pinned: Bool = false, extra: UInt64 = 0, roles: UInt32 = 0
    ) {
        address.assumingMemoryBound(to: MapDefinition.self).initialize(
            to: MapDefinition(
                type: type, keySize: key, valueSize: value, maxEntries: maxEntries, flags: flags,
                pinning: pinned ? 1 : 0, extra: extra, roles: roles))
    }
}
