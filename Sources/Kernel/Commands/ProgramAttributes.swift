/// `BPF_PROG_LOAD`.
public struct ProgramLoadAttributes: BPFAttributes {
    /// `prog_type`.
    public var type: UInt32 = 0
    /// `insn_cnt`.
    public var instructionCount: UInt32 = 0
    /// `insns`.
    public var instructions: UInt64 = 0
    /// `license`.
    public var license: UInt64 = 0
    /// `log_level`.
    public var logLevel: UInt32 = 0
    /// `log_size`.
    public var logSize: UInt32 = 0
    /// `log_buf`.
    public var log: UInt64 = 0
    /// `kern_version`.
    public var kernelVersion: UInt32 = 0
    /// `prog_flags`.
    public var flags: UInt32 = 0
    /// `prog_name`.
    public var name: ObjectName = ObjectName()
    /// `prog_ifindex`.
    public var interface: UInt32 = 0
    /// `expected_attach_type`.
    public var expectedAttachType: UInt32 = 0
    /// `prog_btf_fd`.
    public var types: UInt32 = 0
    /// `func_info_rec_size`.
    public var functionRecordSize: UInt32 = 0
    /// `func_info`.
    public var functions: UInt64 = 0
    /// `func_info_cnt`.
    public var functionCount: UInt32 = 0
    /// `line_info_rec_size`.
    public var lineRecordSize: UInt32 = 0
    /// `line_info`.
    public var lines: UInt64 = 0
    /// `line_info_cnt`.
    public var lineCount: UInt32 = 0
    /// `attach_btf_id`.
    public var attachType: UInt32 = 0
    /// `attach_prog_fd` or `attach_btf_obj_fd`.
    public var attachObject: UInt32 = 0
    /// `core_relo_cnt`.
    public var relocationCount: UInt32 = 0
    /// `fd_array`.
    public var descriptors: UInt64 = 0
    /// `core_relos`.
    public var relocations: UInt64 = 0
    /// `core_relo_rec_size`.
    public var relocationRecordSize: UInt32 = 0
    /// `log_true_size`.
    public var logTrueSize: UInt32 = 0
    /// `prog_token_fd`.
    public var token: Int32 = 0
    /// `fd_array_cnt`.
    public var descriptorCount: UInt32 = 0
    /// `signature`.
    public var signature: UInt64 = 0
    /// `signature_size`.
    public var signatureSize: UInt32 = 0
    /// `keyring_id`.
    public var keyring: Int32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_PROG_ATTACH` and `BPF_PROG_DETACH`.
public struct ProgramAttachAttributes: BPFAttributes {
    /// `target_fd` or `target_ifindex`.
    public var target: UInt32 = 0
    /// `attach_bpf_fd`.
    public var program: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `attach_flags`.
    public var flags: UInt32 = 0
    /// `replace_bpf_fd`.
    public var replaced: UInt32 = 0
    /// `relative_fd` or `relative_id`.
    public var relative: UInt32 = 0
    /// `expected_revision`.
    public var expectedRevision: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_PROG_TEST_RUN`.
public struct ProgramTestRunAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `retval`.
    public var returned: UInt32 = 0
    /// `data_size_in`.
    public var dataSizeIn: UInt32 = 0
    /// `data_size_out`.
    public var dataSizeOut: UInt32 = 0
    /// `data_in`.
    public var dataIn: UInt64 = 0
    /// `data_out`.
    public var dataOut: UInt64 = 0
    /// `repeat`.
    public var repetitions: UInt32 = 0
    /// `duration`.
    public var duration: UInt32 = 0
    /// `ctx_size_in`.
    public var contextSizeIn: UInt32 = 0
    /// `ctx_size_out`.
    public var contextSizeOut: UInt32 = 0
    /// `ctx_in`.
    public var contextIn: UInt64 = 0
    /// `ctx_out`.
    public var contextOut: UInt64 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `cpu`.
    public var cpu: UInt32 = 0
    /// `batch_size`.
    public var batchSize: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_PROG_QUERY`.
public struct ProgramQueryAttributes: BPFAttributes {
    /// `target_fd` or `target_ifindex`.
    public var target: UInt32 = 0
    /// `attach_type`.
    public var attachType: UInt32 = 0
    /// `query_flags`.
    public var queryFlags: UInt32 = 0
    /// `attach_flags`.
    public var attachFlags: UInt32 = 0
    /// `prog_ids`.
    public var programs: UInt64 = 0
    /// `count`.
    public var count: UInt32 = 0
    private var hole: UInt32 = 0
    /// `prog_attach_flags`.
    public var programAttachFlags: UInt64 = 0
    /// `link_ids`.
    public var links: UInt64 = 0
    /// `link_attach_flags`.
    public var linkAttachFlags: UInt64 = 0
    /// `revision`.
    public var revision: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_RAW_TRACEPOINT_OPEN`.
public struct RawTracepointAttributes: BPFAttributes {
    /// `name`.
    public var name: UInt64 = 0
    /// `prog_fd`.
    public var program: UInt32 = 0
    private var hole: UInt32 = 0
    /// `cookie`.
    public var cookie: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_PROG_BIND_MAP`.
public struct ProgramBindMapAttributes: BPFAttributes {
    /// `prog_fd`.
    public var program: UInt32 = 0
    /// `map_fd`.
    public var map: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_PROG_STREAM_READ_BY_FD`.
public struct ProgramStreamAttributes: BPFAttributes {
    /// `stream_buf`.
    public var buffer: UInt64 = 0
    /// `stream_buf_len`.
    public var bufferSize: UInt32 = 0
    /// `stream_id`.
    public var stream: UInt32 = 0
    /// `prog_fd`.
    public var program: UInt32 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_TASK_FD_QUERY`.
public struct TaskDescriptorQueryAttributes: BPFAttributes {
    /// `pid`.
    public var process: UInt32 = 0
    /// `fd`.
    public var descriptor: UInt32 = 0
    /// `flags`.
    public var flags: UInt32 = 0
    /// `buf_len`.
    public var bufferSize: UInt32 = 0
    /// `buf`.
    public var buffer: UInt64 = 0
    /// `prog_id`.
    public var program: UInt32 = 0
    /// `fd_type`.
    public var kind: UInt32 = 0
    /// `probe_offset`.
    public var probeOffset: UInt64 = 0
    /// `probe_addr`.
    public var probeAddress: UInt64 = 0

    /// Nothing given.
    public init() {}
}

/// `BPF_ENABLE_STATS`.
public struct EnableStatisticsAttributes: BPFAttributes {
    /// `type`.
    public var kind: UInt32 = 0

    /// Nothing given.
    public init() {}
}
