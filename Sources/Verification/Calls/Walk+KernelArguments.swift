import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What functions of the kernel demand of their arguments.
extension Walk {
    /// Checks an argument; says how many were looked at.
    mutating func checkArgument(_ index: Int, _ call: inout KernelCall) throws(Fault) -> Int {
        let parameter = call.prototype.parameters[index]
        let register = Register.arguments[index]
        let kind = parameterKind(index, call)
        if case .ignored = kind { return 1 }
        let value = try readable(register)
        if case .number = kind {
            try checkNumber(value, register, parameter, &call)
            return 1
        }
        let mark = KernelFunction.ParameterMark(parameter: parameter.name)
        let isNullable = mark == .nullable
        if value.isZero, isNullable {
            if case .sizedMemory = kind { return 2 }
            return 1
        }
        if call.trustsArguments || call.flags.contains(.requiresRCU),
            value.isZero || value.isNullable, !isNullable
        {
            if case .sizedMemory = kind, mark == .optional { return 2 }
            throw Fault(
                .possiblyNull,
                "\(register) may be null; \(call.name)() takes no null for \(parameter.name)")
        }
        if value.reference != 0 {
            call.reference = value.reference
            if call.flags.contains(.releases) { call.released = register }
        }
        return try check(kind, value, register, index, &call)
    }

    private func mismatch(
        _ value: RegisterState, _ register: Register, _ call: KernelCall, _ wanted: String,
        _ code: Rejection.Code? = nil
    ) -> Fault {
        Fault(
            code ?? (value.isUntrusted ? .untrustedPointer : .argumentType),
            "\(register) is \(describe(value)); \(call.name)() takes \(wanted) there")
    }

    private mutating func checkNumber(
        _ value: RegisterState, _ register: Register, _ parameter: PrototypeType.Parameter,
        _ call: inout KernelCall
    ) throws(Fault) {
        guard value.kind == .scalar else { throw mismatch(value, register, call, "a number") }
        switch KernelFunction.ParameterMark(parameter: parameter.name) {
        case .constant:
            guard let constant = value.number.constant else {
                throw mismatch(value, register, call, "a constant", .constantArgument)
            }
            call.constant = constant
            try requirePrecision(of: register)
        case .readableResultSize, .writableResultSize:
            guard let constant = value.number.constant else {
                throw mismatch(value, register, call, "a constant size", .constantArgument)
            }
            call.resultSize = (constant, parameter.name == "rdonly_buf_size")
            try requirePrecision(of: register)
        default: break
        }
    }

    private mutating func check(
        _ kind: KernelCall.Parameter, _ value: RegisterState, _ register: Register, _ index: Int,
        _ call: inout KernelCall
    ) throws(Fault) -> Int {
        switch kind {
        case .ignored, .number: break
        case .context:
            guard value.kind == .context, value.isPointerWithoutOffset else {
                let code = value.kind == .context ? Rejection.Code.modifiedContext : nil
                throw mismatch(value, register, call, "the context", code)
            }
        case .dynptr(let isNew): try checkDynptr(value, register, isNew, &call)
        case .iterator(let name, let slots):
            try checkIterator(value, register, name, slots, &call)
        case .listHead: try checkRoot(value, register, .listHead, &call)
        case .treeRoot: try checkRoot(value, register, .treeRoot, &call)
        case .listNode: try checkNode(value, register, .listNode, &call)
        case .treeNode: try checkNode(value, register, .treeNode, &call)
        case .workQueue: try checkDeferred(value, register, .workQueue, &call)
        case .taskWork: try checkDeferred(value, register, .taskWork, &call)
        case .timer: try checkDeferred(value, register, .timer, &call)
        case .interruptFlag: try checkInterruptFlag(value, register, call)
        case .resilientLock: try checkResilientLock(value, register, call)
        case .map:
            if value.kind == .structure, let type = typeQuestions.structure(named: "bpf_map") {
                try checkStructure(value, register, type, "bpf_map", &call)
                return 1
            }
            guard value.kind == .map else { throw mismatch(value, register, call, "a map") }
            if call.role == .initializeWorkQueue, let map = call.map,
                map != Int(value.detail) || call.mapIdentity != value.detail2
            {
                throw Fault(
                    .argumentType, "\(register) is another map than the one that holds the work")
            }
            call.map = Int(value.detail)
            call.mapIdentity = value.detail2
        case .string:
            guard value.kind == .mapValue else {
                throw mismatch(value, register, call, "a constant string", .constantArgument)
            }
        case .allocated: try checkAllocated(value, register, &call)
        case .referenceCounted: try checkReferenceCounted(value, register, &call)
        case .callback:
            guard value.kind == .function else {
                throw mismatch(value, register, call, "a function of the program")
            }
            call.callback = Int(value.detail)
        case .structure(let type, let name):
            try checkStructure(value, register, type, name, &call)
        case .sizedMemory:
            try checkSizedMemory(value, register, index, &call)
            return 2
        case .memory(let size):
            if value.isZero { return 1 }
            if value.isNullable { throw nullable(value, register) }
            try checkHelperMemory(
                value, register, size: size, emptyIsFine: false, .modify, isKnownSize: true)
        case .unknown: throw mismatch(value, register, call, "something else")
        }
        return 1
    }

