/// A map that maps can hold: what it is, without how many entries it has.
public protocol InnerMap: ProgramMap, ~Copyable {
    /// The kind of map, and the sizes and roles of its arguments.
    static var shape: MapShape { get }
}

/// What the maps in a map have in common.
public struct MapShape: BitwiseCopyable {
    @usableFromInline let type: UInt32
    @usableFromInline let keySize: UInt32
    @usableFromInline let valueSize: UInt32
    @usableFromInline let roles: UInt32

    @inline(__always) @usableFromInline
    init(_ type: UInt32, key: Int, value: Int, roles: UInt32) {
        self.type = type
        keySize = UInt32(truncatingIfNeeded: key)
        valueSize = UInt32(truncatingIfNeeded: value)
        self.roles = roles
    }
}

extension ProgramMap where Self: ~Copyable {
    /// Says what the maps in this map are, which must have been defined.
    @inline(__always) @usableFromInline
    func hold(_ shape: MapShape, maxEntries: Int, flags: MapFlags, argument: UInt32) {
        let definition = address.assumingMemoryBound(to: MapDefinition.self)
        let roles =
            shape.roles & 0xf | shape.roles >> 4 & 0xf0 | shape.roles >> 8 & 0xf00
            | shape.roles >> 12 & 0xf000
        definition.pointee.innerKind = shape.type | argument << 8 | roles << 16
        definition.pointee.innerKeySize = shape.keySize
        definition.pointee.innerValueSize = shape.valueSize
        definition.pointee.innerMaxEntries = UInt32(truncatingIfNeeded: maxEntries)
        definition.pointee.innerFlags = flags.rawValue
    }
}

extension HashMap: InnerMap {
    /// A hash table of these keys and values.
    public static var shape: MapShape {
        @inline(__always) get {
            MapShape(
                1, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
                roles: MapRoles.keyed)
        }
    }
}

extension LRUHashMap: InnerMap {
    /// Such a hash table of these keys and values.
    public static var shape: MapShape {
        @inline(__always) get {
            MapShape(
                9, key: MemoryLayout<Key>.size, value: MemoryLayout<Value>.size,
                roles: MapRoles.keyed)
        }
    }
}

extension ArrayMap: InnerMap {
    /// An array of these values.
    public static var shape: MapShape {
        @inline(__always) get {
            MapShape(2, key: 4, value: MemoryLayout<Value>.size, roles: MapRoles.indexed)
        }
    }
}

extension LPMTrie: InnerMap {
    /// A trie of these addresses and values.
    public static var shape: MapShape {
        @inline(__always) get {
            MapShape(
                11, key: 4 + MemoryLayout<Address>.size, value: MemoryLayout<Value>.size,
                roles: MapRoles.prefixed)
        }
    }
}

extension RingBuffer: InnerMap {
    /// A ring buffer; its maximum of entries is its size in bytes.
    public static var shape: MapShape {
        @inline(__always) get { MapShape(27, key: 0, value: 0, roles: 0) }
    }
}
