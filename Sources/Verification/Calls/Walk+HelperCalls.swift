import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What is learnt about a call from its arguments.
struct CallFacts {
    /// The map that is an argument.
    var map: Int?
    /// Which of the maps of a map of maps it is.
    var mapIdentity: UInt32 = 0
    /// The greatest value of the size argument.
    var greatestSize: UInt64?
    /// The size of the memory that comes back.
    var resultSize: UInt64 = 0
    /// The key, if it is known.
    var constantKey: UInt64?
    /// The reference of an argument.
    var reference: UInt32 = 0
    /// The register whose reference is given back.
    var released: Register?
    /// The function that is called back.
    var callback: Int?
    /// Memory that the call writes whatever was there.
    var written: (register: Register, size: Int)?
    /// The dynptr that is an argument.
    var dynptr: RegisterState?
    /// The type of a per-CPU variable, or of a kernel pointer's field.
    var structure: RegisterState?
    /// The field of a map's value that holds a kernel pointer.
    var kernelPointer: SpecialRecord.Field?
    /// Dynptrs that the call makes.
    var newDynptr: (register: Register, kind: RegisterState.DynptrKind)?
}

extension Walk {
    mutating func callHelper(_ number: Int32) throws(Fault) -> Continuation {
        guard let helper = Helper(number: UInt32(bitPattern: number)) else {
            throw Fault(
                .missingInKernel,
                CORERelocator.relocation(ofUnknownFunction: number) == nil
                    ? "there is no helper \(number)"
                    : "something that this kernel does not have is used here")
        }
        try checkAvailability(helper)
        let parameters = helper.parameters(in: subject.type)
        var facts = CallFacts()
        for (index, parameter) in parameters.enumerated() {
            try check(
                parameter, Register.arguments[index],
                after: index > 0 ? parameters[index - 1] : nil, helper, &facts)
        }
        try checkMapUse(helper, facts)
        try checkSpecially(helper, &facts)
        if let (register, size) = facts.written {
            try write(register, size)
        }
        if let (register, kind) = facts.newDynptr {
            try makeDynptr(register, kind, facts, helper)
        }
        if let register = facts.released { try release(register, helper, facts) }
        try callBack(helper, facts)
        for register in 0..<6 { state[register] = .uninitialized }
        try setResult(helper, facts)
        if helper.effects.contains(.movesPacket) { forgetPackets() }
        if helper.id == .tailCall, state.current > 0 { return try returnFromTailCall() }
        return .next
    }

    // MARK: May it be called?

    private func checkAvailability(_ helper: Helper) throws(Fault) {
        var name: String { "bpf_\(helper.name)()" }
        guard environment.mayCall(helper.id) else {
            throw Fault(
                .helperNotAllowed, "programs of type \(subject.type) cannot call \(name)")
        }
        let needed = subject.type.neededCapabilities(for: helper.id)
        guard privileges.capabilities.allow(needed) else {
            throw privileges.refusal(of: name, needing: needed)
        }
        guard !options.withheldHelpers.contains(helper.id), isBuiltIn(helper.id) else {
            throw Fault(.helperNotAllowed, "this kernel is set up to withhold \(name)")
        }
        if helper.requiresGPL, !subject.isGPL {
            throw Fault(.licenseRequired, "\(name) is for programs under the GPL")
        }
        if state.sections.locks > 0, helper.id != .spinUnlock {
            throw Fault(
                .callUnderLock, "\(name) cannot be called while a lock is held",
                suggestion: "release the lock before the call")
        }
        if helper.effects.contains(.mightSleep) {
            guard isSleepableNow else {
                throw Fault(.sleeping, "\(name) may sleep, and this program may not")
            }
            try requireSleepingAllowed(name)
        }
    }

    /// Inside sections nothing may sleep.
    func requireSleepingAllowed(_ name: String) throws(Fault) {
        let section: String
        if state.sections.rcu > 0 {
            section = "inside of an RCU section"
        } else if state.sections.preemption > 0 {
            section = "while preemption is off"
        } else if state.sections.interrupts != 0 {
            section = "while interrupts are off"
        } else {
            return
        }
        throw Fault(.sleeping, "\(name) may sleep, and is called \(section)")
    }

    /// Whether the kernel was built with what a helper needs (`CONFIG_BPF_KPROBE_OVERRIDE`): then
    /// its types name the helper's function.
    private func isBuiltIn(_ helper: HelperID) -> Bool {
        guard helper == .overrideReturn, let types = subject.kernelTypes else { return true }
        return types.first(named: "bpf_override_return", kind: .function) != nil
    }

