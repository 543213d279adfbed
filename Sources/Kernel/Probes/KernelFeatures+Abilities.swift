import EBPFBytecode

/// Things that a kernel can do or not besides kinds of programs and maps.
public enum KernelAbility: String, CaseIterable, Sendable {
    /// `if r1 < r2` (instruction set v2, Linux 4.14).
    case instructionsV2 = "instructions v2"
    /// Branches on 32 bits (v3, Linux 5.1).
    case instructionsV3 = "instructions v3"
    /// Sign extension, `bswap`, signed division, `gotol` (v4, Linux 6.6).
    case instructionsV4 = "instructions v4"
    /// Atomic operations that return what was there (Linux 5.12).
    case atomicFetch = "atomic fetch, exchange and compare"
    /// Loads that acquire, stores that release (Linux 6.15).
    case orderedAccess = "load-acquire and store-release"
    /// `may_goto` (Linux 6.9).
    case mayGoto = "may_goto"
    /// More than 4,096 instructions (Linux 5.2).
    case largePrograms = "large programs"
    /// Branches backwards (Linux 5.3).
    case boundedLoops = "bounded loops"
    /// Calls of functions of the program (Linux 4.16).
    case subprograms = "calls of subprograms"
    /// Addresses of values in arrays, as global variables need (Linux 5.2).
    case globalData = "global data"
    /// `bpf_probe_read_kernel` and `…_user` (Linux 5.5).
    case splitProbeReads = "probe_read_kernel and probe_read_user"
    /// Numbers that a program finds at its place (`bpf_get_attach_cookie`, Linux 5.15).
    case cookies = "attach cookies"
    /// Programs that may sleep (Linux 5.10).
    case sleepablePrograms = "sleepable programs"
    /// Packets in fragments (`BPF_F_XDP_HAS_FRAGS`, Linux 5.18).
    case fragments = "XDP fragments"
    /// Names of programs and maps (Linux 4.15).
    case objectNames = "names of objects"
    /// Memory is charged to control groups, not to `RLIMIT_MEMLOCK` (Linux 5.11).
    case groupMemory = "memory by control groups"
    /// Counting of runs as long as a process asks (`BPF_ENABLE_STATS`, Linux 5.8).
    case runStatistics = "run statistics"
    /// Many elements of a map at once (Linux 5.6).
    case mapBatches = "map batches"
    /// Tokens for user namespaces (`BPF_TOKEN_CREATE`, Linux 6.9).
    case tokens = "tokens"
    /// Output of programs to streams of their own (Linux 6.17).
    case programStreams = "program streams"
    /// Maps that programs use without naming them (`BPF_PROG_BIND_MAP`, Linux 5.10).
    case bindMap = "binding maps to programs"
}

extension KernelFeatures {
    /// Whether the kernel can do something.
    public func ability(_ ability: KernelAbility) -> FeatureAnswer {
        cached("ability \(ability.rawValue)") { probe(ability) }
    }

    private func probe(_ ability: KernelAbility) -> FeatureAnswer {
        if let instructions = ProbeCode.instructions(for: ability) {
            return answer(
                loading: ProbeProgram(type: .socketFilter, instructions), .socketFilter)
        }
        switch ability {
        case .globalData: return globalData()
        case .splitProbeReads: return helper(.probeReadKernel, in: .kprobe)
        case .cookies: return helper(.getAttachCookie, in: .tracepoint)
        case .groupMemory: return helper(.ktimeGetCoarseNs, in: .socketFilter)
        case .sleepablePrograms: return programType(.syscall)
        case .fragments:
            var program = ProbeProgram(type: .xdp, [.move(0, 2), .exit])
            program.attributes.flags = 1 << 5
            return answer(loading: program, .xdp)
        case .objectNames:
            var program = ProbeProgram(type: .socketFilter, [.move(0, 0), .exit])
            program.attributes.name = ObjectName("probe")
            return answer(loading: program, .socketFilter)
        case .tokens, .programStreams, .mapBatches, .bindMap, .runStatistics:
            return command(ability)
        default: return .no
        }
    }

