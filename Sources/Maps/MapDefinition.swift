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
    /// The parts of a value that the kernel manages, known from the value's BTF.
    public var specialFields: [SpecialField]

    /// A definition; nothing is checked before a map is made from it.
    public init(
        name: String = "",
        type: MapType,
        keySize: Int,
        valueSize: Int,
        maxEntries: Int,
        flags: MapFlags = [],
        extra: UInt64 = 0,
        specialFields: [SpecialField] = []
    ) {
        self.name = name
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        self.flags = flags
        self.extra = extra
        self.specialFields = specialFields
    }
}

/// A part of a value that updates leave alone and look-ups read as zero.
///
/// The kernel finds them in the value's BTF; without BTF a value is plain bytes.
public struct SpecialField: Hashable, Sendable {
    /// The kinds of special fields.
    public enum Kind: Hashable, Sendable {
        /// A lock for the value: `struct bpf_spin_lock`, 4 bytes.
        case spinLock
        /// A timer: `struct bpf_timer`, 16 bytes.
        case timer
        /// Deferred work: `struct bpf_wq`, 16 bytes.
        case workQueue
        /// Another object of the kernel (a pointer, list or tree) of a size in bytes.
        case other(byteCount: Int)
    }

    /// What the field is.
    public var kind: Kind
    /// Where it starts in the value, in bytes.
    public var offset: Int

    /// A field of a kind at an offset in the value.
    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// The bytes of the value that it takes.
    public var range: Range<Int> {
        switch kind {
        case .spinLock: offset..<(offset &+ 4)
        case .timer, .workQueue: offset..<(offset &+ 16)
        case .other(let byteCount): offset..<(offset &+ max(0, byteCount))
        }
    }
}
