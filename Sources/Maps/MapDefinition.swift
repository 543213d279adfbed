public import EBPFBytecode

/// What a map is made from: the arguments of `BPF_MAP_CREATE` that give it its shape.
public struct MapDefinition: Hashable, Sendable {
    /// The map's name; at most 15 bytes reach a kernel.
    public var name: String
    /// The kind of map.
    public var type: MapType
    /// The size of a key in bytes; 0 for maps without keys.
    public var keySize: Int
    /// The size of a value in bytes; for per-CPU maps, of one CPU's value.
    public var valueSize: Int
    /// The greatest number of entries; for ring buffers, the number of bytes.
    public var maxEntries: Int
    /// How it is allocated and who may write.
    public var flags: MapFlags
    /// What the kind makes of `map_extra`: the number of hash functions of a bloom filter.
    public var extra: UInt64

    /// A definition; nothing is checked before a map is made from it.
    public init(
        name: String = "", type: MapType, keySize: Int, valueSize: Int, maxEntries: Int,
        flags: MapFlags = [], extra: UInt64 = 0
    ) {
        self.name = name
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        self.flags = flags
        self.extra = extra
    }
}
