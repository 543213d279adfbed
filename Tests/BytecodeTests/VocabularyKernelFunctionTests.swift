import EBPFBytecode
import Testing

@Suite struct VocabularyKernelFunctionTests {
    @Test func `every function is there once, and found by its name`() {
        #expect(Set(KernelFunction.all.map(\.name)).count == KernelFunction.all.count)
        #expect(KernelFunction.all.count > 300)
        for function in KernelFunction.all {
            #expect(KernelFunction(name: function.name) == function)
            #expect(function.since >= KernelVersion(5, 13))
            if let until = function.until { #expect(function.since < until) }
        }
        #expect(KernelFunction(name: "no_such_function") == nil)
        #expect("\(KernelFunction.all[0])" == KernelFunction.all[0].name)
    }

    @Test func `an iterator has three functions for one structure`() {
        let parts = KernelFunction.all.compactMap(\.iterator)
        let structures = Set(parts.map(\.structure))
        #expect(parts.count == 3 * structures.count)
        #expect(structures.contains("bpf_iter_num") && structures.contains("bpf_iter_scx_dsq"))
        let flags: KernelFunction.Flags = [.iteratorNew, .iteratorNext, .iteratorDestroy]
        for function in KernelFunction.all {
            #expect((function.iterator == nil) == function.flags.isDisjoint(with: flags))
            guard function.iterator?.step == .next else { continue }
            #expect(function.flags.contains(.mayReturnNull))
        }
    }

    @Test func `every role is some function's`() {
        let roles = Set(KernelFunction.all.compactMap(\.role))
        #expect(roles == Set(KernelFunction.Role.allCases))
        // Before Linux 7.0, names tell what a macro hides.
        for function in KernelFunction.all where function.name.hasSuffix("_impl") {
            guard let newer = KernelFunction(name: String(function.name.dropLast(5))) else {
                continue
            }
            #expect(newer.role == function.role)
        }
    }

    @Test func `flags go together`() {
        for function in KernelFunction.all {
            let flags = function.flags
            #expect(!flags.isSuperset(of: [.takesTrustedArguments, .requiresRCU]))
            if flags.contains(.arenaResult) { #expect(flags.contains(.maySleep)) }
            #expect(
                function.trustsArguments
                    == (flags.contains(.takesTrustedArguments) || flags.contains(.releases)))
        }
        #expect(KernelFunction(name: "bpf_task_release")?.trustsArguments == true)
        #expect(KernelFunction(name: "bpf_task_acquire")?.trustsArguments == false)
        #expect(KernelFunction(name: "bpf_task_acquire")?.refusesNull == true)
        #expect(KernelFunction(name: "bpf_xdp_ct_alloc")?.refusesNull == false)
    }

    @Test(arguments: [
        ("bpf_rcu_read_lock", ProgramType.socketMessage, nil, true),
        ("bpf_task_acquire", .socketFilter, nil, false), ("bpf_task_acquire", .xdp, nil, true),
        ("bpf_task_acquire", .programExtension, nil, true),
        ("bpf_task_acquire", .unspecified, nil, false),
        ("bpf_sock_destroy", .tracing, nil, true),
        ("bpf_sock_destroy", .tracing, AttachType.traceIterator, true),
        ("bpf_sock_destroy", .tracing, .traceRawTracepoint, false),
        ("bpf_sock_destroy", .lsm, nil, false), ("bpf_get_file_xattr", .lsm, nil, true),
        ("bpf_get_file_xattr", .tracing, nil, false), ("bpf_session_cookie", .kprobe, nil, true),
        ("bpf_session_cookie", .kprobe, .traceUprobeSession, true),
        ("bpf_session_cookie", .kprobe, .traceKprobeMulti, false),
        ("bpf_xdp_metadata_rx_hash", .xdp, nil, false),
    ])
    func `who may call what`(
        _ name: String, _ type: ProgramType, _ place: AttachType?, _ expected: Bool
    ) throws {
        let function = try #require(KernelFunction(name: name))
        #expect(type.mayCall(function, attachedAt: place) == expected)
    }

    @Test func `some need more than a type`() throws {
        let metadata = try #require(KernelFunction(name: "bpf_xdp_metadata_rx_hash"))
        #expect(ProgramType.xdp.mayCall(metadata, isDeviceBound: true))
        #expect(!ProgramType.schedulerClassifier.mayCall(metadata, isDeviceBound: true))
        let drop = try #require(KernelFunction(name: "bpf_qdisc_skb_drop"))
        #expect(ProgramType.structOperations.mayCall(drop))
        #expect(ProgramType.structOperations.mayCall(drop, implementing: "Qdisc_ops"))
        #expect(!ProgramType.structOperations.mayCall(drop, implementing: "tcp_congestion_ops"))
    }

    @Test func `functions come and go`() throws {
        let old = try #require(KernelFunction(name: "cgroup_rstat_flush"))
        #expect(old.exists(in: KernelVersion(6, 15)) && !old.exists(in: KernelVersion(6, 16)))
        let new = try #require(KernelFunction(name: "bpf_dynptr_from_file"))
        #expect(!new.exists(in: .vocabulary) && new.exists(in: KernelVersion(6, 19)))
    }

    @Test(arguments: [
        ("buffer__szk", KernelFunction.ParameterMark.constantSize), ("dst__sz", .size),
        ("btf_id__k", .constant), ("meta__ign", .ignored), ("ptr__uninit", .uninitialized),
        ("p__alloc", .allocated), ("p__refcounted_kptr", .referenceCounted),
        ("task__nullable", .nullable), ("buffer__opt", .optional), ("name__str", .string),
        ("p__map", .map), ("m__const_map", .constantMap), ("aux__prog", .program),
        ("flags__irq_flag", .interruptFlags), ("rdonly_buf_size", .readableResultSize),
        ("rdwr_buf_size", .writableResultSize), ("size", nil), ("__sz", nil), ("__k", nil),
        ("my_rdwr_buf_size", nil), ("", nil),
    ])
    func `names of parameters tell what they are`(
        _ name: String, _ mark: KernelFunction.ParameterMark?
    ) {
        #expect(KernelFunction.ParameterMark(parameter: name) == mark)
    }
}