    // MARK: What a parameter is

    func parameterKind(_ index: Int, _ call: KernelCall) -> KernelCall.Parameter {
        guard let types = subject.kernelTypes else { return .unknown }
        let parameter = call.prototype.parameters[index]
        let mark = KernelFunction.ParameterMark(parameter: parameter.name)
        if mark == .ignored || mark == .program { return .ignored }
        guard let resolved = try? types.resolve(parameter.type),
            let type = typeQuestions.knowledge?.shape(of: resolved)
        else { return .unknown }
        guard case .pointer(let target) = type else { return .number }
        if call.role == .castToKernelContext { return .context }
        let pointed = (try? types.resolve(target)) ?? .void
        let shape = typeQuestions.knowledge?.shape(of: pointed) ?? .void
        if let special = special(mark, shape, types, pointed) { return special }
        if isContext(shape) { return .context }
        if case .functionPrototype = shape { return .callback }
        let value = state[index + 1]
        if value.kind == .structure || value.socketStructure != nil {
            if case .structure(let structure) = shape {
                return .structure(pointed, name: structure.name)
            }
        }
        if hasSize(index, call) { return .sizedMemory }
        if case .structure(let structure) = shape, !isPlain(pointed, types, depth: 0) {
            return .structure(pointed, name: structure.name)
        }
        guard let size = try? types.size(of: pointed), pointed != .void else {
            return .structure(pointed, name: shape.name)
        }
        return .memory(size)
    }

    private func special(
        _ mark: KernelFunction.ParameterMark?, _ shape: BTFType, _ types: BTF, _ pointed: TypeID
    ) -> KernelCall.Parameter? {
        switch mark {
        case .allocated: return .allocated
        case .referenceCounted: return .referenceCounted
        case .string: return .string
        case .map, .constantMap: return .map
        case .interruptFlags: return .interruptFlag
        default: break
        }
        guard case .structure(let structure) = shape else { return nil }
        switch structure.name {
        case "bpf_dynptr": return .dynptr(isNew: mark == .uninitialized)
        case "bpf_list_head": return .listHead
        case "bpf_list_node": return .listNode
        case "bpf_rb_root": return .treeRoot
        case "bpf_rb_node": return .treeNode
        case "bpf_wq": return .workQueue
        case "bpf_task_work": return .taskWork
        case "bpf_timer": return .timer
        case "bpf_res_spin_lock": return .resilientLock
        case "bpf_map": return .map
        case let name where name.hasPrefix("bpf_iter_"):
            return .iterator(name, slots: max((structure.size + 7) / 8, 1))
        default: return nil
        }
    }

    private func isContext(_ shape: BTFType) -> Bool {
        guard case .structure(let structure) = shape else { return false }
        return structure.name == subject.type.context?.name && subject.type != .netfilter
    }

