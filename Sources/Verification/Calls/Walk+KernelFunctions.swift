import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Calls of functions of the kernel.
extension Walk {
    mutating func callKernelFunction(_ id: TypeID) throws(Fault) -> Continuation {
        var call = try kernelCall()
        try checkAllowed(call)
        if call.role == .lockResilient || call.role == .lockResilientSavingInterrupts {
            try putFailedLockAside()
        }
        let parameters = call.prototype.parameters
        var index = 0
        while index < parameters.count, index < 5 {
            index += try checkArgument(index, &call)
        }
        if call.flags.contains(.releases), call.released == nil, !isNullRelease(call) {
            throw Fault(
                .notAcquired,
                "\(call.name)() gives back an object, but no argument is one that "
                    + "was acquired")
        }
        try callBack(from: call)
        try enterOrLeaveSection(call)
        if call.role == .throwException { return try throwException() }
        try releaseArguments(call)
        if let register = call.newDynptr { try makeDynptr(register, call) }
        for register in 0..<6 { state[register] = .uninitialized }
        try setResult(call)
        if call.role == .pullFrameData { forgetPackets() }
        if call.flags.contains(.iteratorNext) { try iterate(call) }
        return .next
    }

    private func isNullRelease(_ call: KernelCall) -> Bool {
        call.role == .restoreInterrupts || call.role == .unlockResilient
            || call.role == .unlockResilientRestoringInterrupts
            || call.flags.contains(.iteratorDestroy)
    }

    private func kernelCall() throws(Fault) -> KernelCall {
        guard case .kernelFunction(let name, let type)? = subject.names[slot] else {
            throw Fault(.missingInKernel, "the call names no function of the kernel")
        }
        guard let type,
            let prototype = typeQuestions.knowledge?.prototype(of: type)
        else {
            throw Fault(
                .missingInKernel, "this kernel has no function \(name)()",
                suggestion: "ask bpf_ksym_exists(\(name)) before the call")
        }
        let function = KernelFunction(name: name) ?? KernelFunction(unlisted: name)
        return KernelCall(name: name, prototype: prototype, function: function)
    }

    private func checkAllowed(_ call: KernelCall) throws(Fault) {
        guard subject.isGPL else {
            throw Fault(.licenseRequired, "\(call.name)() is for programs under the GPL")
        }
        guard
            subject.type.mayCall(
                call.function, attachedAt: environment.place,
                implementing: environment.target?.operations)
        else {
            throw Fault(
                .helperNotAllowed, "programs of type \(subject.type) cannot call \(call.name)()")
        }
        if call.flags.contains(.maySleep) {
            guard isSleepableNow else {
                throw Fault(.sleeping, "\(call.name)() may sleep, and this program may not")
            }
            try requireSleepingAllowed("\(call.name)()")
        }
        guard state.sections.locks == 0 || call.mayHoldLock else {
            throw Fault(
                .callUnderLock, "\(call.name)() cannot be called while a lock is held",
                suggestion: "release the lock before the call")
        }
    }

    /// Whether the function that compares the nodes of a tree is running.
    var isInTreeSearch: Bool {
        guard let frame = state.frames.last, frame.callback == .synchronous,
            case .kernelFunction(let name, _)? = subject.names[Int(frame.callSlot)]
        else { return false }
        return KernelFunction(name: name)?.role == .treeAdd
    }

    // MARK: Sections

    private mutating func enterOrLeaveSection(_ call: KernelCall) throws(Fault) {
        switch call.role {
        case .lockRCU:
            guard state.sections.rcu == 0 else {
                throw Fault(.locking, "an RCU section is opened inside of another")
            }
            state.sections.rcu = 1
        case .unlockRCU:
            guard state.sections.rcu > 0 else {
                throw Fault(.locking, "an RCU section is closed that is not open")
            }
            state.sections.rcu -= 1
            if state.sections.rcu == 0 { endReadSection() }
        case .disablePreemption: state.sections.preemption += 1
        case .enablePreemption:
            guard state.sections.preemption > 0 else {
                throw Fault(.locking, "preemption is turned on that was not turned off")
            }
            state.sections.preemption -= 1
        default: break
        }
    }

    /// What RCU kept alive may be gone now.
    private mutating func endReadSection() {
        func end(_ register: inout RegisterState) {
            guard register.traits.contains(.rcu) else { return }
            register.traits.subtract([.rcu, .nullable])
            register.traits.insert(.untrusted)
        }
        state.forEachRegister(end)
        for frame in state.stacks.indices {
            for index in state.stacks[frame].indices
            where state.stacks[frame][index].bytes[0] == .iterator {
                end(&state.stacks[frame][index].register)
            }
        }
    }

