import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// The context, and what is reached from it: sockets and structures of the kernel.
extension Walk {
    mutating func accessContext(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        guard pointer.offset == 0 || subject.type == .syscall else {
            throw Fault(
                .modifiedContext,
                "\(register) is the context moved by \(pointer.offset) bytes; members are only "
                    + "read through the pointer as it came",
                suggestion: "keep the context in a register of its own, and read members of it")
        }
        guard pointer.number.isConstant, subject.type == .syscall || pointer.number.bits.value == 0
        else {
            throw Fault(
                .modifiedContext,
                "\(register) is the context at an offset that is not constant")
        }
        let offset = Int(displacement) + Int(pointer.offset)
        try checkStored(value, "in the context")
        if let arguments = environment.arguments {
            return try accessArguments(arguments, offset, size, purpose)
        }
        guard
            let row = environment.contextRows.first(where: {
                $0.allows(offset: offset, size: size, isWrite: purpose == .write)
            })
        else { throw contextFault(offset, size, purpose) }
        if subject.type == .cgroupSKB, !privileges.isTrusted {
            let isPacket = row.value == .packet || row.value == .packetEnd
            if isPacket || (purpose == .write && row.field == "tstamp") {
                throw privileges.refusal(
                    of: "the member \(row.field) of the context", needing: .bpf)
            }
        }
        guard purpose == .read else { return .unknown }
        return try contextValue(row.value, size)
    }

    private func contextFault(_ offset: Int, _ size: Int, _ purpose: Purpose) -> Fault {
        let verb = purpose == .read ? "read" : "written"
        let member = environment.contextRows.first {
            !$0.field.isEmpty && $0.offset <= offset && offset < $0.offset + $0.size
        }
        if let member {
            return Fault(
                .contextAccess,
                "\(size) bytes at \(offset), in the member \(member.field), cannot be \(verb) so "
                    + "by programs of type \(subject.type)")
        }
        return Fault(
            .contextAccess,
            "\(size) bytes at \(offset) of the context cannot be \(verb) by programs of type "
                + "\(subject.type)")
    }

    private mutating func contextValue(
        _ value: ContextAccess.Value, _ size: Int
    ) throws(Fault) -> RegisterState {
        switch value {
        case .number: return .unknown
        case .packet: return .pointer(.packet)
        case .packetEnd: return .pointer(.packetEnd)
        case .packetMetadata: return .pointer(.packetMetadata)
        case .socket: return .pointer(.socket)
        case .socketOrNull: return nullablePointer(.socket)
        case .socketCommonOrNull: return nullablePointer(.socketCommon)
        case .flowKeys: return .pointer(.flowKeys)
        case .tracepointBuffer: return .pointer(.tracepointBuffer)
        case .structure(let name):
            guard let type = typeQuestions.structure(named: name) else {
                throw Fault(.missingInKernel, "the kernel's types have no struct \(name)")
            }
            return .pointer(.structure, [.trusted], detail: type.rawValue)
        }
    }

    private mutating func nullablePointer(_ kind: RegisterState.Kind) -> RegisterState {
        var pointer = RegisterState.pointer(kind, [.nullable])
        pointer.id = newID()
        return pointer
    }

    private mutating func accessArguments(
        _ arguments: BTFContext, _ offset: Int, _ size: Int, _ purpose: Purpose
    ) throws(Fault) -> RegisterState {
        do throws(TypeFault) {
            guard purpose == .read else {
                try arguments.store(at: offset, size: size)
                return .unknown
            }
            switch try arguments.load(at: offset, size: size) {
            case .number(let range):
                return range.map { .scalar(Scalar(signed: $0)) } ?? .unknown
            case .buffer(let traits):
                return marked(.pointer(.buffer, .init(traits)))
            case .pointer(let type, let traits):
                var pointer = RegisterState.pointer(
                    .structure, .init(traits), detail: type.rawValue)
                if traits.contains(.acquired) {
                    pointer.reference = argumentReference(at: offset)
                    pointer.id = pointer.reference
                    if pointer.reference == 0 { return .unknown }
                }
                return marked(pointer)
            }
        } catch {
            throw Fault(error)
        }
    }