    private func hasSize(_ index: Int, _ call: KernelCall) -> Bool {
        guard index + 1 < call.prototype.parameters.count else { return false }
        let mark = KernelFunction.ParameterMark(
            parameter: call.prototype.parameters[index + 1].name)
        return mark == .size || mark == .constantSize
    }

    /// Whether a structure holds only numbers.
    private func isPlain(_ id: TypeID, _ types: BTF, depth: Int) -> Bool {
        guard depth < 4, let resolved = try? types.resolve(id),
            let type = typeQuestions.knowledge?.shape(of: resolved)
        else { return false }
        switch type {
        case .integer, .enumeration: return true
        case .array(let array): return isPlain(array.element, types, depth: depth)
        case .structure(let structure):
            return structure.members.allSatisfy { isPlain($0.type, types, depth: depth + 1) }
        default: return false
        }
    }

    // MARK: Structures and memory

    private mutating func checkStructure(
        _ value: RegisterState, _ register: Register, _ type: TypeID, _ name: String,
        _ call: inout KernelCall
    ) throws(Fault) {
        let wanted = "a struct \(name)"
        if let own = value.socketStructure {
            guard let id = typeQuestions.structure(named: own),
                typeQuestions.kernel?.matches(id, at: 0, type) ?? false
            else { throw mismatch(value, register, call, wanted) }
            return
        }
        guard value.kind == .structure, value.number.bits == TristateNumber(0),
            value.detail2 == RegisterState.TypeSource.kernel
        else { throw mismatch(value, register, call, wanted) }
        let parameter = call.prototype.parameters[Int(register.rawValue) - 1]
        if value.isNullable, !value.traits.contains(.rcu),
            KernelFunction.ParameterMark(parameter: parameter.name) != .nullable
        {
            throw nullable(value, register)
        }
        let isSafe = value.traits.isDisjoint(with: [.untrusted, .user, .perCPU])
        guard isSafe || value.traits.contains(.rcu) else {
            throw Fault(
                .untrustedPointer,
                "\(register) points to a struct that may be gone; \(call.name)() takes one that is "
                    + "alive for certain",
                suggestion: "acquire it first, or read it from a trusted pointer")
        }
        if call.trustsArguments || call.flags.contains(.requiresRCU), !isTrusted(value) {
            guard call.flags.contains(.requiresRCU), value.traits.contains(.rcu) else {
                throw Fault(
                    .untrustedPointer,
                    "\(register) is neither held nor trusted, which \(call.name)() demands",
                    suggestion: "acquire a reference first, or use a trusted argument of the hook")
            }
        }
        let isStrict =
            call.flags.contains(.acquires)
            || (call.flags.contains(.releases) && value.reference != 0)
        if call.flags.contains(.releases), value.reference != 0, value.offset != 0 {
            throw Fault(.movedArgument, "\(register) was moved; it is given back as it came")
        }
        let isMatching =
            typeQuestions.kernel?.matches(
                TypeID(value.detail), at: Int(value.offset), type, exactly: isStrict) ?? false
        // An object that is still being made is another thing than a finished one.
        let isUnfinished =
            typeQuestions.kernel?.areUncastableTwins(TypeID(value.detail), type) ?? false
        guard isMatching && !isUnfinished || isProjection(name, of: TypeID(value.detail)) else {
            throw mismatch(value, register, call, wanted)
        }
    }

    /// Whether a structure is the view of another that programs have as their context.
    private func isProjection(_ name: String, of type: TypeID) -> Bool {
        guard let behind = try? subject.kernelTypes?.name(of: type) else { return false }
        return (name == "__sk_buff" && behind == "sk_buff")
            || (name == "xdp_md" && behind == "xdp_buff")
    }