    private func checkMapUse(_ helper: Helper, _ facts: CallFacts) throws(Fault) {
        guard let index = facts.map else { return }
        let map = subject.maps[index]
        guard MapCompatibility.allows(helper.id, on: map.type, in: subject.type) else {
            throw Fault(
                .mapType,
                "bpf_\(helper.name)() does not work on map \(map.name) of type \(map.type)")
        }
        switch helper.id {
        case .mapUpdateElem, .mapDeleteElem, .mapPushElem, .mapPopElem:
            if map.flags.contains(.readOnlyForPrograms) {
                throw Fault(.readOnly, "programs can only read map \(map.name)")
            }
        default: break
        }
    }

    private mutating func checkSpecially(
        _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        switch helper.id {
        case .tailCall:
            try requireNothingHeld("before a tail call, which may end the program")
            try requireIndex(facts)
            guardTailCall(facts)
            subject.functions[Int(state.frames[state.current].function)].hasTailCall = true
        case .getLocalStorage:
            guard state[2].isZero else {
                throw Fault(.argumentType, "the flags of bpf_get_local_storage() must be 0")
            }
        case .dynptrFromMem:
            guard state[1].kind == .mapValue else {
                throw Fault(
                    .dynptr,
                    "r1 is \(state[1].title); a dynptr can only be made from a map's value")
            }
        case .snprintf: try checkFormat()
        case .setRetval where subject.type == .lsm:
            if environment.target?.prototype.result == .void {
                throw Fault(.returnValue, "the hook returns nothing, so nothing can be set")
            }
        case .dynptrWrite:
            if facts.dynptr?.detail == RegisterState.DynptrKind.skb.rawValue { forgetPackets() }
        default: break
        }
    }

    /// A tail call to a known place of the array is compiled as a jump there: the place matters.
    private mutating func requireIndex(_ facts: CallFacts) throws(Fault) {
        guard let map = facts.map, let index = state[3].number.constant,
            index < UInt64(subject.maps[map].maxEntries)
        else { return }
        try requirePrecision(of: .r3)
    }

    // MARK: What the call changes

    private mutating func write(_ register: Register, _ size: Int) throws(Fault) {
        let pointer = state[Int(register.rawValue)]
        guard pointer.kind == .stack, pointer.number.isConstant else { return }
        let range = try stackRange(pointer, register, 0, size)
        try overwriteStack(Int(pointer.detail), range)
    }

    /// What is left of a pointer that means nothing any more: a number, for those who may see such.
    var useless: RegisterState { privileges.seesKernel ? .unknown : .uninitialized }

    /// Pointers into the packet mean nothing after it has moved.
    mutating func forgetPackets() {
        let nothing = useless
        state.forEachRegister { register in
            if register.isPacket || register.isOfPacketDynptr { register = nothing }
        }
    }

    private mutating func setResult(
        _ helper: Helper, _ facts: CallFacts
    ) throws(Fault) {
        let result = helper.result
        var value: RegisterState
        switch result.kind {
        case .integer: value = integerResult(helper, facts)
        case .nothing:
            state[0] = .uninitialized
            return
        case .mapValue: value = try mapValueResult(helper, facts)
        case .socket: value = .pointer(.socket)
        case .tcpSocket: value = .pointer(.tcpSocket)
        case .socketCommon: value = .pointer(.socketCommon)
        case .ringBufferRecord:
            value = .pointer(
                .memory, [.ringBuffer], detail: UInt32(clamping: facts.resultSize))
        case .dynptrMemory:
            value = .pointer(
                .memory,
                facts.dynptr?.traits.contains(.readOnlyDynptr) == true ? [.readOnly] : [],
                detail: UInt32(clamping: facts.resultSize))
            value.traits.insert(.ofDynptr)
            value.detail2 = facts.dynptr?.id ?? 0
        case .perCPUVariable: value = try perCPUResult(facts)
        case .structure(let name, let trusted):
            guard let type = typeQuestions.structure(named: name) else {
                throw Fault(.missingInKernel, "the kernel's types have no struct \(name)")
            }
            value = .pointer(.structure, trusted ? [.trusted] : [], detail: type.rawValue)
        case .kernelPointer: value = try exchangedPointer(facts)
        }
        var isNullable = result.isNullable
        if helper.id == .mapLookupElem, let index = facts.map, subject.maps[index].isArray,
            let key = facts.constantKey, key < UInt64(subject.maps[index].maxEntries)
        {
            isNullable = false
        }
        if value.isPointer, isNullable {
            value.traits.insert(.nullable)
            if value.id == 0 { value.id = newID() }
        }
        if helper.effects.contains(.passesReference) || helper.result.kind == .dynptrMemory {
            value.reference = facts.reference
        } else if acquires(helper, facts) {
            let id = acquire(.pointer)
            value.id = id
            value.reference = id
        }
        if value.kind == .mapValue, !value.isNullable, let index = facts.map,
            subject.maps[index].record.hasLock
        {
            value.id = newID()
        }
        state[0] = value
    }

