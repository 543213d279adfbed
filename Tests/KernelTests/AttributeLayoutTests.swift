import EBPFKernel
import EBPFTypeFormat
import Testing

/// Our layouts of `union bpf_attr` against the type information of the running kernel.
@Suite struct AttributeLayoutTests {
    private struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let offset: Int?
        let path: String
        let structure: String

        init(_ name: String, _ offset: Int?, _ path: String, in structure: String = "bpf_attr") {
            (testDescription, self.offset, self.path) = (name, offset, path)
            self.structure = structure
        }
    }

    private static let rows: [Row] = [
        Row(
            "ProgramLoadAttributes.type", MemoryLayout<ProgramLoadAttributes>.offset(of: \.type),
            "prog_type"),
        Row(
            "ProgramLoadAttributes.instructionCount",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.instructionCount), "insn_cnt"),
        Row(
            "ProgramLoadAttributes.instructions",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.instructions), "insns"),
        Row(
            "ProgramLoadAttributes.license",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.license), "license"),
        Row(
            "ProgramLoadAttributes.logLevel",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.logLevel), "log_level"),
        Row(
            "ProgramLoadAttributes.logSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.logSize), "log_size"),
        Row(
            "ProgramLoadAttributes.log", MemoryLayout<ProgramLoadAttributes>.offset(of: \.log),
            "log_buf"),
        Row(
            "ProgramLoadAttributes.kernelVersion",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.kernelVersion), "kern_version"),
        Row(
            "ProgramLoadAttributes.flags", MemoryLayout<ProgramLoadAttributes>.offset(of: \.flags),
            "prog_flags"),
        Row(
            "ProgramLoadAttributes.name", MemoryLayout<ProgramLoadAttributes>.offset(of: \.name),
            "prog_name"),
        Row(
            "ProgramLoadAttributes.interface",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.interface), "prog_ifindex"),
        Row(
            "ProgramLoadAttributes.expectedAttachType",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.expectedAttachType),
            "expected_attach_type"),
        Row(
            "ProgramLoadAttributes.types", MemoryLayout<ProgramLoadAttributes>.offset(of: \.types),
            "prog_btf_fd"),
        Row(
            "ProgramLoadAttributes.functionRecordSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.functionRecordSize),
            "func_info_rec_size"),
        Row(
            "ProgramLoadAttributes.functions",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.functions), "func_info"),
        Row(
            "ProgramLoadAttributes.functionCount",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.functionCount), "func_info_cnt"),
        Row(
            "ProgramLoadAttributes.lineRecordSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.lineRecordSize), "line_info_rec_size"),
        Row(
            "ProgramLoadAttributes.lines", MemoryLayout<ProgramLoadAttributes>.offset(of: \.lines),
            "line_info"),
        Row(
            "ProgramLoadAttributes.lineCount",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.lineCount), "line_info_cnt"),
        Row(
            "ProgramLoadAttributes.attachType",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.attachType), "attach_btf_id"),
        Row(
            "ProgramLoadAttributes.attachObject",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.attachObject), "attach_prog_fd"),
        Row(
            "ProgramLoadAttributes.relocationCount",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.relocationCount), "core_relo_cnt"),
        Row(
            "ProgramLoadAttributes.descriptors",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.descriptors), "fd_array"),
        Row(
            "ProgramLoadAttributes.relocations",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.relocations), "core_relos"),
        Row(
            "ProgramLoadAttributes.relocationRecordSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.relocationRecordSize),
            "core_relo_rec_size"),
        Row(
            "ProgramLoadAttributes.logTrueSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.logTrueSize), "log_true_size"),
        Row(
            "ProgramLoadAttributes.token", MemoryLayout<ProgramLoadAttributes>.offset(of: \.token),
            "prog_token_fd"),
        Row(
            "ProgramLoadAttributes.descriptorCount",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.descriptorCount), "fd_array_cnt"),
        Row(
            "ProgramLoadAttributes.signature",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.signature), "signature"),
        Row(
            "ProgramLoadAttributes.signatureSize",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.signatureSize), "signature_size"),
        Row(
            "ProgramLoadAttributes.keyring",
            MemoryLayout<ProgramLoadAttributes>.offset(of: \.keyring), "keyring_id"),
        Row(
            "ProgramAttachAttributes.target",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.target), "target_fd"),
        Row(
            "ProgramAttachAttributes.program",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.program), "attach_bpf_fd"),
        Row(
            "ProgramAttachAttributes.attachType",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.attachType), "attach_type"),
        Row(
            "ProgramAttachAttributes.flags",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.flags), "attach_flags"),
        Row(
            "ProgramAttachAttributes.replaced",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.replaced), "replace_bpf_fd"),
        Row(
            "ProgramAttachAttributes.relative",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.relative), "relative_fd"),
        Row(
            "ProgramAttachAttributes.expectedRevision",
            MemoryLayout<ProgramAttachAttributes>.offset(of: \.expectedRevision),
            "expected_revision"),
        Row(
            "ProgramTestRunAttributes.program",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.program), "test.prog_fd"),
        Row(
            "ProgramTestRunAttributes.returned",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.returned), "test.retval"),
        Row(
            "ProgramTestRunAttributes.dataSizeIn",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.dataSizeIn), "test.data_size_in"),
        Row(
            "ProgramTestRunAttributes.dataSizeOut",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.dataSizeOut), "test.data_size_out"),
        Row(
            "ProgramTestRunAttributes.dataIn",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.dataIn), "test.data_in"),
        Row(
            "ProgramTestRunAttributes.dataOut",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.dataOut), "test.data_out"),
        Row(
            "ProgramTestRunAttributes.repetitions",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.repetitions), "test.repeat"),
        Row(
            "ProgramTestRunAttributes.duration",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.duration), "test.duration"),
        Row(
            "ProgramTestRunAttributes.contextSizeIn",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.contextSizeIn), "test.ctx_size_in"),
        Row(
            "ProgramTestRunAttributes.contextSizeOut",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.contextSizeOut), "test.ctx_size_out"
        ),
        Row(
            "ProgramTestRunAttributes.contextIn",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.contextIn), "test.ctx_in"),
        Row(
            "ProgramTestRunAttributes.contextOut",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.contextOut), "test.ctx_out"),
        Row(
            "ProgramTestRunAttributes.flags",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.flags), "test.flags"),
        Row(
            "ProgramTestRunAttributes.cpu",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.cpu), "test.cpu"),
        Row(
            "ProgramTestRunAttributes.batchSize",
            MemoryLayout<ProgramTestRunAttributes>.offset(of: \.batchSize), "test.batch_size"),
        Row(
            "ProgramQueryAttributes.target",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.target), "query.target_fd"),
        Row(
            "ProgramQueryAttributes.attachType",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.attachType), "query.attach_type"),
        Row(
            "ProgramQueryAttributes.queryFlags",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.queryFlags), "query.query_flags"),
        Row(
            "ProgramQueryAttributes.attachFlags",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.attachFlags), "query.attach_flags"),
        Row(
            "ProgramQueryAttributes.programs",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.programs), "query.prog_ids"),
        Row(
            "ProgramQueryAttributes.count",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.count), "query.count"),
        Row(
            "ProgramQueryAttributes.programAttachFlags",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.programAttachFlags),
            "query.prog_attach_flags"),
        Row(
            "ProgramQueryAttributes.links",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.links), "query.link_ids"),
        Row(
            "ProgramQueryAttributes.linkAttachFlags",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.linkAttachFlags),
            "query.link_attach_flags"),
        Row(
            "ProgramQueryAttributes.revision",
            MemoryLayout<ProgramQueryAttributes>.offset(of: \.revision), "query.revision"),
        Row(
            "RawTracepointAttributes.name",
            MemoryLayout<RawTracepointAttributes>.offset(of: \.name), "raw_tracepoint.name"),
        Row(
            "RawTracepointAttributes.program",
            MemoryLayout<RawTracepointAttributes>.offset(of: \.program), "raw_tracepoint.prog_fd"),
        Row(
            "RawTracepointAttributes.cookie",
            MemoryLayout<RawTracepointAttributes>.offset(of: \.cookie), "raw_tracepoint.cookie"),
        Row(
            "ProgramBindMapAttributes.program",
            MemoryLayout<ProgramBindMapAttributes>.offset(of: \.program), "prog_bind_map.prog_fd"),
        Row(
            "ProgramBindMapAttributes.map",
            MemoryLayout<ProgramBindMapAttributes>.offset(of: \.map), "prog_bind_map.map_fd"),
        Row(
            "ProgramBindMapAttributes.flags",
            MemoryLayout<ProgramBindMapAttributes>.offset(of: \.flags), "prog_bind_map.flags"),
        Row(
            "ProgramStreamAttributes.buffer",
            MemoryLayout<ProgramStreamAttributes>.offset(of: \.buffer),
            "prog_stream_read.stream_buf"),
        Row(
            "ProgramStreamAttributes.bufferSize",
            MemoryLayout<ProgramStreamAttributes>.offset(of: \.bufferSize),
            "prog_stream_read.stream_buf_len"),
        Row(
            "ProgramStreamAttributes.stream",
            MemoryLayout<ProgramStreamAttributes>.offset(of: \.stream), "prog_stream_read.stream_id"
        ),
        Row(
            "ProgramStreamAttributes.program",
            MemoryLayout<ProgramStreamAttributes>.offset(of: \.program), "prog_stream_read.prog_fd"),
        Row(
            "TaskDescriptorQueryAttributes.process",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.process), "task_fd_query.pid"),
        Row(
            "TaskDescriptorQueryAttributes.descriptor",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.descriptor), "task_fd_query.fd"
        ),
        Row(
            "TaskDescriptorQueryAttributes.flags",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.flags), "task_fd_query.flags"),
        Row(
            "TaskDescriptorQueryAttributes.bufferSize",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.bufferSize),
            "task_fd_query.buf_len"),
        Row(
            "TaskDescriptorQueryAttributes.buffer",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.buffer), "task_fd_query.buf"),
        Row(
            "TaskDescriptorQueryAttributes.program",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.program),
            "task_fd_query.prog_id"),
        Row(
            "TaskDescriptorQueryAttributes.kind",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.kind), "task_fd_query.fd_type"),
        Row(
            "TaskDescriptorQueryAttributes.probeOffset",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.probeOffset),
            "task_fd_query.probe_offset"),
        Row(
            "TaskDescriptorQueryAttributes.probeAddress",
            MemoryLayout<TaskDescriptorQueryAttributes>.offset(of: \.probeAddress),
            "task_fd_query.probe_addr"),
        Row(
            "EnableStatisticsAttributes.kind",
            MemoryLayout<EnableStatisticsAttributes>.offset(of: \.kind), "enable_stats.type"),
        Row(
            "MapCreateAttributes.type", MemoryLayout<MapCreateAttributes>.offset(of: \.type),
            "map_type"),
        Row(
            "MapCreateAttributes.keySize", MemoryLayout<MapCreateAttributes>.offset(of: \.keySize),
            "key_size"),
        Row(
            "MapCreateAttributes.valueSize",
            MemoryLayout<MapCreateAttributes>.offset(of: \.valueSize), "value_size"),
        Row(
            "MapCreateAttributes.maxEntries",
            MemoryLayout<MapCreateAttributes>.offset(of: \.maxEntries), "max_entries"),
        Row(
            "MapCreateAttributes.flags", MemoryLayout<MapCreateAttributes>.offset(of: \.flags),
            "map_flags"),
        Row(
            "MapCreateAttributes.innerMap",
            MemoryLayout<MapCreateAttributes>.offset(of: \.innerMap), "inner_map_fd"),
        Row(
            "MapCreateAttributes.numaNode",
            MemoryLayout<MapCreateAttributes>.offset(of: \.numaNode), "numa_node"),
        Row(
            "MapCreateAttributes.name", MemoryLayout<MapCreateAttributes>.offset(of: \.name),
            "map_name"),
        Row(
            "MapCreateAttributes.interface",
            MemoryLayout<MapCreateAttributes>.offset(of: \.interface), "map_ifindex"),
        Row(
            "MapCreateAttributes.types", MemoryLayout<MapCreateAttributes>.offset(of: \.types),
            "btf_fd"),
        Row(
            "MapCreateAttributes.keyType", MemoryLayout<MapCreateAttributes>.offset(of: \.keyType),
            "btf_key_type_id"),
        Row(
            "MapCreateAttributes.valueType",
            MemoryLayout<MapCreateAttributes>.offset(of: \.valueType), "btf_value_type_id"),
        Row(
            "MapCreateAttributes.kernelValueType",
            MemoryLayout<MapCreateAttributes>.offset(of: \.kernelValueType),
            "btf_vmlinux_value_type_id"),
        Row(
            "MapCreateAttributes.extra", MemoryLayout<MapCreateAttributes>.offset(of: \.extra),
            "map_extra"),
        Row(
            "MapCreateAttributes.valueTypesDescriptor",
            MemoryLayout<MapCreateAttributes>.offset(of: \.valueTypesDescriptor),
            "value_type_btf_obj_fd"),
        Row(
            "MapCreateAttributes.token", MemoryLayout<MapCreateAttributes>.offset(of: \.token),
            "map_token_fd"),
        Row(
            "MapCreateAttributes.exclusiveProgramHash",
            MemoryLayout<MapCreateAttributes>.offset(of: \.exclusiveProgramHash), "excl_prog_hash"),
        Row(
            "MapCreateAttributes.exclusiveProgramHashSize",
            MemoryLayout<MapCreateAttributes>.offset(of: \.exclusiveProgramHashSize),
            "excl_prog_hash_size"),
        Row(
            "MapElementAttributes.map", MemoryLayout<MapElementAttributes>.offset(of: \.map),
            "map_fd"),
        Row(
            "MapElementAttributes.key", MemoryLayout<MapElementAttributes>.offset(of: \.key), "key"),
        Row(
            "MapElementAttributes.value", MemoryLayout<MapElementAttributes>.offset(of: \.value),
            "value"),
        Row(
            "MapElementAttributes.flags", MemoryLayout<MapElementAttributes>.offset(of: \.flags),
            "flags"),
        Row(
            "MapBatchAttributes.inBatch", MemoryLayout<MapBatchAttributes>.offset(of: \.inBatch),
            "batch.in_batch"),
        Row(
            "MapBatchAttributes.outBatch", MemoryLayout<MapBatchAttributes>.offset(of: \.outBatch),
            "batch.out_batch"),
        Row(
            "MapBatchAttributes.keys", MemoryLayout<MapBatchAttributes>.offset(of: \.keys),
            "batch.keys"),
        Row(
            "MapBatchAttributes.values", MemoryLayout<MapBatchAttributes>.offset(of: \.values),
            "batch.values"),
        Row(
            "MapBatchAttributes.count", MemoryLayout<MapBatchAttributes>.offset(of: \.count),
            "batch.count"),
        Row(
            "MapBatchAttributes.map", MemoryLayout<MapBatchAttributes>.offset(of: \.map),
            "batch.map_fd"),
        Row(
            "MapBatchAttributes.elementFlags",
            MemoryLayout<MapBatchAttributes>.offset(of: \.elementFlags), "batch.elem_flags"),
        Row(
            "MapBatchAttributes.flags", MemoryLayout<MapBatchAttributes>.offset(of: \.flags),
            "batch.flags"),
        Row(
            "LinkCreateAttributes.program",
            MemoryLayout<LinkCreateAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "LinkCreateAttributes.target", MemoryLayout<LinkCreateAttributes>.offset(of: \.target),
            "link_create.target_fd"),
        Row(
            "LinkCreateAttributes.attachType",
            MemoryLayout<LinkCreateAttributes>.offset(of: \.attachType), "link_create.attach_type"),
        Row(
            "LinkCreateAttributes.flags", MemoryLayout<LinkCreateAttributes>.offset(of: \.flags),
            "link_create.flags"),
        Row(
            "LinkCreateAttributes.targetType",
            MemoryLayout<LinkCreateAttributes>.offset(of: \.targetType), "link_create.target_btf_id"
        ),
        Row(
            "IteratorLinkAttributes.program",
            MemoryLayout<IteratorLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "IteratorLinkAttributes.target",
            MemoryLayout<IteratorLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "IteratorLinkAttributes.attachType",
            MemoryLayout<IteratorLinkAttributes>.offset(of: \.attachType), "link_create.attach_type"
        ),
        Row(
            "IteratorLinkAttributes.flags",
            MemoryLayout<IteratorLinkAttributes>.offset(of: \.flags), "link_create.flags"),
        Row(
            "IteratorLinkAttributes.info", MemoryLayout<IteratorLinkAttributes>.offset(of: \.info),
            "link_create.iter_info"),
        Row(
            "IteratorLinkAttributes.infoSize",
            MemoryLayout<IteratorLinkAttributes>.offset(of: \.infoSize), "link_create.iter_info_len"
        ),
        Row(
            "PerfEventLinkAttributes.program",
            MemoryLayout<PerfEventLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "PerfEventLinkAttributes.target",
            MemoryLayout<PerfEventLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "PerfEventLinkAttributes.attachType",
            MemoryLayout<PerfEventLinkAttributes>.offset(of: \.attachType),
            "link_create.attach_type"),
        Row(
            "PerfEventLinkAttributes.flags",
            MemoryLayout<PerfEventLinkAttributes>.offset(of: \.flags), "link_create.flags"),
        Row(
            "PerfEventLinkAttributes.cookie",
            MemoryLayout<PerfEventLinkAttributes>.offset(of: \.cookie),
            "link_create.perf_event.bpf_cookie"),
        Row(
            "KprobeMultiLinkAttributes.program",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "KprobeMultiLinkAttributes.target",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "KprobeMultiLinkAttributes.attachType",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.attachType),
            "link_create.attach_type"),
        Row(
            "KprobeMultiLinkAttributes.flags",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.flags), "link_create.flags"),
        Row(
            "KprobeMultiLinkAttributes.probeFlags",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.probeFlags),
            "link_create.kprobe_multi.flags"),
        Row(
            "KprobeMultiLinkAttributes.count",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.count),
            "link_create.kprobe_multi.cnt"),
        Row(
            "KprobeMultiLinkAttributes.symbols",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.symbols),
            "link_create.kprobe_multi.syms"),
        Row(
            "KprobeMultiLinkAttributes.addresses",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.addresses),
            "link_create.kprobe_multi.addrs"),
        Row(
            "KprobeMultiLinkAttributes.cookies",
            MemoryLayout<KprobeMultiLinkAttributes>.offset(of: \.cookies),
            "link_create.kprobe_multi.cookies"),
        Row(
            "TracingLinkAttributes.program",
            MemoryLayout<TracingLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "TracingLinkAttributes.target",
            MemoryLayout<TracingLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "TracingLinkAttributes.attachType",
            MemoryLayout<TracingLinkAttributes>.offset(of: \.attachType), "link_create.attach_type"),
        Row(
            "TracingLinkAttributes.flags", MemoryLayout<TracingLinkAttributes>.offset(of: \.flags),
            "link_create.flags"),
        Row(
            "TracingLinkAttributes.targetType",
            MemoryLayout<TracingLinkAttributes>.offset(of: \.targetType),
            "link_create.tracing.target_btf_id"),
        Row(
            "TracingLinkAttributes.cookie",
            MemoryLayout<TracingLinkAttributes>.offset(of: \.cookie), "link_create.tracing.cookie"),
        Row(
            "NetfilterLinkAttributes.program",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "NetfilterLinkAttributes.target",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "NetfilterLinkAttributes.attachType",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.attachType),
            "link_create.attach_type"),
        Row(
            "NetfilterLinkAttributes.flags",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.flags), "link_create.flags"),
        Row(
            "NetfilterLinkAttributes.protocolFamily",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.protocolFamily),
            "link_create.netfilter.pf"),
        Row(
            "NetfilterLinkAttributes.hook",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.hook),
            "link_create.netfilter.hooknum"),
        Row(
            "NetfilterLinkAttributes.priority",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.priority),
            "link_create.netfilter.priority"),
        Row(
            "NetfilterLinkAttributes.hookFlags",
            MemoryLayout<NetfilterLinkAttributes>.offset(of: \.hookFlags),
            "link_create.netfilter.flags"),
        Row(
            "OrderedLinkAttributes.program",
            MemoryLayout<OrderedLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "OrderedLinkAttributes.target",
            MemoryLayout<OrderedLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "OrderedLinkAttributes.attachType",
            MemoryLayout<OrderedLinkAttributes>.offset(of: \.attachType), "link_create.attach_type"),
        Row(
            "OrderedLinkAttributes.flags", MemoryLayout<OrderedLinkAttributes>.offset(of: \.flags),
            "link_create.flags"),
        Row(
            "OrderedLinkAttributes.relative",
            MemoryLayout<OrderedLinkAttributes>.offset(of: \.relative),
            "link_create.tcx.relative_fd"),
        Row(
            "OrderedLinkAttributes.expectedRevision",
            MemoryLayout<OrderedLinkAttributes>.offset(of: \.expectedRevision),
            "link_create.tcx.expected_revision"),
        Row(
            "UprobeMultiLinkAttributes.program",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.program), "link_create.prog_fd"),
        Row(
            "UprobeMultiLinkAttributes.target",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.target), "link_create.target_fd"),
        Row(
            "UprobeMultiLinkAttributes.attachType",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.attachType),
            "link_create.attach_type"),
        Row(
            "UprobeMultiLinkAttributes.flags",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.flags), "link_create.flags"),
        Row(
            "UprobeMultiLinkAttributes.path",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.path),
            "link_create.uprobe_multi.path"),
        Row(
            "UprobeMultiLinkAttributes.offsets",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.offsets),
            "link_create.uprobe_multi.offsets"),
        Row(
            "UprobeMultiLinkAttributes.referenceCounters",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.referenceCounters),
            "link_create.uprobe_multi.ref_ctr_offsets"),
        Row(
            "UprobeMultiLinkAttributes.cookies",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.cookies),
            "link_create.uprobe_multi.cookies"),
        Row(
            "UprobeMultiLinkAttributes.count",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.count),
            "link_create.uprobe_multi.cnt"),
        Row(
            "UprobeMultiLinkAttributes.probeFlags",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.probeFlags),
            "link_create.uprobe_multi.flags"),
        Row(
            "UprobeMultiLinkAttributes.process",
            MemoryLayout<UprobeMultiLinkAttributes>.offset(of: \.process),
            "link_create.uprobe_multi.pid"),
        Row(
            "LinkUpdateAttributes.link", MemoryLayout<LinkUpdateAttributes>.offset(of: \.link),
            "link_update.link_fd"),
        Row(
            "LinkUpdateAttributes.new", MemoryLayout<LinkUpdateAttributes>.offset(of: \.new),
            "link_update.new_prog_fd"),
        Row(
            "LinkUpdateAttributes.flags", MemoryLayout<LinkUpdateAttributes>.offset(of: \.flags),
            "link_update.flags"),
        Row(
            "LinkUpdateAttributes.old", MemoryLayout<LinkUpdateAttributes>.offset(of: \.old),
            "link_update.old_prog_fd"),
        Row(
            "LinkDetachAttributes.link", MemoryLayout<LinkDetachAttributes>.offset(of: \.link),
            "link_detach.link_fd"),
        Row(
            "IteratorCreateAttributes.link",
            MemoryLayout<IteratorCreateAttributes>.offset(of: \.link), "iter_create.link_fd"),
        Row(
            "IteratorCreateAttributes.flags",
            MemoryLayout<IteratorCreateAttributes>.offset(of: \.flags), "iter_create.flags"),
        Row(
            "ObjectPathAttributes.path", MemoryLayout<ObjectPathAttributes>.offset(of: \.path),
            "pathname"),
        Row(
            "ObjectPathAttributes.object", MemoryLayout<ObjectPathAttributes>.offset(of: \.object),
            "bpf_fd"),
        Row(
            "ObjectPathAttributes.flags", MemoryLayout<ObjectPathAttributes>.offset(of: \.flags),
            "file_flags"),
        Row(
            "ObjectPathAttributes.directory",
            MemoryLayout<ObjectPathAttributes>.offset(of: \.directory), "path_fd"),
        Row("ObjectIDAttributes.id", MemoryLayout<ObjectIDAttributes>.offset(of: \.id), "start_id"),
        Row(
            "ObjectIDAttributes.nextID", MemoryLayout<ObjectIDAttributes>.offset(of: \.nextID),
            "next_id"),
        Row(
            "ObjectIDAttributes.openFlags",
            MemoryLayout<ObjectIDAttributes>.offset(of: \.openFlags), "open_flags"),
        Row(
            "ObjectIDAttributes.token", MemoryLayout<ObjectIDAttributes>.offset(of: \.token),
            "fd_by_id_token_fd"),
        Row(
            "ObjectInfoAttributes.object", MemoryLayout<ObjectInfoAttributes>.offset(of: \.object),
            "info.bpf_fd"),
        Row(
            "ObjectInfoAttributes.infoSize",
            MemoryLayout<ObjectInfoAttributes>.offset(of: \.infoSize), "info.info_len"),
        Row(
            "ObjectInfoAttributes.info", MemoryLayout<ObjectInfoAttributes>.offset(of: \.info),
            "info.info"),
        Row(
            "TypesLoadAttributes.types", MemoryLayout<TypesLoadAttributes>.offset(of: \.types),
            "btf"),
        Row(
            "TypesLoadAttributes.log", MemoryLayout<TypesLoadAttributes>.offset(of: \.log),
            "btf_log_buf"),
        Row(
            "TypesLoadAttributes.size", MemoryLayout<TypesLoadAttributes>.offset(of: \.size),
            "btf_size"),
        Row(
            "TypesLoadAttributes.logSize", MemoryLayout<TypesLoadAttributes>.offset(of: \.logSize),
            "btf_log_size"),
        Row(
            "TypesLoadAttributes.logLevel",
            MemoryLayout<TypesLoadAttributes>.offset(of: \.logLevel), "btf_log_level"),
        Row(
            "TypesLoadAttributes.logTrueSize",
            MemoryLayout<TypesLoadAttributes>.offset(of: \.logTrueSize), "btf_log_true_size"),
        Row(
            "TypesLoadAttributes.flags", MemoryLayout<TypesLoadAttributes>.offset(of: \.flags),
            "btf_flags"),
        Row(
            "TypesLoadAttributes.token", MemoryLayout<TypesLoadAttributes>.offset(of: \.token),
            "btf_token_fd"),
        Row(
            "TokenCreateAttributes.flags", MemoryLayout<TokenCreateAttributes>.offset(of: \.flags),
            "token_create.flags"),
        Row(
            "TokenCreateAttributes.fileSystem",
            MemoryLayout<TokenCreateAttributes>.offset(of: \.fileSystem), "token_create.bpffs_fd"),
        Row("MapInfo.type", MemoryLayout<MapInfo>.offset(of: \.type), "type", in: "bpf_map_info"),
        Row("MapInfo.id", MemoryLayout<MapInfo>.offset(of: \.id), "id", in: "bpf_map_info"),
        Row(
            "MapInfo.keySize", MemoryLayout<MapInfo>.offset(of: \.keySize), "key_size",
            in: "bpf_map_info"),
        Row(
            "MapInfo.valueSize", MemoryLayout<MapInfo>.offset(of: \.valueSize), "value_size",
            in: "bpf_map_info"),
        Row(
            "MapInfo.maxEntries", MemoryLayout<MapInfo>.offset(of: \.maxEntries), "max_entries",
            in: "bpf_map_info"),
        Row(
            "MapInfo.flags", MemoryLayout<MapInfo>.offset(of: \.flags), "map_flags",
            in: "bpf_map_info"),
        Row("MapInfo.name", MemoryLayout<MapInfo>.offset(of: \.name), "name", in: "bpf_map_info"),
        Row(
            "MapInfo.interface", MemoryLayout<MapInfo>.offset(of: \.interface), "ifindex",
            in: "bpf_map_info"),
        Row(
            "MapInfo.kernelValueType", MemoryLayout<MapInfo>.offset(of: \.kernelValueType),
            "btf_vmlinux_value_type_id", in: "bpf_map_info"),
        Row(
            "MapInfo.namespaceDevice", MemoryLayout<MapInfo>.offset(of: \.namespaceDevice),
            "netns_dev", in: "bpf_map_info"),
        Row(
            "MapInfo.namespaceInode", MemoryLayout<MapInfo>.offset(of: \.namespaceInode),
            "netns_ino", in: "bpf_map_info"),
        Row(
            "MapInfo.typesID", MemoryLayout<MapInfo>.offset(of: \.typesID), "btf_id",
            in: "bpf_map_info"),
        Row(
            "MapInfo.keyType", MemoryLayout<MapInfo>.offset(of: \.keyType), "btf_key_type_id",
            in: "bpf_map_info"),
        Row(
            "MapInfo.valueType", MemoryLayout<MapInfo>.offset(of: \.valueType), "btf_value_type_id",
            in: "bpf_map_info"),
        Row(
            "MapInfo.kernelTypesID", MemoryLayout<MapInfo>.offset(of: \.kernelTypesID),
            "btf_vmlinux_id", in: "bpf_map_info"),
        Row(
            "MapInfo.extra", MemoryLayout<MapInfo>.offset(of: \.extra), "map_extra",
            in: "bpf_map_info"),
        Row("MapInfo.hash", MemoryLayout<MapInfo>.offset(of: \.hash), "hash", in: "bpf_map_info"),
        Row(
            "MapInfo.hashSize", MemoryLayout<MapInfo>.offset(of: \.hashSize), "hash_size",
            in: "bpf_map_info"),
        Row(
            "ProgramInfo.type", MemoryLayout<ProgramInfo>.offset(of: \.type), "type",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.id", MemoryLayout<ProgramInfo>.offset(of: \.id), "id", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.tag", MemoryLayout<ProgramInfo>.offset(of: \.tag), "tag",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.machineCodeSize", MemoryLayout<ProgramInfo>.offset(of: \.machineCodeSize),
            "jited_prog_len", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.translatedSize", MemoryLayout<ProgramInfo>.offset(of: \.translatedSize),
            "xlated_prog_len", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.machineCode", MemoryLayout<ProgramInfo>.offset(of: \.machineCode),
            "jited_prog_insns", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.translated", MemoryLayout<ProgramInfo>.offset(of: \.translated),
            "xlated_prog_insns", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.loadTime", MemoryLayout<ProgramInfo>.offset(of: \.loadTime), "load_time",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.user", MemoryLayout<ProgramInfo>.offset(of: \.user), "created_by_uid",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.mapCount", MemoryLayout<ProgramInfo>.offset(of: \.mapCount), "nr_map_ids",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.maps", MemoryLayout<ProgramInfo>.offset(of: \.maps), "map_ids",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.name", MemoryLayout<ProgramInfo>.offset(of: \.name), "name",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.interface", MemoryLayout<ProgramInfo>.offset(of: \.interface), "ifindex",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.namespaceDevice", MemoryLayout<ProgramInfo>.offset(of: \.namespaceDevice),
            "netns_dev", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.namespaceInode", MemoryLayout<ProgramInfo>.offset(of: \.namespaceInode),
            "netns_ino", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.symbolCount", MemoryLayout<ProgramInfo>.offset(of: \.symbolCount),
            "nr_jited_ksyms", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.functionLengthCount",
            MemoryLayout<ProgramInfo>.offset(of: \.functionLengthCount), "nr_jited_func_lens",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.symbols", MemoryLayout<ProgramInfo>.offset(of: \.symbols), "jited_ksyms",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.functionLengths", MemoryLayout<ProgramInfo>.offset(of: \.functionLengths),
            "jited_func_lens", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.typesID", MemoryLayout<ProgramInfo>.offset(of: \.typesID), "btf_id",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.functionRecordSize",
            MemoryLayout<ProgramInfo>.offset(of: \.functionRecordSize), "func_info_rec_size",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.functions", MemoryLayout<ProgramInfo>.offset(of: \.functions), "func_info",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.functionCount", MemoryLayout<ProgramInfo>.offset(of: \.functionCount),
            "nr_func_info", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.lineCount", MemoryLayout<ProgramInfo>.offset(of: \.lineCount),
            "nr_line_info", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.lines", MemoryLayout<ProgramInfo>.offset(of: \.lines), "line_info",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.machineLines", MemoryLayout<ProgramInfo>.offset(of: \.machineLines),
            "jited_line_info", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.machineLineCount",
            MemoryLayout<ProgramInfo>.offset(of: \.machineLineCount), "nr_jited_line_info",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.lineRecordSize", MemoryLayout<ProgramInfo>.offset(of: \.lineRecordSize),
            "line_info_rec_size", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.machineLineRecordSize",
            MemoryLayout<ProgramInfo>.offset(of: \.machineLineRecordSize),
            "jited_line_info_rec_size", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.tagCount", MemoryLayout<ProgramInfo>.offset(of: \.tagCount),
            "nr_prog_tags", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.tags", MemoryLayout<ProgramInfo>.offset(of: \.tags), "prog_tags",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.runTime", MemoryLayout<ProgramInfo>.offset(of: \.runTime), "run_time_ns",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.runCount", MemoryLayout<ProgramInfo>.offset(of: \.runCount), "run_cnt",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.recursionMisses", MemoryLayout<ProgramInfo>.offset(of: \.recursionMisses),
            "recursion_misses", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.verifiedInstructions",
            MemoryLayout<ProgramInfo>.offset(of: \.verifiedInstructions), "verified_insns",
            in: "bpf_prog_info"),
        Row(
            "ProgramInfo.attachTypesID", MemoryLayout<ProgramInfo>.offset(of: \.attachTypesID),
            "attach_btf_obj_id", in: "bpf_prog_info"),
        Row(
            "ProgramInfo.attachType", MemoryLayout<ProgramInfo>.offset(of: \.attachType),
            "attach_btf_id", in: "bpf_prog_info"),
        Row(
            "TypesInfo.types", MemoryLayout<TypesInfo>.offset(of: \.types), "btf",
            in: "bpf_btf_info"),
        Row(
            "TypesInfo.size", MemoryLayout<TypesInfo>.offset(of: \.size), "btf_size",
            in: "bpf_btf_info"),
        Row("TypesInfo.id", MemoryLayout<TypesInfo>.offset(of: \.id), "id", in: "bpf_btf_info"),
        Row(
            "TypesInfo.name", MemoryLayout<TypesInfo>.offset(of: \.name), "name", in: "bpf_btf_info"
        ),
        Row(
            "TypesInfo.nameSize", MemoryLayout<TypesInfo>.offset(of: \.nameSize), "name_len",
            in: "bpf_btf_info"),
        Row(
            "TypesInfo.isKernel", MemoryLayout<TypesInfo>.offset(of: \.isKernel), "kernel_btf",
            in: "bpf_btf_info"),
        Row(
            "PerfEventAttributes.type", MemoryLayout<PerfEventAttributes>.offset(of: \.type),
            "type", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.size", MemoryLayout<PerfEventAttributes>.offset(of: \.size),
            "size", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.config", MemoryLayout<PerfEventAttributes>.offset(of: \.config),
            "config", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.samplePeriod",
            MemoryLayout<PerfEventAttributes>.offset(of: \.samplePeriod),
            "sample_period", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.sampleType",
            MemoryLayout<PerfEventAttributes>.offset(of: \.sampleType),
            "sample_type", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.readFormat",
            MemoryLayout<PerfEventAttributes>.offset(of: \.readFormat),
            "read_format", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.wakeup", MemoryLayout<PerfEventAttributes>.offset(of: \.wakeup),
            "wakeup_events", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.breakpointType",
            MemoryLayout<PerfEventAttributes>.offset(of: \.breakpointType),
            "bp_type", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.config1", MemoryLayout<PerfEventAttributes>.offset(of: \.config1),
            "bp_addr", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.config2", MemoryLayout<PerfEventAttributes>.offset(of: \.config2),
            "bp_len", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.branchSampleType",
            MemoryLayout<PerfEventAttributes>.offset(of: \.branchSampleType),
            "branch_sample_type", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.sampleUserRegisters",
            MemoryLayout<PerfEventAttributes>.offset(of: \.sampleUserRegisters),
            "sample_regs_user", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.sampleUserStack",
            MemoryLayout<PerfEventAttributes>.offset(of: \.sampleUserStack),
            "sample_stack_user", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.clock", MemoryLayout<PerfEventAttributes>.offset(of: \.clock),
            "clockid", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.sampleRegisters",
            MemoryLayout<PerfEventAttributes>.offset(of: \.sampleRegisters),
            "sample_regs_intr", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.auxiliaryWatermark",
            MemoryLayout<PerfEventAttributes>.offset(of: \.auxiliaryWatermark),
            "aux_watermark", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.sampleMaxStack",
            MemoryLayout<PerfEventAttributes>.offset(of: \.sampleMaxStack),
            "sample_max_stack", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.auxiliarySampleSize",
            MemoryLayout<PerfEventAttributes>.offset(of: \.auxiliarySampleSize),
            "aux_sample_size", in: "perf_event_attr"),
        Row(
            "PerfEventAttributes.signalData",
            MemoryLayout<PerfEventAttributes>.offset(of: \.signalData),
            "sig_data", in: "perf_event_attr"),
    ]

    @Test(.enabled("the kernel shows its types") { KernelTypes.areReadable })
    func `every attribute is where the kernel looks for it`() throws {
        let types = try KernelTypes.shared.vmlinux()
        for row in Self.rows {
            let kind: TypeKind = row.structure == "bpf_attr" ? .union : .structure
            let union = try #require(types.first(named: row.structure, kind: kind))
            let place = try MemberPlace.find(row.path.split(separator: ".")[...], in: union, types)
            // A kernel that is older than the attribute does not have it.
            guard let place else { continue }
            #expect(row.offset == place, "\(row.testDescription) is \(row.path)")
        }
    }
}

/// Finds a member, also in anonymous structs and unions.
enum MemberPlace {
    static func find(
        _ path: ArraySlice<Substring>, in type: TypeID, _ types: BTF, base: Int = 0
    ) throws -> Int? {
        guard let name = path.first else { return base }
        for member in try types.members(of: try types.resolve(type)) {
            let place = base + member.byteOffset
            if member.name.isEmpty, let found = try find(path, in: member.type, types, base: place)
            {
                return found
            }
            if member.name == name {
                return try find(path.dropFirst(), in: member.type, types, base: place)
            }
        }
        return nil
    }
}