    private mutating func checkSizedMemory(
        _ value: RegisterState, _ register: Register, _ index: Int, _ call: inout KernelCall
    ) throws(Fault) {
        let sizeRegister = Register.arguments[index + 1]
        let size = try readable(sizeRegister)
        let parameters = call.prototype.parameters
        guard size.kind == .scalar else { throw mismatch(size, sizeRegister, call, "a size") }
        let isOptional =
            KernelFunction.ParameterMark(parameter: parameters[index].name) == .optional
        if !(value.isZero && isOptional) {
            guard size.number.leastSigned >= 0, size.number.greatest < UInt64(Self.offsetLimit)
            else {
                throw Fault(.unbounded, "nothing limits the size in \(sizeRegister)")
            }
            if value.isNullable { throw nullable(value, register) }
            try checkHelperMemory(
                value, register, size: Int(size.number.greatest), emptyIsFine: true, .modify,
                isKnownSize: size.number.isConstant)
            try requirePrecision(of: sizeRegister)
        }
        if KernelFunction.ParameterMark(parameter: parameters[index + 1].name) == .constantSize {
            guard let constant = size.number.constant else {
                throw mismatch(size, sizeRegister, call, "a constant size")
            }
            call.constant = constant
        }
    }

    // MARK: Dynptrs and iterators

    private mutating func checkDynptr(
        _ value: RegisterState, _ register: Register, _ isNew: Bool, _ call: inout KernelCall
    ) throws(Fault) {
        if isNew {
            try prepareNewDynptr(value, register)
            call.newDynptr = register
            return
        }
        let dynptr = try initializedDynptr(value, register)
        try noteDynptrRead(value, register)
        call.dynptr = dynptr
        if dynptr.reference != 0 {
            call.reference = dynptr.reference
            if call.role == .discardFileDynptr { call.released = register }
        }
        if call.role == .dynptrWritableSlice, dynptr.traits.contains(.readOnlyDynptr) {
            throw Fault(.readOnly, "the dynptr's memory cannot be written here")
        }
    }

    private mutating func checkIterator(
        _ value: RegisterState, _ register: Register, _ name: String, _ slots: Int,
        _ call: inout KernelCall
    ) throws(Fault) {
        let (frame, index) = try objectSlot(value, register, slots: slots, "an iterator", .iterator)
        guard index + 1 >= slots else {
            throw Fault(.iterator, "the iterator does not fit the stack there")
        }
        let type = typeQuestions.structure(named: name)?.rawValue ?? 0
        if call.flags.contains(.iteratorNew) {
            return try makeIterator(frame, index, slots, type, register, call)
        }
        for offset in 0..<slots {
            guard index < state.stacks[frame].count,
                state.stacks[frame][index - offset].bytes == .all(.iterator)
            else { throw uninitializedIterator(register) }
            let found = state.stacks[frame][index - offset].register
            if found.traits.contains(.untrusted) {
                throw Fault(
                    .iterator, "\(call.name)() needs the RCU section in which the iterator was made"
                )
            }
            guard found.detail == type, (offset == 0) == (found.reference != 0) else {
                throw uninitializedIterator(register)
            }
            noteRead(frame, index - offset)
        }
        call.iterator = (frame, index)
        call.reference = state.stacks[frame][index].register.reference
        if call.flags.contains(.iteratorDestroy) {
            _ = giveBack(state.stacks[frame][index].register.reference)
            for offset in 0..<slots { state.stacks[frame][index - offset] = .empty }
        }
    }

    private func uninitializedIterator(_ register: Register) -> Fault {
        Fault(.iterator, "\(register) points to no iterator of this kind that is initialised")
    }