    /// The lock may not be taken: then a negative number comes back.
    private mutating func putFailedLockAside() throws(Fault) {
        var failed = state
        for register in 0..<6 { failed[register] = .uninitialized }
        var result = Scalar.unknown
        result.leastSignedWord = -4095
        result.greatestSignedWord = -1
        result.leastSigned = -4095
        result.greatestSigned = -1
        result.tighten()
        failed[0] = .scalar(result)
        try putAside(failed, at: slot + 1)
    }

    private mutating func throwException() throws(Fault) -> Continuation {
        try requireNothingHeld("when the exception is thrown")
        let handler = subject.functions.contains { $0.isExceptionCallback }
        if !handler {
            state[0] = try readable(.r1)
            try checkThrownResult()
        }
        return .end
    }

    // MARK: Giving back

    private mutating func releaseArguments(_ call: KernelCall) throws(Fault) {
        switch call.role {
        case .listPushFront, .listPushBack, .treeAdd:
            guard let object = call.object else { return }
            lend(object)
            return
        default: break
        }
        guard let register = call.released else { return }
        let value = state[Int(register.rawValue)]
        if value.kind == .stack || value.kind == .dynptr {
            if call.dynptr != nil { try releaseDynptr(register) }
            return
        }
        guard giveBack(value.reference) else {
            throw Fault(.notAcquired, "\(register) is given back twice")
        }
    }

    /// The object belongs to the list or tree now; until the lock is released it can be looked at.
    private mutating func lend(_ object: RegisterState) {
        let reference = object.reference
        state.references.removeAll { $0.kind == .pointer && $0.id == reference }
        let isCounted =
            recordOfProgramType(TypeID(object.detail), object.detail2)?.first(.referenceCount)
            != nil
        state.forEachRegister {
            guard $0.reference == reference else { return }
            $0.reference = 0
            $0.traits.insert(.borrowed)
            if isCounted { $0.traits.insert(.rcu) }
        }
    }

    // MARK: Calling back

    private mutating func callBack(from call: KernelCall) throws(Fault) {
        guard let function = call.callback else { return }
        switch call.role {
        case .treeAdd:
            guard let root = call.root, let type = root.targetType else { return }
            try simulate(function) { walk in
                var node = RegisterState.pointer(
                    .structure, [.allocated, .borrowed], detail: type.rawValue,
                    detail2: RegisterState.TypeSource.program)
                node.offset = Int32(root.nodeOffset)
                node.id = walk.newID()
                walk.state[1] = node
                walk.state[2] = node
                walk.state[3] = .uninitialized
            }
        case .setWorkQueueCallback, .scheduleTaskWork:
            guard let map = call.map else { return }
            try callLater(function, isSleepable: true) { walk in
                walk.setElement(map, call.mapIdentity)
            }
        default: break
        }
    }

    // MARK: What comes back

    private mutating func setResult(_ call: KernelCall) throws(Fault) {
        guard let types = subject.kernelTypes else { return }
        let result = (try? types.resolve(call.prototype.result)) ?? .void
        if result == .void { return }
        guard case .pointer(let target)? = typeQuestions.knowledge?.shape(of: result) else {
            state[0] =
                call.role == .lockResilient || call.role == .lockResilientSavingInterrupts
                ? .constant(0) : .unknown
            return
        }
        var found = try specialResult(call)
        if found == nil { found = plainResult(call, target, types) }
        guard var value = found else {
            state[0] = .unknown
            return
        }
        if call.mayReturnNull {
            value.traits.insert(.nullable)
            if value.id == 0 { value.id = newID() }
        }
        if call.flags.contains(.acquires) {
            let id = acquire(.pointer)
            if call.mayReturnNull { value.id = id }
            value.reference = id
        }
        state[0] = value
    }

    private mutating func plainResult(
        _ call: KernelCall, _ target: TypeID, _ types: BTF
    ) -> RegisterState? {
        let resolved = (try? types.resolve(target)) ?? .void
        if resolved == .void, call.resultSize == nil { return nil }
        let shape = typeQuestions.knowledge?.shape(of: resolved)
        if case .structure? = shape { return structureResult(call, resolved) }
        if case .union? = shape { return structureResult(call, resolved) }
        let size: UInt64
        var isReadOnly = true
        if let known = call.resultSize {
            size = known.bytes
            isReadOnly = known.isReadOnly
        } else {
            size = UInt64((try? types.size(of: resolved)) ?? 0)
        }
        var memory = RegisterState.pointer(
            .memory, isReadOnly ? [.readOnly] : [], detail: UInt32(clamping: size))
        memory.reference = call.reference
        if call.flags.contains(.rcuProtectedResult) { memory.traits.insert(.rcu) }
        return memory
    }