    /// Commands of bpf(2) on descriptors that are none: those that exist say so.
    private func command(_ ability: KernelAbility) -> FeatureAnswer {
        FeatureAnswer(
            attempting: .inspection, on: system, expecting: [.badDescriptor]
        ) { () throws(KernelErrno) in
            switch ability {
            case .tokens:
                var attributes = TokenCreateAttributes()
                attributes.fileSystem = .max
                try system.bpf(.tokenCreate, &attributes)
            case .programStreams:
                var attributes = ProgramStreamAttributes()
                (attributes.program, attributes.stream) = (.max, 1)
                try system.bpf(.programStreamRead, &attributes)
            case .mapBatches:
                var attributes = MapBatchAttributes()
                attributes.map = .max
                try system.bpf(.mapLookupBatch, &attributes)
            case .bindMap:
                var attributes = ProgramBindMapAttributes()
                (attributes.program, attributes.map) = (.max, .max)
                try system.bpf(.programBindMap, &attributes)
            default:
                var attributes = EnableStatisticsAttributes()
                _ = try system.openBPF(.enableStatistics, &attributes)
            }
        }
    }

    private func globalData() -> FeatureAnswer {
        FeatureAnswer(attempting: .load(.socketFilter), on: system, expecting: []) {
            () throws(KernelErrno) in
            var attributes = MapCreateAttributes()
            attributes.type = MapType.array.rawValue
            (attributes.keySize, attributes.valueSize, attributes.maxEntries) = (4, 8, 1)
            let map = try system.openBPF(.mapCreate, &attributes)
            let load = EncodedInstruction(
                opcode: 0x18, destination: 1, source: 2, immediate: map.number)
            let code = [load, EncodedInstruction(opcode: 0), .move(0, 0), .exit]
            _ = try ProbeProgram(type: .socketFilter, code).load(system)
            _ = consume map
        }
    }
}

/// Instructions that only some kernels take.
private enum ProbeCode {
    static func instructions(for ability: KernelAbility) -> [EncodedInstruction]? {
        let exit: [EncodedInstruction] = [.move(0, 0), .exit]
        func code(
            _ opcode: UInt8, _ destination: UInt8 = 0, _ source: UInt8 = 0,
            offset: Int16 = 0, immediate: Int32 = 0
        ) -> EncodedInstruction {
            EncodedInstruction(
                opcode: opcode, destination: destination, source: source, offset: offset,
                immediate: immediate)
        }
        let store = code(0x7a, 10, offset: -8)
        switch ability {
        case .instructionsV2:
            return [.move(0, 0), code(0xa5, offset: 1, immediate: 1), .exit, .exit]
        case .instructionsV3:
            return [.move(0, 0), code(0xa6, offset: 1, immediate: 1), .exit, .exit]
        case .instructionsV4:
            // r0 = (s8)r0; bswap16 r0; gotol +0
            return [
                .move(0, 0), code(0xbf, offset: 8), code(0xd7, immediate: 16), code(0x06), .exit,
            ]
        case .atomicFetch:
            return [.move(1, 0), store, code(0xdb, 10, 1, offset: -8, immediate: 1)] + exit
        case .orderedAccess: return [store, code(0xdb, 1, 10, offset: -8, immediate: 0x100)] + exit
        case .mayGoto: return [.move(0, 0), code(0xe5, offset: 1)] + exit
        case .largePrograms:
            return [EncodedInstruction](repeating: .move(0, 0), count: 4096) + [.exit]
        case .boundedLoops:
            return [.move(0, 10), code(0x07, immediate: -1), code(0x55, offset: -2), .exit]
        case .subprograms:
            return [code(0x85, 0, 1, immediate: 1), .exit, .move(0, 0), .exit]
        default: return nil
        }
    }
}
