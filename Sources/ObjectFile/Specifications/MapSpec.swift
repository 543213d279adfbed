public import EBPFBytecode
public import EBPFTypeFormat

/// A map as an object file describes it: plain data that can be edited before it is created.
public struct MapSpec: Hashable, Sendable {
    /// The name: the variable's, or for global data the section's, such as `.rodata`.
    public var name: String
    /// The kind of map.
    public var type: MapType
    /// The size of a key in bytes.
    public var keySize: UInt32
    /// The size of a value in bytes; 0 where the host knows it (`struct_ops`).
    public var valueSize: UInt32
    /// The greatest number of entries; 0 where the host chooses (one a CPU in a perf event array).
    public var maxEntries: UInt32
    /// How it is allocated and who may write.
    public var flags: MapFlags
    /// What the kind makes of it: the number of hash functions of a bloom filter (`map_extra`).
    public var extra: UInt64
    /// The type of a key in the object's type information.
    public var keyType: TypeID?
    /// The type of a value; for global data the section's `BTF_KIND_DATASEC`.
    public var valueType: TypeID?
    /// What the maps in a map of maps are like; its name is empty.
    public var inner: MapSpec? {
        get { innerMaps.first }
        set { innerMaps = newValue.map { [$0] } ?? [] }
    }
    /// At most one: a structure cannot hold itself, an array of it can.
    private var innerMaps: [MapSpec]
    /// What it holds before the first program runs.
    public var initialValues: [InitialValue]
    /// The bytes of a section of global data, which are the map's only value.
    public var contents: [UInt8]?
    /// Addresses within `contents`, which are zeros or displacements until a host fills them in.
    public var addresses: [DataAddress]
    /// Whether it becomes read-only for applications, too, once it is filled (`BPF_MAP_FREEZE`).
    public var isFrozen: Bool
    /// Whether to share it through the file system.
    public var pinning: MapPinning
    /// The path of a BPF file system to share it under, whatever ``pinning`` says; `nil` for none.
    public var pinPath: String?
    /// The NUMA node to allocate it on, if the source says one.
    public var numaNode: UInt32?
    /// The section that describes it.
    public var section: String

    /// A map; nothing is checked before a host creates it.
    public init(
        name: String,
        type: MapType,
        keySize: UInt32 = 0,
        valueSize: UInt32 = 0,
        maxEntries: UInt32 = 0,
        flags: MapFlags = [],
        extra: UInt64 = 0,
        keyType: TypeID? = nil,
        valueType: TypeID? = nil,
        inner: MapSpec? = nil,
        initialValues: [InitialValue] = [],
        contents: [UInt8]? = nil,
        addresses: [DataAddress] = [],
        isFrozen: Bool = false,
        pinning: MapPinning = .none,
        numaNode: UInt32? = nil,
        section: String = ""
    ) {
        self.name = name
        self.type = type
        self.keySize = keySize
        self.valueSize = valueSize
        self.maxEntries = maxEntries
        self.flags = flags
        self.extra = extra
        self.keyType = keyType
        self.valueType = valueType
        self.innerMaps = inner.map { [$0] } ?? []
        self.initialValues = initialValues
        self.contents = contents
        self.addresses = addresses
        self.isFrozen = isFrozen
        self.pinning = pinning
        self.numaNode = numaNode
        self.section = section
    }

    /// Something that a map holds before the first program runs.
    public struct InitialValue: Hashable, Sendable {
        /// The array index; for a `struct_ops` map, the byte offset of the member.
        public var index: Int
        /// What is there.
        public var content: Content

        /// A map or program at an index.
        public init(index: Int, content: Content) {
            self.index = index
            self.content = content
        }

        /// What a map can hold by name.
        public enum Content: Hashable, Sendable {
            /// An inner map.
            case map(String)
            /// A program: to jump to, or as the implementation of a member of a `struct_ops` map.
            case program(String)
        }
    }

    /// A place in global data where the address of something else belongs.
    public struct DataAddress: Hashable, Sendable {
        /// Where in the contents it is.
        public var offset: Int
        /// How many bytes it takes: 8, or 4 for its lower half.
        public var size: Int
        /// Whose address it is.
        public var target: Target

        /// The address of a target at an offset.
        public init(offset: Int, size: Int = 8, target: Target) {
            self.offset = offset
            self.size = size
            self.target = target
        }

        /// What global data can point to.
        public enum Target: Hashable, Sendable {
            /// A map.
            case map(String)
            /// A byte of global data.
            case mapValue(String, offset: Int)
            /// A function of the object.
            case function(String)
            /// A symbol that the object does not define.
            case symbol(String)
        }
    }
}

/// Whether a map is shared through the BPF file system (`enum libbpf_pin_type`).
public enum MapPinning: UInt32, Sendable {
    /// It is the object's own.
    case none = 0
    /// It is found or made under its name in the pin directory (`LIBBPF_PIN_BY_NAME`).
    case byName = 1
}