    private func structureResult(_ call: KernelCall, _ type: TypeID) -> RegisterState {
        var traits: RegisterState.Traits = []
        if call.role == .slabCache {
            traits = .untrusted
        } else if call.flags.contains(.rcuProtectedResult), !call.flags.contains(.iteratorNext) {
            traits = .rcu
        } else if call.flags.contains(.iteratorNext), let place = call.iterator {
            let iterator = state.stacks[place.frame][place.index].register
            traits = iterator.traits.contains(.rcu) ? .rcu : .trusted
        }
        return .pointer(.structure, traits, detail: type.rawValue)
    }

    /// What functions give whose prototype does not say it.
    private mutating func specialResult(_ call: KernelCall) throws(Fault) -> RegisterState? {
        switch call.role {
        case .newObject, .newPerCPUObject: return try newObject(call)
        case .acquireReference:
            guard let object = call.object else { return nil }
            return .pointer(
                .structure, [.allocated], detail: object.detail, detail2: object.detail2)
        case .listPopFront, .listPopBack, .treeRemove:
            return element(of: call, traits: [.allocated])
        case .listFront, .listBack, .treeFirst, .treeRoot, .treeLeft, .treeRight:
            var node = element(of: call, traits: [.allocated, .borrowed])
            node?.id = newID()
            return node
        case .castToKernelContext:
            guard let name = subject.type.kernelContext,
                let type = typeQuestions.structure(named: name)
            else { return nil }
            return .pointer(.structure, [.trusted], detail: type.rawValue)
        case .castReadOnly:
            guard let id = call.constant else { return nil }
            let type = TypeID(UInt32(truncatingIfNeeded: id))
            if type == .void { return .pointer(.memory, [.readOnly, .untrusted]) }
            let kind = subject.kernelTypes?.kind(of: type)
            guard kind == .structure || kind == .union else {
                throw Fault(
                    .argumentType, "bpf_rdonly_cast() takes the number of a structure of the kernel"
                )
            }
            return .pointer(.structure, [.untrusted], detail: type.rawValue)
        case .dynptrSlice, .dynptrWritableSlice: return slice(call)
        case .sessionCookie: return .pointer(.memory, detail: 8)
        default: return nil
        }
    }

    private func newObject(_ call: KernelCall) throws(Fault) -> RegisterState {
        guard let id = call.constant, let types = subject.types,
            let type = types.kind(of: TypeID(UInt32(truncatingIfNeeded: id))), type == .structure
        else {
            throw Fault(
                .argumentType, "\(call.name)() takes the number of a structure of the program")
        }
        let type2 = TypeID(UInt32(truncatingIfNeeded: id))
        if call.role == .newPerCPUObject {
            let size = (try? types.size(of: type2)) ?? 0
            guard size <= 512 else {
                throw Fault(
                    .argumentType, "objects of each CPU have at most 512 bytes, not \(size)")
            }
            let record = SpecialRecord(of: type2, types: types, kernelTypes: subject.kernelTypes)
            guard record.isEmpty else {
                throw Fault(
                    .argumentType, "objects of each CPU can hold only plain members")
            }
        }
        var traits: RegisterState.Traits = [.allocated]
        if call.role == .newPerCPUObject { traits.insert(.perCPU) }
        return .pointer(
            .structure, traits, detail: type2.rawValue, detail2: RegisterState.TypeSource.program)
    }

    private mutating func element(
        of call: KernelCall, traits: RegisterState.Traits
    ) -> RegisterState? {
        guard let root = call.root, let type = root.targetType else {
            // The node of a tree knows no root: it is of its own type.
            guard let object = call.object else { return nil }
            var node = RegisterState.pointer(
                .structure, traits, detail: object.detail, detail2: object.detail2)
            node.offset = object.offset
            return node
        }
        var node = RegisterState.pointer(
            .structure, traits, detail: type.rawValue,
            detail2: RegisterState.TypeSource.program)
        node.offset = Int32(root.nodeOffset)
        if traits.contains(.borrowed),
            recordOfProgramType(type, RegisterState.TypeSource.program)?.first(.referenceCount)
                != nil
        {
            node.traits.insert(.rcu)
        }
        return node
    }

