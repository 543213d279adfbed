import EBPFBytecode
import EBPFTypeFormat

/// What a program of a kind must be attached to for the kernel to look at it: without a valid
/// target, it refuses typed programs for reasons that say nothing about the kind.
struct ProbeTarget {
    var attachType: AttachType?
    /// The target's number among the kernel's types.
    var type: TypeID?
    var flags: UInt32 = 0
    /// What the program returns: some kinds may not return 0, others nothing else.
    var result: Int32 = 0

    /// A target for a kind of program; `nil` if the kernel shows no types and the kind needs them.
    init?(_ type: ProgramType, at place: AttachType? = nil, types: () -> BTF?) {
        attachType = place ?? Self.usualPlace[type]
        if Self.returnsOne.contains(type) { result = 1 }
        switch type {
        case .syscall: flags = Self.sleepable
        case .tracing, .lsm, .structOperations:
            guard let types = types(), let found = Self.target(type, attachType, types)
            else { return nil }
            self.type = found.type
            if let member = found.member { attachType = member }
        default: break
        }
    }

    private static let sleepable: UInt32 = 1 << 4

    /// Where programs are attached whose place the kernel wants to know when it loads them.
    private static let usualPlace: [ProgramType: AttachType] = [
        .cgroupSocketAddress: .cgroupInet4Connect, .cgroupSocketOption: .cgroupGetSocketOption,
        .socketLookup: .socketLookup, .netfilter: .netfilter, .tracing: .traceRawTracepoint,
        .lsm: .lsmMAC, .socketReusePort: .socketReusePortSelect,
        .cgroupSocket: .cgroupInetSocketCreate, .cgroupSysctl: .cgroupSysctl,
        .cgroupDevice: .cgroupDevice,
    ]

    private static let returnsOne: Set<ProgramType> = [
        .cgroupSKB, .cgroupSocket, .cgroupSocketAddress, .cgroupDevice, .cgroupSysctl,
        .cgroupSocketOption,
    ]

    /// Something of the kernel's types that every kernel has which knows the kind.
    private static func target(
        _ type: ProgramType, _ place: AttachType?, _ types: BTF
    ) -> (type: TypeID, member: AttachType?)? {
        func named(_ name: String, _ kind: TypeKind) -> (TypeID, AttachType?)? {
            types.first(named: name, kind: kind).map { ($0, nil) }
        }
        switch (type, place) {
        case (.lsm, _): return named("bpf_lsm_file_open", .function)
        case (.structOperations, _):
            // The place is the number of the structure's member, here `ssthresh`.
            guard let id = types.first(named: "tcp_congestion_ops", kind: .structure),
                let members = try? types.members(of: id),
                let index = members.firstIndex(where: { $0.name == "ssthresh" })
            else { return nil }
            return (id, AttachType(rawValue: UInt32(index)))
        case (_, .traceIterator): return named("bpf_iter_task", .function)
        case (_, .modifyReturn): return named("security_file_open", .function)
        case (_, .traceRawTracepoint): return named("btf_trace_sys_enter", .alias)
        default: return named("kernel_clone", .function)
        }
    }
}

extension ProbeProgram {
    /// A program of a kind with a valid target; `nil` if no target can be found.
    init?(
        _ type: ProgramType, at place: AttachType? = nil, types: () -> BTF?,
        _ instructions: [EncodedInstruction]? = nil
    ) {
        guard let target = ProbeTarget(type, at: place, types: types) else { return nil }
        self.init(
            type: type, attachType: target.attachType,
            instructions ?? [.move(0, target.result), .exit])
        attributes.attachType = target.type?.rawValue ?? 0
        attributes.flags = target.flags
    }
}
