import Builtin

/// A table of prefixes in which the longest that fits is found (`BPF_MAP_TYPE_LPM_TRIE`).
@_rawLayout(like: MapDefinition)
public struct LPMTrie<Address: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable,
    @unchecked Sendable
{
    @inline(__always) @usableFromInline
    var address: UnsafeMutablePointer<MapDefinition> {
        UnsafeMutablePointer<MapDefinition>(Builtin.unprotectedAddressOfBorrow(self))
    }

    /// A table of at most `maxEntries` prefixes.
    @inline(__always)
    public init(maxEntries: Int, pinned: Bool = false) {
        address.initialize(
            to: MapDefinition(
                type: 11, keySize: MemoryLayout<LPMKey<Address>>.size,
                valueSize: MemoryLayout<Value>.size, maxEntries: maxEntries,
                flags: .allocatesLater, pinning: pinned ? 1 : 0, roles: MapRoles.prefixed))
    }

    /// The value of the longest prefix of an address; `nil` if none fits.
    @inline(__always)
    public borrowing func longestMatch(_ wanted: Address) -> UnsafeMutablePointer<Value>? {
        var key = LPMKey(
            prefixLength: UInt32(truncatingIfNeeded: MemoryLayout<Address>.size &* 8),
            address: wanted)
        return Helpers.mapLookup(address, &key)?.assumingMemoryBound(to: Value.self)
    }

    /// Gives a prefix a value.
    @inline(__always) @discardableResult
    public borrowing func update(
        _ key: LPMKey<Address>, _ value: Value, _ mode: UpdateMode = .any
    ) -> Bool {
        var (key, value) = (key, value)
        return Helpers.mapUpdate(address, &key, &value, mode.rawValue) == 0
    }

    /// Removes a prefix; returns whether it was there.
    @inline(__always) @discardableResult
    public borrowing func remove(_ key: LPMKey<Address>) -> Bool {
        var key = key
        return Helpers.mapDelete(address, &key) == 0
    }
}

/// A prefix: how many bits of an address count.
public struct LPMKey<Address: BitwiseCopyable>: BitwiseCopyable {
    /// How many bits count, from the first byte on.
    public var prefixLength: UInt32
    /// The address.
    public var address: Address

    /// The first `prefixLength` bits of an address.
    @inline(__always)
    public init(prefixLength: UInt32, address: Address) {
        self.prefixLength = prefixLength
        self.address = address
    }
}