    /// The reference that the argument at an offset brought, if it has not been given back.
    private func argumentReference(at offset: Int) -> UInt32 {
        guard let id = argumentReferences[offset],
            state.references.contains(where: { $0.id == id })
        else { return 0 }
        return id
    }

    private mutating func marked(_ pointer: RegisterState) -> RegisterState {
        var pointer = pointer
        if pointer.isNullable, pointer.id == 0 { pointer.id = newID() }
        return pointer
    }

    // MARK: Sockets

    mutating func readSocket(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int
    ) throws(Fault) -> RegisterState {
        guard pointer.number.isConstant, pointer.number.leastSigned >= 0 else {
            throw Fault(.unbounded, "\(register) is \(pointer.title) at an unknown offset")
        }
        let offset = Int(displacement) + Int(pointer.offset)
        let view: ContextAccess.SocketView =
            switch pointer.kind {
            case .tcpSocket: .tcp
            case .xdpSocket: .xdp
            case .socketCommon: .common
            default: .full
            }
        guard
            ContextAccess.members(of: view).contains(where: {
                $0.allows(offset: offset, size: size, isWrite: false)
            })
        else {
            throw Fault(
                .contextAccess, "\(pointer.title) has no member of \(size) bytes at \(offset)")
        }
        return .unknown
    }

    // MARK: Structures

    mutating func accessStructure(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        let isOwn = pointer.detail2 == RegisterState.TypeSource.program
        try requireSight(of: pointer.title)
        if !isOwn, !subject.isGPL {
            throw Fault(
                .licenseRequired,
                "structures of the kernel can only be read by programs under the GPL")
        }
        guard pointer.number.isConstant, pointer.number.bits.value == 0 else {
            throw Fault(
                .unbounded, "\(register) is \(pointer.title) with an offset that is not constant")
        }
        if pointer.traits.contains(.user) {
            throw Fault(
                .invalidPointer, "\(register) points into user space",
                suggestion: "read it with bpf_probe_read_user()")
        }
        if pointer.traits.contains(.perCPU) {
            throw Fault(
                .invalidPointer, "\(register) is an offset into the memory of each CPU",
                suggestion: "ask bpf_per_cpu_ptr() or bpf_this_cpu_ptr() for a pointer")
        }
        let type = TypeID(pointer.detail)
        let offset = Int(displacement) + Int(pointer.offset)
        if pointer.traits.contains(.allocated), purpose == .write || isOwn {
            try protectSpecialFields(pointer, type, offset, size)
        }
        do throws(TypeFault) {
            if purpose == .write {
                let members = typeQuestions.writableMembers(subject.type, environment)
                try isOwn
                    ? typeQuestions.program?.store(
                        to: type, through: pointer.pointerTraits, at: offset, size: size,
                        allowed: members)
                    : typeQuestions.kernel?.store(
                        to: type, through: pointer.pointerTraits, at: offset, size: size,
                        allowed: members)
                return .unknown
            }
            let isInReadSection = isInReadSection
            let answer =
                isOwn
                ? try typeQuestions.program?.load(
                    from: type, through: pointer.pointerTraits, at: offset, size: size,
                    inReadSection: isInReadSection)
                : try typeQuestions.kernel?.load(
                    from: type, through: pointer.pointerTraits, at: offset, size: size,
                    inReadSection: isInReadSection)
            switch answer {
            case .number, nil: return .unknown
            case .untrustedMemory:
                return .pointer(.memory, [.readOnly, .untrusted])
            case .pointer(let target, let traits):
                return marked(.pointer(.structure, .init(traits), detail: target.rawValue))
            }
        } catch {
            throw Fault(error)
        }
    }

    /// Whether RCU protects what is read: in an explicit section, or always where nothing sleeps.
    var isInReadSection: Bool { state.sections.rcu > 0 || !isSleepableNow }