    private func slice(_ call: KernelCall) -> RegisterState? {
        guard let dynptr = call.dynptr, let size = call.constant else { return nil }
        var memory = RegisterState.pointer(
            .memory, [.ofDynptr], detail: UInt32(clamping: size), detail2: dynptr.id)
        let kind = RegisterState.DynptrKind(rawValue: dynptr.detail)
        if kind == .skb || kind == .xdp || kind == .skbMetadata {
            memory.traits.insert(.firstSlot)
        }
        if call.role == .dynptrSlice { memory.traits.insert(.readOnly) }
        memory.reference = dynptr.reference
        return memory
    }

    private mutating func makeDynptr(
        _ register: Register, _ call: KernelCall
    ) throws(Fault) {
        let kind: RegisterState.DynptrKind
        var traits: RegisterState.Traits = []
        var reference: UInt32?
        switch call.role {
        case .dynptrFromPacket:
            kind = .skb
            if !environment.mayWritePackets { traits.insert(.readOnlyDynptr) }
        case .dynptrFromFrame: kind = .xdp
        case .dynptrFromPacketMetadata: kind = .skbMetadata
        case .dynptrFromFile: kind = .file
        case .dynptrClone:
            guard let source = call.dynptr,
                let found = RegisterState.DynptrKind(rawValue: source.detail)
            else { return }
            kind = found
            reference = source.reference
        default: kind = .local
        }
        try makeDynptr(in: register, kind, traits: traits, reference: reference)
    }

    // MARK: Iterators

    /// The next element, put aside, and the end of the iteration.
    private mutating func iterate(_ call: KernelCall) throws(Fault) {
        guard let place = call.iterator else { return }
        let iterator = state.stacks[place.frame][place.index].register
        if iterator.detail2 & 0xff == IteratorProgress.active {
            var on = state
            on.stacks[place.frame][place.index].register.detail2 =
                iterator.detail2 &+ IteratorProgress.step
            let parent = state.parent >= 0 ? explored.notes[Int(state.parent)].parent : -1
            if let earlier = earlierState(at: slot, of: state, from: parent) {
                widen(&on, since: earlier)
            }
            on[0].traits.remove(.nullable)
            if on[0].reference == 0 { on[0].id = 0 }
            try putAside(on, at: slot + 1)
        }
        state.stacks[place.frame][place.index].register.detail2 =
            iterator.detail2 & ~0xff | IteratorProgress.drained
        state[0] = .constant(0)
    }
}

extension KernelCall {
    /// Whether it may be called while a lock is held: what works on lists and trees, and sections.
    fileprivate var mayHoldLock: Bool {
        switch role {
        case .listPushFront, .listPushBack, .listPopFront, .listPopBack, .listFront, .listBack,
            .treeAdd, .treeRemove, .treeFirst, .treeRoot, .treeLeft, .treeRight,
            .acquireReference, .dropObject, .lockResilient, .unlockResilient,
            .lockResilientSavingInterrupts, .unlockResilientRestoringInterrupts:
            true
        default:
            flags.contains(.iteratorNew) || flags.contains(.iteratorNext)
                || flags.contains(.iteratorDestroy) ? name.hasPrefix("bpf_iter_num_") : false
        }
    }
}

extension ProgramType {
    /// The kernel's own structure behind the context.
    var kernelContext: String? {
        switch self {
        case .xdp: "xdp_buff"
        case .socketFilter, .schedulerClassifier, .schedulerAction, .cgroupSKB, .lwtIn, .lwtOut,
            .lwtTransmit, .lwtSeg6Local, .socketSKB:
            "sk_buff"
        case .cgroupSocket: "sock"
        case .cgroupSocketAddress: "bpf_sock_addr_kern"
        case .socketOperations: "bpf_sock_ops_kern"
        case .socketMessage: "sk_msg"
        case .flowDissector: "bpf_flow_dissector"
        case .kprobe: "pt_regs"
        case .perfEvent: "bpf_perf_event_data_kern"
        case .cgroupDevice: "bpf_cgroup_dev_ctx"
        case .cgroupSysctl: "bpf_sysctl_kern"
        case .cgroupSocketOption: "bpf_sockopt_kern"
        case .socketReusePort: "sk_reuseport_kern"
        case .socketLookup: "bpf_sk_lookup_kern"
        case .netfilter: "bpf_nf_ctx"
        default: nil
        }
    }
}