    private mutating func makeIterator(
        _ frame: Int, _ index: Int, _ slots: Int, _ type: UInt32, _ register: Register,
        _ call: KernelCall
    ) throws(Fault) {
        for offset in 0..<slots where index - offset < state.stacks[frame].count {
            if state.stacks[frame][index - offset].bytes[0] == .iterator {
                throw Fault(
                    .iterator, "\(register) points to an iterator that is initialised already")
            }
        }
        let start = Int64(-(index + 1) * 8)
        try overwriteStack(frame, start..<start + Int64(slots * 8))
        let reference = acquire(.pointer)
        for offset in 0..<slots {
            var iterator = RegisterState.pointer(
                .iterator, offset == 0 ? [.firstSlot] : [], detail: type,
                detail2: IteratorProgress.active)
            if call.flags.contains(.rcuProtectedResult) {
                iterator.traits.insert(isInReadSection ? .rcu : .untrusted)
            }
            iterator.reference = offset == 0 ? reference : 0
            state.stacks[frame][index - offset] = StackSlot(
                bytes: .all(.iterator), register: iterator)
        }
    }

    // MARK: Lists, trees, allocated objects

    private mutating func checkRoot(
        _ value: RegisterState, _ register: Register, _ kind: SpecialRecord.Field.Kind,
        _ call: inout KernelCall
    ) throws(Fault) {
        let record: SpecialRecord
        switch value.kind {
        case .mapValue: record = subject.maps[Int(value.detail)].record
        case .structure where value.traits.contains(.allocated):
            record = recordOfProgramType(TypeID(value.detail), value.detail2) ?? SpecialRecord()
        default: throw mismatch(value, register, call, kind.title, .listOrTree)
        }
        guard let constant = value.number.constant,
            let field = record.field(at: Int(value.offset) + Int(Int64(bitPattern: constant))),
            field.kind == kind
        else { throw mismatch(value, register, call, kind.title, .listOrTree) }
        try requireLock(of: value, record, register)
        call.root = field
    }

    /// The lock that protects a list or tree is in the same value or object.
    private func requireLock(
        of value: RegisterState, _ record: SpecialRecord, _ register: Register
    ) throws(Fault) {
        guard state.sections.locks > 0 else {
            throw Fault(
                .lockRequired, "the lock that protects what \(register) points to is not held",
                suggestion: "take the bpf_spin_lock of the same value first")
        }
        let place =
            value.kind == .mapValue ? UInt64(value.detail) + 1 : UInt64(value.detail) | 1 << 31
        guard state.sections.lastLockOwner == place << 32 | UInt64(value.id) else {
            throw Fault(
                .lockRequired,
                "the lock that is held belongs to another value than \(register) points to")
        }
    }

    private mutating func checkNode(
        _ value: RegisterState, _ register: Register, _ kind: SpecialRecord.Field.Kind,
        _ call: inout KernelCall
    ) throws(Fault) {
        let isAdded =
            call.role == .listPushFront || call.role == .listPushBack || call.role == .treeAdd
        if value.isNullable { throw nullable(value, register) }
        guard value.kind == .structure, value.traits.contains(.allocated) else {
            throw mismatch(
                value, register, call, "\(kind.title) of an allocated object", .listOrTree)
        }
        if isAdded {
            guard value.reference != 0 else {
                throw Fault(
                    .listOrTree, "\(register) points to an object that is not the program's")
            }
        } else {
            guard value.traits.contains(.borrowed), value.reference == 0 else {
                throw Fault(.listOrTree, "\(register) points to no node of a tree")
            }
            if isInTreeSearch {
                throw Fault(.locking, "\(call.name)() cannot be called while the tree is searched")
            }
        }
        guard let constant = value.number.constant,
            let record = recordOfProgramType(TypeID(value.detail), value.detail2),
            let field = record.field(at: Int(value.offset) + Int(Int64(bitPattern: constant))),
            field.kind == kind
        else { throw mismatch(value, register, call, kind.title, .listOrTree) }
        if let root = call.root {
            guard root.targetType == TypeID(value.detail), root.nodeOffset == field.offset else {
                throw Fault(
                    .listOrTree,
                    "\(register) points to a node of another type than the list or tree holds")
            }
        }
        call.object = value
    }