    /// Whether what runs now may sleep at all.
    var isSleepableNow: Bool {
        state.isAsynchronous ? state.isSleepableCallback : subject.isSleepable
    }

    private mutating func protectSpecialFields(
        _ pointer: RegisterState, _ type: TypeID, _ offset: Int, _ size: Int
    ) throws(Fault) {
        guard let record = recordOfProgramType(type, pointer.detail2),
            let field = record.field(touchedBy: offset..<offset + size)
        else { return }
        throw Fault(
            .specialField,
            "the access touches \(field.kind.title) of the object, which only its own functions "
                + "may touch")
    }

    /// The special parts of an object, if its type is the program's own.
    mutating func recordOfProgramType(_ type: TypeID, _ source: UInt32) -> SpecialRecord? {
        source == RegisterState.TypeSource.program ? typeQuestions.record(of: type) : nil
    }

    /// A pointer to the kernel's object that a map's value holds.
    mutating func accessKernelPointer(
        _ field: SpecialRecord.Field, _ pointer: RegisterState, _ register: Register,
        _ displacement: Int64, _ size: Int, _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        guard case .kernelPointer(let ownership) = field.kind else { return .unknown }
        let offset = Int(displacement) + Int(pointer.offset) + Int(pointer.number.leastSigned)
        guard size == 8, pointer.number.isConstant, offset == field.offset else {
            throw Fault(
                .kernelPointerField,
                "a kernel pointer in a map can only be read and written whole, at a known place")
        }
        guard purpose == .read else {
            guard ownership == .untrusted else {
                throw Fault(
                    .kernelPointerField,
                    "a pointer that holds a reference is exchanged, not written",
                    suggestion: "use bpf_kptr_xchg()")
            }
            try checkStored(value?.state, in: field)
            return .unknown
        }
        if ownership == .user {
            let size = (try? subject.types?.size(of: field.targetType ?? .void)) ?? 0
            return marked(.pointer(.memory, [.nullable], detail: UInt32(clamping: size)))
        }
        var traits: RegisterState.Traits = [.nullable]
        switch ownership {
        case .untrusted: traits.insert(.untrusted)
        case .counted, .perCPU:
            traits.insert(isInReadSection && isSafeUnderRCU(field) ? .rcu : .untrusted)
            if ownership == .perCPU { traits.insert(.perCPU) }
        case .user: break
        }
        if field.isProgramType, !traits.contains(.untrusted) { traits.insert(.allocated) }
        return marked(
            .pointer(
                .structure, traits, detail: field.targetType?.rawValue ?? 0,
                detail2: field.isProgramType
                    ? RegisterState.TypeSource.program : RegisterState.TypeSource.kernel))
    }

    /// Only null, or a pointer of the field's type, is written to a kernel pointer.
    private mutating func checkStored(
        _ value: RegisterState?, in field: SpecialRecord.Field
    ) throws(Fault) {
        guard let value, !value.isZero else { return }
        let isMatching =
            value.kind == .structure && value.number.bits == TristateNumber(0)
            && value.traits.isDisjoint(with: [.user, .perCPU])
            && typeQuestions.kernel?.matches(
                TypeID(value.detail), at: Int(value.offset), field.targetType ?? .void,
                exactly: false) ?? false
        guard isMatching, value.reference == 0 || value.offset == 0 else {
            throw Fault(
                .kernelPointerField,
                "\(describe(value)) is written where the map holds a pointer to a struct "
                    + field.target)
        }
    }

    /// Whether the kernel frees such objects only after a grace period.
    private func isSafeUnderRCU(_ field: SpecialRecord.Field) -> Bool {
        if field.isProgramType { return true }
        return [
            "task_struct", "cgroup", "bpf_cpumask", "cpumask", "prog_test_ref_kfunc",
            "prog_test_member", "bpf_crypto_ctx",
        ].contains(field.target)
    }

