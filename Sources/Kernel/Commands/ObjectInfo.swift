/// What the kernel tells about an object, laid out as it writes it (`struct bpf_…_info`).
///
/// Older kernels write less, newer ones are asked for no more than we know.
public protocol KernelInfo: BitwiseCopyable {
    /// All zero.
    init()
}

/// `struct bpf_map_info`.
public struct MapInfo: KernelInfo {
    /// `type`.
    public var type: UInt32 = 0
    /// `id`.
    public var id: UInt32 = 0
    /// `key_size`.
    public var keySize: UInt32 = 0
    /// `value_size`.
    public var valueSize: UInt32 = 0
    /// `max_entries`.
    public var maxEntries: UInt32 = 0
    /// `map_flags`.
    public var flags: UInt32 = 0
    /// `name`.
    public var name: ObjectName = ObjectName()
    /// `ifindex`.
    public var interface: UInt32 = 0
    /// `btf_vmlinux_value_type_id`.
    public var kernelValueType: UInt32 = 0
    /// `netns_dev`.
    public var namespaceDevice: UInt64 = 0
    /// `netns_ino`.
    public var namespaceInode: UInt64 = 0
    /// `btf_id`.
    public var typesID: UInt32 = 0
    /// `btf_key_type_id`.
    public var keyType: UInt32 = 0
    /// `btf_value_type_id`.
    public var valueType: UInt32 = 0
    /// `btf_vmlinux_id`.
    public var kernelTypesID: UInt32 = 0
    /// `map_extra`.
    public var extra: UInt64 = 0
    /// `hash`.
    public var hash: UInt64 = 0
    /// `hash_size`.
    public var hashSize: UInt32 = 0
    private var end: UInt32 = 0

    /// Nothing known.
    public init() {}
}

/// `struct bpf_prog_info`.
public struct ProgramInfo: KernelInfo {
    /// `type`.
    public var type: UInt32 = 0
    /// `id`.
    public var id: UInt32 = 0
    /// `tag`.
    public var tag: UInt64 = 0
    /// `jited_prog_len`.
    public var machineCodeSize: UInt32 = 0
    /// `xlated_prog_len`.
    public var translatedSize: UInt32 = 0
    /// `jited_prog_insns`.
    public var machineCode: UInt64 = 0
    /// `xlated_prog_insns`.
    public var translated: UInt64 = 0
    /// `load_time`.
    public var loadTime: UInt64 = 0
    /// `created_by_uid`.
    public var user: UInt32 = 0
    /// `nr_map_ids`.
    public var mapCount: UInt32 = 0
    /// `map_ids`.
    public var maps: UInt64 = 0
    /// `name`.
    public var name: ObjectName = ObjectName()
    /// `ifindex`.
    public var interface: UInt32 = 0
    /// `gpl_compatible`.
    public var bits: UInt32 = 0
    /// `netns_dev`.
    public var namespaceDevice: UInt64 = 0
    /// `netns_ino`.
    public var namespaceInode: UInt64 = 0
    /// `nr_jited_ksyms`.
    public var symbolCount: UInt32 = 0
    /// `nr_jited_func_lens`.
    public var functionLengthCount: UInt32 = 0
    /// `jited_ksyms`.
    public var symbols: UInt64 = 0
    /// `jited_func_lens`.
    public var functionLengths: UInt64 = 0
    /// `btf_id`.
    public var typesID: UInt32 = 0
    /// `func_info_rec_size`.
    public var functionRecordSize: UInt32 = 0
    /// `func_info`.
    public var functions: UInt64 = 0
    /// `nr_func_info`.
    public var functionCount: UInt32 = 0
    /// `nr_line_info`.
    public var lineCount: UInt32 = 0
    /// `line_info`.
    public var lines: UInt64 = 0
    /// `jited_line_info`.
    public var machineLines: UInt64 = 0
    /// `nr_jited_line_info`.
    public var machineLineCount: UInt32 = 0
    /// `line_info_rec_size`.
    public var lineRecordSize: UInt32 = 0
    /// `jited_line_info_rec_size`.
    public var machineLineRecordSize: UInt32 = 0
    /// `nr_prog_tags`.
    public var tagCount: UInt32 = 0
    /// `prog_tags`.
    public var tags: UInt64 = 0
    /// `run_time_ns`.
    public var runTime: UInt64 = 0
    /// `run_cnt`.
    public var runCount: UInt64 = 0
    /// `recursion_misses`.
    public var recursionMisses: UInt64 = 0
    /// `verified_insns`.
    public var verifiedInstructions: UInt32 = 0
    /// `attach_btf_obj_id`.
    public var attachTypesID: UInt32 = 0
    /// `attach_btf_id`.
    public var attachType: UInt32 = 0
    private var end: UInt32 = 0

    /// Nothing known.
    public init() {}
}

/// `struct bpf_btf_info`.
public struct TypesInfo: KernelInfo {
    /// `btf`.
    public var types: UInt64 = 0
    /// `btf_size`.
    public var size: UInt32 = 0
    /// `id`.
    public var id: UInt32 = 0
    /// `name`.
    public var name: UInt64 = 0
    /// `name_len`.
    public var nameSize: UInt32 = 0
    /// `kernel_btf`.
    public var isKernel: UInt32 = 0

    /// Nothing known.
    public init() {}
}