    private func integerResult(_ helper: Helper, _ facts: CallFacts) -> RegisterState {
        switch helper.resultRange {
        case .anything: return .unknown
        case .processor:
            return .scalar(Scalar(through: UInt64(max(environment.cpuCount, 1) - 1)))
        case .errorOrLength:
            var number = Scalar.unknown
            if let size = facts.greatestSize {
                number.greatestSigned = Int64(clamping: size)
                number.greatestSignedWord = Int32(truncatingIfNeeded: size)
                number.leastSigned = -4095
                number.leastSignedWord = -4095
                number.tighten()
            }
            return .scalar(number)
        }
    }

    private func mapValueResult(
        _ helper: Helper, _ facts: CallFacts
    ) throws(Fault) -> RegisterState {
        guard let map = facts.map else {
            throw Fault(.argumentType, "no argument of bpf_\(helper.name)() is a map")
        }
        // What a map of sockets, of maps or of AF_XDP sockets gives shows once it is not null.
        var value = RegisterState.pointer(.mapValue, detail: UInt32(map))
        value.detail2 = facts.mapIdentity
        return value
    }

    private func perCPUResult(_ facts: CallFacts) throws(Fault) -> RegisterState {
        guard let variable = facts.structure else { return .unknown }
        if variable.detail2 == RegisterState.TypeSource.program {
            return .pointer(
                .structure, [.allocated, .rcu], detail: variable.detail, detail2: variable.detail2)
        }
        let id = TypeID(variable.detail)
        guard let types = typeQuestions.kernel?.types,
            let type = typeQuestions.knowledge?.shape(of: id)
        else {
            return .unknown
        }
        switch type {
        case .structure, .union:
            return .pointer(.structure, [], detail: id.rawValue)
        default:
            let size = (try? types.size(of: id)) ?? 0
            return .pointer(.memory, [.readOnly], detail: UInt32(clamping: size))
        }
    }

    private func exchangedPointer(_ facts: CallFacts) throws(Fault) -> RegisterState {
        guard let field = facts.kernelPointer else { return .unknown }
        var traits: RegisterState.Traits = [.trusted]
        if field.isProgramType {
            traits = field.kind == .kernelPointer(.perCPU) ? [.allocated, .perCPU] : [.allocated]
        }
        return .pointer(
            .structure, traits, detail: field.targetType?.rawValue ?? 0,
            detail2: field.isProgramType
                ? RegisterState.TypeSource.program : RegisterState.TypeSource.kernel)
    }

    // MARK: References

    private func acquires(_ helper: Helper, _ facts: CallFacts) -> Bool {
        if helper.id == .mapLookupElem, let index = facts.map {
            return subject.maps[index].type == .socketMap || subject.maps[index].type == .socketHash
        }
        return helper.effects.contains(.acquires) || helper.id == .kptrXchg
    }

    /// Notes that something is held from here on.
    mutating func acquire(_ kind: Reference.Kind, owner: UInt64 = 0) -> UInt32 {
        let id = newID()
        state.references.append(
            Reference(kind: kind, id: id, slot: Int32(slot), owner: owner))
        return id
    }

    private mutating func release(
        _ register: Register, _ helper: Helper, _ facts: CallFacts
    ) throws(Fault) {
        let value = state[Int(register.rawValue)]
        if value.kind == .stack || value.kind == .dynptr {
            return try releaseDynptr(register)
        }
        if value.isZero { return }
        if helper.id == .kptrXchg { return releaseIntoMap(value) }
        guard giveBack(value.reference) else {
            throw Fault(
                .notAcquired, "\(register) is nothing that was acquired, or is given back twice"
            )
        }
    }

    /// What was held is no longer; pointers to it become useless.
    mutating func giveBack(_ reference: UInt32) -> Bool {
        guard reference != 0,
            let index = state.references.firstIndex(where: {
                $0.kind == .pointer && $0.id == reference
            })
        else { return false }
        state.references.remove(at: index)
        let nothing = useless
        state.forEachRegister { if $0.reference == reference { $0 = nothing } }
        return true
    }

    /// The object now belongs to the map; inside of an RCU section it can still be looked at.
    private mutating func releaseIntoMap(_ value: RegisterState) {
        let reference = value.reference
        let isReadable = isInReadSection
        let nothing = useless
        state.references.removeAll { $0.kind == .pointer && $0.id == reference }
        let perCPU = value.traits.contains(.perCPU)
        state.forEachRegister {
            guard $0.reference == reference else { return }
            if perCPU || isReadable {
                $0.reference = 0
                $0.traits.remove(.allocated)
                $0.traits.remove(.trusted)
                $0.traits.insert(.rcu)
            } else {
                $0 = nothing
            }
        }
    }
}

extension RegisterState {
    /// Whether it points into memory that a dynptr of a packet gave.
    var isOfPacketDynptr: Bool {
        kind == .memory && traits.contains(.ofDynptr) && traits.contains(.firstSlot)
    }
}