    private mutating func checkAllocated(
        _ value: RegisterState, _ register: Register, _ call: inout KernelCall
    ) throws(Fault) {
        let wantsPerCPU = call.role == .dropPerCPUObject
        guard value.kind == .structure, value.traits.contains(.allocated),
            value.traits.contains(.perCPU) == wantsPerCPU
        else { throw mismatch(value, register, call, "an allocated object", .listOrTree) }
        guard value.reference != 0 else {
            throw Fault(.listOrTree, "\(register) points to an object that is not the program's")
        }
        guard value.isPointerWithoutOffset else {
            throw Fault(
                .movedArgument, "\(register) was moved; the object is given back as it came")
        }
        call.object = value
        call.released = register
    }

    private mutating func checkReferenceCounted(
        _ value: RegisterState, _ register: Register, _ call: inout KernelCall
    ) throws(Fault) {
        guard value.kind == .structure, value.traits.contains(.allocated),
            let record = recordOfProgramType(TypeID(value.detail), value.detail2),
            record.first(.referenceCount) != nil
        else {
            throw mismatch(
                value, register, call, "an allocated object with a bpf_refcount", .listOrTree)
        }
        call.object = value
        call.isOwned = !value.traits.contains(.borrowed) && value.reference != 0
    }

    private mutating func checkDeferred(
        _ value: RegisterState, _ register: Register, _ kind: SpecialRecord.Field.Kind,
        _ call: inout KernelCall
    ) throws(Fault) {
        var facts = CallFacts()
        try checkTimer(value, register, kind, &facts)
        call.map = facts.map
        call.mapIdentity = facts.mapIdentity
    }

    // MARK: Interrupts and locks

    private mutating func checkInterruptFlag(
        _ value: RegisterState, _ register: Register, _ call: KernelCall
    ) throws(Fault) {
        let (frame, index) = try objectSlot(
            value, register, slots: 1, "the saved interrupt state", .locking)
        let isLock =
            call.role == .lockResilientSavingInterrupts
            || call.role == .unlockResilientRestoringInterrupts
        let saves = call.role == .saveInterrupts || call.role == .lockResilientSavingInterrupts
        if saves {
            if index < state.stacks[frame].count,
                state.stacks[frame][index].bytes[0] == .interruptFlag
            {
                throw Fault(.locking, "\(register) points to saved interrupt state already")
            }
            let start = Int64(-(index + 1) * 8)
            try overwriteStack(frame, start..<start + 8)
            let id = acquire(.interrupts)
            state.sections.interrupts = id
            var flag = RegisterState.pointer(.interruptFlag, detail: isLock ? 1 : 0)
            flag.reference = id
            state.stacks[frame][index] = StackSlot(bytes: .all(.interruptFlag), register: flag)
            return
        }
        guard index < state.stacks[frame].count,
            state.stacks[frame][index].bytes == .all(.interruptFlag)
        else {
            throw Fault(.locking, "\(register) points to no saved interrupt state")
        }
        let flag = state.stacks[frame][index].register
        guard flag.detail == (isLock ? 1 : 0) else {
            throw Fault(.locking, "the interrupt state was saved by another kind of function")
        }
        guard flag.reference == state.sections.interrupts else {
            throw Fault(
                .locking, "interrupt state must be restored in the reverse order of saving it")
        }
        noteRead(frame, index)
        state.references.removeAll { $0.kind == .interrupts && $0.id == flag.reference }
        state.sections.interrupts = state.references.last { $0.kind == .interrupts }?.id ?? 0
        state.stacks[frame][index] = .empty
    }

    private mutating func checkResilientLock(
        _ value: RegisterState, _ register: Register, _ call: KernelCall
    ) throws(Fault) {
        let owner = try lockOwner(value, register, .resilientLock)
        switch call.role {
        case .lockResilient, .lockResilientSavingInterrupts:
            if state.references.contains(where: {
                $0.kind.isLock && $0.owner == owner
            }) {
                throw Fault(.locking, "the same lock is taken twice")
            }
            takeLock(
                call.role == .lockResilient ? .resilientLock : .resilientLockInterrupts, owner)
        default:
            try releaseLock(
                call.role == .unlockResilient ? .resilientLock : .resilientLockInterrupts, owner)
        }
    }
}