    /// Members of a map itself (`struct bpf_map`).
    mutating func readMapStructure(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int
    ) throws(Fault) -> RegisterState {
        try requireSight(of: pointer.title)
        let kind = subject.maps[Int(pointer.detail)].type
        guard
            let type = typeQuestions.structure(named: kind.kernelStructure)
                ?? typeQuestions.structure(named: "bpf_map")
        else { return .unknown }
        let offset = Int(displacement) + Int(pointer.offset)
        guard offset >= 0, pointer.number.isConstant else {
            throw Fault(.outOfBounds, "\(register) may point before the map")
        }
        do throws(TypeFault) {
            let answer = try typeQuestions.kernel?.load(
                from: type, through: [.trusted], at: offset, size: size, inReadSection: true)
            if case .pointer(let target, _)? = answer {
                return .pointer(.structure, [.untrusted], detail: target.rawValue)
            }
            return .unknown
        } catch {
            throw Fault(error)
        }
    }

    // MARK: Loads in the old manner

    mutating func loadPacket(_ size: MemorySize, _ offset: PacketOffset) throws(Fault) {
        switch subject.type {
        case .socketFilter, .schedulerClassifier, .schedulerAction: break
        default:
            throw Fault(
                .invalidInstruction,
                "programs of type \(subject.type) cannot load from the packet in the old manner")
        }
        let context = try readable(.r6)
        guard context.kind == .context, context.isPointerWithoutOffset else {
            throw Fault(
                .argumentType, "r6 must hold the context for loads from the packet")
        }
        if case .indirect(let register, _) = offset { _ = try readable(register) }
        try requireNothingHeld("before a load from the packet, which may end the program")
        for register in 0..<6 { state[register] = .uninitialized }
        state[0] = .unknown
        // Where the packet ends before, the function returns 0 at once.
        let frame = state.frames[state.current]
        if state.current > 0, frame.callback == .none {
            var early = state
            early.pop()
            early[0] = .constant(0)
            try putAside(early, at: Int(frame.callSlot) + 1)
        }
    }

    // MARK: may_goto

    /// The way out first; the way on is put aside.
    mutating func mayJump() throws(Fault) -> Continuation {
        noteBranch(taken: true, passed: true)
        var on = state
        on.mayGotoDepth += 1
        if let earlier = earlierState(
            at: slot, of: state,
            from: state.parent >= 0 ? explored.notes[Int(state.parent)].parent : -1)
        {
            widen(&on, since: earlier)
        }
        try putAside(on, at: Int(flow.slots[slot].next))
        return .slot(Int(flow.slots[slot].branch))
    }
}

extension MapType {
    /// The kernel's own structure of a map.
    fileprivate var kernelStructure: String {
        switch self {
        case .array, .perCPUArray, .programArray, .perfEventArray, .cgroupArray, .arrayOfMaps:
            "bpf_array"
        case .hash, .perCPUHash, .lruHash, .lruPerCPUHash, .hashOfMaps: "bpf_htab"
        case .stackTrace: "bpf_stack_map"
        case .longestPrefixMatchTrie: "lpm_trie"
        case .deviceMap, .deviceMapHash: "bpf_dtab"
        case .socketMap: "bpf_stab"
        case .socketHash: "bpf_shtab"
        case .cpuMap: "bpf_cpu_map"
        case .xskMap: "xsk_map"
        case .cgroupStorageDeprecated, .perCPUCgroupStorageDeprecated: "bpf_cgroup_storage_map"
        case .reusePortSocketArray: "reuseport_array"
        case .queue, .stack: "bpf_queue_stack"
        case .socketStorage, .inodeStorage, .taskStorage, .cgroupStorage: "bpf_local_storage_map"
        case .ringBuffer, .userRingBuffer: "bpf_ringbuf_map"
        case .bloomFilter: "bpf_bloom_filter"
        case .structOperations: "bpf_struct_ops_map"
        case .arena: "bpf_arena"
        case .unspecified: "bpf_map"
        }
    }
}
