/// `BPF_OBJ_PIN` and `BPF_OBJ_GET`.
public struct ObjectPathAttributes: BPFAttributes {
    /// `pathname`.
    public var path: UInt64 = 0
    /// `bpf_fd`.
    public var object: UInt32 = 0
    /// `file_flags`.
    public var flags: UInt32 = 0
    /// `path_fd`.
    public var directory: Int32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_…_GET_NEXT_ID` and `BPF_…_GET_FD_BY_ID`.
public struct ObjectIDAttributes: BPFAttributes {
    /// `start_id` or `prog_id` or `map_id` or `btf_id` or `link_id`.
    public var id: UInt32 = 0
    /// `next_id`.
    public var nextID: UInt32 = 0
    /// `open_flags`.
    public var openFlags: UInt32 = 0
    /// `fd_by_id_token_fd`.
    public var token: Int32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_OBJ_GET_INFO_BY_FD`.
public struct ObjectInfoAttributes: BPFAttributes {
    /// `bpf_fd`.
    public var object: UInt32 = 0
    /// `info_len`.
    public var infoSize: UInt32 = 0
    /// `info`.
    public var info: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_BTF_LOAD`.
public struct TypesLoadAttributes: BPFAttributes {
    /// `btf`.
    public var types: UInt64 = 0
    /// `btf_log_buf`.
    public var log: UInt64 = 0
    /// `btf_size`.
    public var size: UInt32 = 0
    /// `btf_log_size`.
    public var logSize: UInt32 = 0
    /// `btf_log_level`.
    public var logLevel: UInt32 = 0
    /// `btf_log_true_size`.
    public var logTrueSize: UInt32 = 0
    /// `btf_flags`.
    public var flags: UInt32 = 0
    /// `btf_token_fd`.
    public var token: Int32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_TOKEN_CREATE`.
public struct TokenCreateAttributes: BPFAttributes {
    /// `flags`.
    public var flags: UInt32 = 0
    /// `bpffs_fd`.
    public var fileSystem: UInt32 = 0

    /// Nothing given.
    public init() {}
}
