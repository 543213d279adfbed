/// `BPF_MAP_CREATE`.
public struct MapCreateAttributes: BPFAttributes {
    /// `map_type`.
    public var type: UInt32 = 0
    /// `key_size`.
    public var keySize: UInt32 = 0
    /// `value_size`.
    public var valueSize: UInt32 = 0
    /// `max_entries`.
    public var maxEntries: UInt32 = 0
    /// `map_flags`.
    public var flags: UInt32 = 0
    /// `inner_map_fd`.
    public var innerMap: UInt32 = 0
    /// `numa_node`.
    public var numaNode: UInt32 = 0
    /// `map_name`.
    public var name: ObjectName = ObjectName()
    /// `map_ifindex`.
    public var interface: UInt32 = 0
    /// `btf_fd`.
    public var types: UInt32 = 0
    /// `btf_key_type_id`.
    public var keyType: UInt32 = 0
    /// `btf_value_type_id`.
    public var valueType: UInt32 = 0
    /// `btf_vmlinux_value_type_id`.
    public var kernelValueType: UInt32 = 0
    /// `map_extra`.
    public var extra: UInt64 = 0
    /// `value_type_btf_obj_fd`.
    public var valueTypesDescriptor: Int32 = 0
    /// `map_token_fd`.
    public var token: Int32 = 0
    /// `excl_prog_hash`.
    public var exclusiveProgramHash: UInt64 = 0
    /// `excl_prog_hash_size`.
    public var exclusiveProgramHashSize: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_MAP_LOOKUP_ELEM`, `…_UPDATE_ELEM`, `…_DELETE_ELEM`, `…_LOOKUP_AND_DELETE_ELEM` and
/// `BPF_MAP_GET_NEXT_KEY`, for which `value` is the next key; `BPF_MAP_FREEZE` looks at `map` only.
public struct MapElementAttributes: BPFAttributes {
    /// `map_fd`.
    public var map: UInt32 = 0
    private var hole: UInt32 = 0
    /// `key`.
    public var key: UInt64 = 0
    /// `value`.
    public var value: UInt64 = 0
    /// `flags`.
    public var flags: UInt64 = 0

    /// Nothing given.
    public init() {}
}

extension MapElementAttributes {
    /// An element of a map: where its key is, where its value, and the flags of the command.
    @inline(__always)
    init(
        map: UInt32, _ key: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
    ) {
        self.init()
        self.map = map
        self.key = UInt64(UInt(bitPattern: key))
        self.value = UInt64(UInt(bitPattern: value))
        self.flags = flags
    }
}

/// `BPF_MAP_…_BATCH`.
public struct MapBatchAttributes: BPFAttributes {
    /// `in_batch`.
    public var inBatch: UInt64 = 0
    /// `out_batch`.
    public var outBatch: UInt64 = 0
    /// `keys`.
    public var keys: UInt64 = 0
    /// `values`.
    public var values: UInt64 = 0
    /// `count`.
    public var count: UInt32 = 0
    /// `map_fd`.
    public var map: UInt32 = 0
    /// `elem_flags`.
    public var elementFlags: UInt64 = 0
    /// `flags`.
    public var flags: UInt64 = 0

    /// Nothing given.
    public init() {}
}
