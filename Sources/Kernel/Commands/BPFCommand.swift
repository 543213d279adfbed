public import EBPFBytecode

/// The commands of bpf(2) (`enum bpf_cmd` in `linux/bpf.h`, all of Linux 6.18).
public enum BPFCommand: Int, CaseIterable, Sendable {
    /// `BPF_MAP_CREATE`.
    case mapCreate = 0
    /// `BPF_MAP_LOOKUP_ELEM`.
    case mapLookup
    /// `BPF_MAP_UPDATE_ELEM`.
    case mapUpdate
    /// `BPF_MAP_DELETE_ELEM`.
    case mapDelete
    /// `BPF_MAP_GET_NEXT_KEY`.
    case mapNextKey
    /// `BPF_PROG_LOAD`.
    case programLoad
    /// `BPF_OBJ_PIN`.
    case objectPin
    /// `BPF_OBJ_GET`.
    case objectGet
    /// `BPF_PROG_ATTACH`.
    case programAttach
    /// `BPF_PROG_DETACH`.
    case programDetach
    /// `BPF_PROG_TEST_RUN`.
    case programTestRun
    /// `BPF_PROG_GET_NEXT_ID`.
    case programNextID
    /// `BPF_MAP_GET_NEXT_ID`.
    case mapNextID
    /// `BPF_PROG_GET_FD_BY_ID`.
    case programByID
    /// `BPF_MAP_GET_FD_BY_ID`.
    case mapByID
    /// `BPF_OBJ_GET_INFO_BY_FD`.
    case objectInfo
    /// `BPF_PROG_QUERY`.
    case programQuery
    /// `BPF_RAW_TRACEPOINT_OPEN`.
    case rawTracepointOpen
    /// `BPF_BTF_LOAD`.
    case typesLoad
    /// `BPF_BTF_GET_FD_BY_ID`.
    case typesByID
    /// `BPF_TASK_FD_QUERY`.
    case taskDescriptorQuery
    /// `BPF_MAP_LOOKUP_AND_DELETE_ELEM`.
    case mapLookupAndDelete
    /// `BPF_MAP_FREEZE`.
    case mapFreeze
    /// `BPF_BTF_GET_NEXT_ID`.
    case typesNextID
    /// `BPF_MAP_LOOKUP_BATCH`.
    case mapLookupBatch
    /// `BPF_MAP_LOOKUP_AND_DELETE_BATCH`.
    case mapLookupAndDeleteBatch
    /// `BPF_MAP_UPDATE_BATCH`.
    case mapUpdateBatch
    /// `BPF_MAP_DELETE_BATCH`.
    case mapDeleteBatch
    /// `BPF_LINK_CREATE`.
    case linkCreate
    /// `BPF_LINK_UPDATE`.
    case linkUpdate
    /// `BPF_LINK_GET_FD_BY_ID`.
    case linkByID
    /// `BPF_LINK_GET_NEXT_ID`.
    case linkNextID
    /// `BPF_ENABLE_STATS`.
    case enableStatistics
    /// `BPF_ITER_CREATE`.
    case iteratorCreate
    /// `BPF_LINK_DETACH`.
    case linkDetach
    /// `BPF_PROG_BIND_MAP`.
    case programBindMap
    /// `BPF_TOKEN_CREATE`.
    case tokenCreate
    /// `BPF_PROG_STREAM_READ_BY_FD`.
    case programStreamRead
}

/// What a command takes: a part of `union bpf_attr`, laid out as the kernel expects it.
///
/// Members are of fixed width and in the kernel's order, so that Swift lays them out as C does; a
/// test compares each with the type information of the running kernel.
public protocol BPFAttributes: BitwiseCopyable {
    /// All zero: what the kernel takes for "not given".
    init()
}

extension SystemCalls {
    /// bpf(2), again whenever a signal interrupted it.
    ///
    /// - Parameter attributes: what the command takes; the kernel writes answers into it.
    /// - Returns: a descriptor's number for commands that open something, else 0.
    /// - Throws: the kernel's error number.
    @inline(__always)
    @discardableResult
    public func bpf<Attributes: BPFAttributes>(
        _ command: BPFCommand, _ attributes: inout Attributes
    ) throws(KernelErrno) -> Int {
        try unsafe withUnsafeMutableBytes(of: &attributes) { bytes throws(KernelErrno) in
            try call(
                .bpf, command.rawValue, Int(bitPattern: bytes.baseAddress), bytes.count)
        }
    }

    /// bpf(2), once: for commands that leave answers behind when they are interrupted.
    ///
    /// - Throws: the kernel's error number, `EINTR` included.
    func bpfOnce<Attributes: BPFAttributes>(
        _ command: BPFCommand, _ attributes: inout Attributes
    ) throws(KernelErrno) {
        _ = try unsafe withUnsafeMutableBytes(of: &attributes) { bytes throws(KernelErrno) in
            try callOnce(
                .bpf, command.rawValue, Int(bitPattern: bytes.baseAddress), bytes.count)
        }
    }

    /// bpf(2) for a command whose answer is a descriptor.
    ///
    /// - Throws: the kernel's error number.
    public func openBPF<Attributes: BPFAttributes>(
        _ command: BPFCommand, _ attributes: inout Attributes
    ) throws(KernelErrno) -> Descriptor {
        Descriptor(owning: try bpf(command, &attributes), system: self)
    }
}
