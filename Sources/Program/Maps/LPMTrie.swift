/// A table of prefixes in which the longest that fits is found (`BPF_MAP_TYPE_LPM_TRIE`).
@_rawLayout(like: MapDefinition)
public struct LPMTrie<Address: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable,
    KeyedMap, @unchecked Sendable
{
    /// A prefix.
    public typealias Key = LPMKey<Address>

    /// A table of at most `maxEntries` prefixes.
    @inline(__always)
    public init(maxEntries: Int, pinned: Bool = false) {
        define(
            11, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
            maxEntries: maxEntries, flags: .allocatesLater, pinned: pinned,
            roles: MapRoles.prefixed)
    }

    /// The value of the longest prefix of an address; `nil` if none fits.
    @inline(__always)
    public func longestMatch(_ wanted: Address) -> UnsafeMutablePointer<Value>? {
        let bits = UInt32(truncatingIfNeeded: MemoryLayout<Address>.size &* 8)
        return lookup(LPMKey(prefixLength: bits, address: wanted))
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

extension LPMKey: Sendable where Address: Sendable {}
