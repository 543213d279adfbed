import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What helpers demand of their arguments.
extension Walk {
    mutating func check(
        _ parameter: Helper.Parameter, _ register: Register, after previous: Helper.Parameter?,
        _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        if parameter.kind == .unchecked { return }
        let value = try readable(register)
        if value.isPacketData, !helper.effects.contains(.takesPacketPointers),
            parameter.kind != .anything
        {
            throw Fault(
                .argumentType,
                "bpf_\(helper.name)() does not take pointers into the packet (\(register))",
                suggestion: "copy the bytes to the stack first")
        }
        if parameter.kind == .anything {
            return try requireNoSecret(value, register, "to bpf_\(helper.name)()")
        }
        if parameter.isNullable, value.isZero {
            if parameter.isReleased { facts.released = register }
            return
        }
        if value.isNullable, !parameter.isNullable, !parameter.acceptsNumber {
            throw nullable(value, register)
        }
        if parameter.isReleased { try checkReleased(value, register, parameter, helper) }
        if parameter.isReleased { facts.released = register }
        if value.reference != 0, value.kind != .mapValue, parameter.kind != .kernelPointerField {
            guard
                facts.reference == 0 || facts.reference == value.reference
                    || parameter.kind.isDynptr
            else {
                throw Fault(
                    .argumentType, "two arguments of bpf_\(helper.name)() are held objects")
            }
            facts.reference = value.reference
        }
        try check(parameter.kind, value, register, previous, helper, parameter, &facts)
    }

    private func checkReleased(
        _ value: RegisterState, _ register: Register, _ parameter: Helper.Parameter,
        _ helper: Helper
    ) throws(Fault) {
        if value.kind == .stack { return }
        guard value.offset == 0, value.number.bits == TristateNumber(0) || value.kind == .scalar
        else {
            throw Fault(
                .movedArgument,
                "\(register) was moved by \(value.offset) bytes; bpf_\(helper.name)() takes back "
                    + "the pointer as it was given")
        }
        guard value.reference != 0 || value.isZero else {
            throw Fault(
                .notAcquired,
                "\(register) is \(value.title) that was not acquired; bpf_\(helper.name)() gives "
                    + "back only what was")
        }
    }

    private mutating func check(
        _ kind: Helper.Parameter.Kind, _ value: RegisterState, _ register: Register,
        _ previous: Helper.Parameter?, _ helper: Helper, _ parameter: Helper.Parameter,
        _ facts: inout CallFacts
    ) throws(Fault) {
        switch kind {
        case .anything, .unchecked: break
        case .context:
            try require(value, register, helper, [.context])
            try requireUnmoved(value, register, helper)
        case .map:
            try require(value, register, helper, [.map])
            try requireUnmoved(value, register, helper)
            facts.map = Int(value.detail)
            facts.mapIdentity = value.detail2
        case .mapKey: try checkKey(value, register, helper, &facts)
        case .mapValue(let access):
            try checkMapValueArgument(value, register, access, helper, &facts)
        case .memory:
            // The size, which comes next, says how much of it is touched.
            try requireMemory(value, register, parameter, helper)
        case .fixedMemory(let access, let size):
            try requireMemory(value, register, parameter, helper)
            try checkHelperMemory(
                value, register, size: size, emptyIsFine: false, access, isKnownSize: true, &facts)
            if parameter.isAligned {
                try checkAligned(value, register, size)
            }
        case .size(let zeroAllowed):
            try checkSize(value, register, previous, zeroAllowed, helper, &facts)
        case .resultSize:
            guard value.kind == .scalar, let size = value.number.constant else {
                throw Fault(
                    .constantArgument,
                    "\(register) is \(describe(value)); bpf_\(helper.name)() takes a constant there"
                )
            }
            facts.resultSize = size
            try requirePrecision(of: register)
        case .constantString: try checkConstantString(value, register, helper)
        case .stack: try require(value, register, helper, [.stack])
        case .function:
            try require(value, register, helper, [.function])
            facts.callback = Int(value.detail)
        case .spinLock: try checkSpinLock(value, register, helper)
        case .timer: try checkTimer(value, register, .timer, &facts)
        case .dynptr(let wanted): try checkDynptr(value, register, wanted, helper, &facts)
        case .newDynptr(let made): try checkNewDynptr(value, register, made, &facts)
        case .ringBufferRecord:
            try require(value, register, helper, [.memory])
            guard value.traits.contains(.ringBuffer) else {
                throw mismatch(value, register, helper, "a record of a ring buffer")
            }
        case .socketCommon:
            try require(
                value, register, helper, [.socketCommon, .socket, .tcpSocket, .xdpSocket])
            try requireUnmoved(value, register, helper)
        case .socket:
            try require(value, register, helper, [.socket])
            try requireUnmoved(value, register, helper)
        case .anySocket: try checkAnySocket(value, register, helper)
        case .structure(let name): try checkStructure(value, register, name, helper)
        case .perCPUVariable:
            guard value.kind == .structure, value.traits.contains(.perCPU) else {
                throw mismatch(value, register, helper, "a per-CPU variable")
            }
            facts.structure = value
        case .kernelPointerField: try checkKernelPointerField(value, register, helper, &facts)
        case .kernelPointer: try checkKernelPointer(value, register, helper, facts)
        }
    }

    // MARK: Kinds

    private func require(
        _ value: RegisterState, _ register: Register, _ helper: Helper,
        _ kinds: [RegisterState.Kind]
    ) throws(Fault) {
        guard kinds.contains(value.kind) else {
            throw mismatch(
                value, register, helper,
                RegisterState.pointer(kinds[0]).title)
        }
    }

    private func requireUnmoved(
        _ value: RegisterState, _ register: Register, _ helper: Helper
    ) throws(Fault) {
        guard value.isPointerWithoutOffset else {
            throw Fault(
                value.kind == .context ? .modifiedContext : .movedArgument,
                "\(register) is \(value.title) moved by \(value.offset) bytes; "
                    + "bpf_\(helper.name)() takes it as it came")
        }
    }

    func mismatch(
        _ value: RegisterState, _ register: Register, _ helper: Helper, _ wanted: String
    ) -> Fault {
        Fault(
            value.isUntrusted ? .untrustedPointer : .argumentType,
            "\(register) is \(describe(value)); bpf_\(helper.name)() takes \(wanted) there")
    }

    func describe(_ value: RegisterState) -> String {
        value.kind == .scalar ? "the number \(value.number)" : value.title
    }

    private func requireMemory(
        _ value: RegisterState, _ register: Register, _ parameter: Helper.Parameter,
        _ helper: Helper
    ) throws(Fault) {
        switch value.kind {
        case .stack, .packet, .packetMetadata, .mapKey, .mapValue, .buffer: return
        case .memory where !value.traits.contains(.untrusted): return
        case .structure where value.traits.contains(.trusted): return
        default: throw mismatch(value, register, helper, "memory")
        }
    }

    private func checkAligned(
        _ value: RegisterState, _ register: Register, _ size: Int
    ) throws(Fault) {
        let bits = value.number.bits + TristateNumber(UInt64(bitPattern: Int64(value.offset)))
        guard bits.isAligned(to: UInt64(size)) else {
            throw Fault(.misaligned, "\(register) is not at a multiple of \(size)")
        }
    }

    private mutating func checkKey(
        _ value: RegisterState, _ register: Register, _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        guard let index = facts.map else { return }
        let map = subject.maps[index]
        try requireMemory(value, register, .key, helper)
        try checkHelperMemory(
            value, register, size: map.keySize, emptyIsFine: false, .read, isKnownSize: true)
        if map.isArray { facts.constantKey = try constantKey(value, map.keySize) }
    }

    /// The key, if the stack holds a constant there.
    private mutating func constantKey(
        _ pointer: RegisterState, _ size: Int
    ) throws(Fault) -> UInt64? {
        guard pointer.kind == .stack, let variable = pointer.number.constant else { return nil }
        let offset = Int64(pointer.offset) + Int64(bitPattern: variable)
        guard offset < 0, offset >= -Self.stackSize else { return nil }
        let (index, byte) = Self.place(offset)
        let frame = Int(pointer.detail)
        guard index < state.stacks[frame].count else { return nil }
        let slot = state.stacks[frame][index]
        if (byte..<min(byte + size, 8)).allSatisfy({ slot.bytes[$0] == .zero }), byte + size <= 8 {
            return 0
        }
        guard slot.isSavedScalar, byte == 0, slot.savedByteCount == size,
            let constant = slot.register.number.constant
        else { return nil }
        var walk = BackwardWalk(frame: state.current)
        walk.add(slot: index, frame: frame)
        _ = followBack(&walk, from: state, at: self.slot)
        return constant
    }

    private mutating func checkMapValueArgument(
        _ value: RegisterState, _ register: Register, _ access: Helper.Parameter.Access,
        _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        guard let index = facts.map else { return }
        let map = subject.maps[index]
        if map.type == .socketMap || map.type == .socketHash {
            return try checkAnySocket(value, register, helper)
        }
        try requireMemory(value, register, .key, helper)
        try checkHelperMemory(
            value, register, size: map.valueSize, emptyIsFine: false, access, isKnownSize: true,
            &facts)
    }

    private mutating func checkSize(
        _ value: RegisterState, _ register: Register, _ previous: Helper.Parameter?,
        _ zeroAllowed: Bool, _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        guard value.kind == .scalar else { throw mismatch(value, register, helper, "a size") }
        let size = value.number
        facts.greatestSize = size.greatest
        guard size.leastSigned >= 0 else {
            throw Fault(
                .possiblyNegative,
                "the size in \(register) may be negative: it is \(size)",
                suggestion: "use an unsigned size, or test that it is not negative")
        }
        guard size.least > 0 || zeroAllowed else {
            throw Fault(
                .emptyAccess, "the size in \(register) may be 0, which bpf_\(helper.name)() refuses"
            )
        }
        guard size.greatest < UInt64(Self.offsetLimit) else {
            throw Fault(
                .unbounded, "nothing limits the size in \(register)",
                suggestion: "test it against a constant, or mask it: size &= 0xff")
        }
        let pointerRegister = Register.arguments[Int(register.rawValue) - 2]
        guard let previous else { return }
        let pointer = state[Int(pointerRegister.rawValue)]
        var access = Helper.Parameter.Access.read
        if case .memory(let found) = previous.kind { access = found }
        if pointer.isZero {
            guard size.greatest == 0, zeroAllowed else {
                throw mismatch(pointer, pointerRegister, helper, "memory")
            }
        } else {
            try checkHelperMemory(
                pointer, pointerRegister, size: Int(size.greatest), emptyIsFine: zeroAllowed,
                access, isKnownSize: size.isConstant, &facts)
        }
        try requirePrecision(of: register)
    }

    private mutating func checkAnySocket(
        _ value: RegisterState, _ register: Register, _ helper: Helper
    ) throws(Fault) {
        switch value.kind {
        case .socketCommon, .socket, .tcpSocket, .xdpSocket: return
        case .structure: try checkStructure(value, register, "sock_common", helper)
        default: throw mismatch(value, register, helper, "a socket")
        }
    }

    mutating func checkStructure(
        _ value: RegisterState, _ register: Register, _ name: String, _ helper: Helper
    ) throws(Fault) {
        guard value.kind == .structure,
            value.traits.isDisjoint(with: [.untrusted, .user, .perCPU, .allocated]),
            value.number.bits == TristateNumber(0),
            let wanted = typeQuestions.structure(named: name)
        else {
            if let view = value.socketStructure, view == name { return }
            throw mismatch(value, register, helper, "a struct \(name)")
        }
        guard
            typeQuestions.kernel?.matches(TypeID(value.detail), at: Int(value.offset), wanted)
                ?? false
        else {
            throw mismatch(value, register, helper, "a struct \(name)")
        }
    }

    private mutating func checkConstantString(
        _ value: RegisterState, _ register: Register, _ helper: Helper
    ) throws(Fault) {
        guard value.kind == .mapValue else {
            throw mismatch(value, register, helper, "a constant string")
        }
        let map = subject.maps[Int(value.detail)]
        guard let contents = map.constantContents else {
            throw Fault(
                .constantArgument,
                "\(register) points to map \(map.name), which may change; bpf_\(helper.name)() "
                    + "takes a constant string")
        }
        guard value.number.isConstant else {
            throw Fault(.constantArgument, "\(register) points to a string at an unknown place")
        }
        let start = Int(value.offset) + Int(Int64(bitPattern: value.number.bits.value))
        guard start >= 0, start < contents.count, contents[start...].contains(0) else {
            throw Fault(.constantArgument, "the string that \(register) points to has no end")
        }
    }
}

extension Helper.Parameter.Kind {
    var isDynptr: Bool {
        if case .dynptr = self { return true }
        return false
    }
}

extension Helper.Parameter {
    /// Whether numbers are taken, so that null is nothing special.
    var acceptsNumber: Bool {
        switch kind {
        case .anything, .unchecked, .size, .resultSize: true
        default: false
        }
    }

    /// Stands for memory that holds a key.
    fileprivate static let key = Helper(.mapLookupElem).parameters[1]
}

extension RegisterState {
    /// The structure of the kernel that a socket of this interface is.
    var socketStructure: String? {
        switch kind {
        case .socket: "sock"
        case .socketCommon: "sock_common"
        case .tcpSocket: "tcp_sock"
        case .xdpSocket: "xdp_sock"
        default: nil
        }
    }
}

// MARK: - Memory that helpers touch

extension Walk {
    mutating func checkHelperMemory(
        _ pointer: RegisterState, _ register: Register, size: Int, emptyIsFine: Bool,
        _ access: Helper.Parameter.Access, isKnownSize: Bool
    ) throws(Fault) {
        var facts = CallFacts()
        try checkHelperMemory(
            pointer, register, size: size, emptyIsFine: emptyIsFine, access,
            isKnownSize: isKnownSize, &facts)
    }

    mutating func checkHelperMemory(
        _ pointer: RegisterState, _ register: Register, size: Int, emptyIsFine: Bool,
        _ access: Helper.Parameter.Access, isKnownSize: Bool, _ facts: inout CallFacts
    ) throws(Fault) {
        let writes = access != .read
        switch pointer.kind {
        case .stack:
            if size == 0 {
                guard emptyIsFine else { throw empty(register) }
            }
            let range = try stackRange(pointer, register, 0, size)
            let frame = Int(pointer.detail)
            if !writes { try checkUsed(frame, range) }
            growStack(frame, range)
            if access == .write, isKnownSize, pointer.number.isConstant {
                try refuseDynptrs(frame, range)
                facts.written = (register, size)
                return
            }
            try checkReadable(frame, range, isOverwritten: writes)
        case .mapValue:
            let map = subject.maps[Int(pointer.detail)]
            try checkMapAccess(map, writes ? .write : .read)
            try checkMapValue(pointer, register, 0, size, map, emptyIsFine: emptyIsFine)
            if let field = specialField(pointer, 0, size, map.record) {
                throw Fault(
                    .specialField,
                    "the memory contains \(field.kind.title), which only its own functions may touch"
                )
            }
        case .mapKey:
            guard !writes else { throw readOnly(pointer, register) }
            let map = subject.maps[Int(pointer.detail)]
            try checkRegion(pointer, register, 0, size, of: map.keySize, "the key")
        case .memory:
            if writes, pointer.traits.contains(.readOnly) { throw readOnly(pointer, register) }
            try checkRegion(
                pointer, register, 0, size, of: Int(pointer.detail), pointer.title,
                emptyIsFine: emptyIsFine)
        case .packet, .packetMetadata:
            if writes { try requirePacketWrite(register) }
            try checkPacket(pointer, register, 0, size, emptyIsFine: emptyIsFine)
        case .buffer:
            if writes, pointer.traits.contains(.readOnly) { throw readOnly(pointer, register) }
            guard pointer.isPointerWithoutOffset || pointer.offset >= 0 else {
                throw Fault(.outOfBounds, "\(register) points before the buffer")
            }
        case .structure:
            if writes { throw readOnly(pointer, register) }
            _ = try accessStructure(pointer, register, 0, max(size, 1), .read, value: nil)
        case .context where subject.type == .syscall:
            guard size > 0 else {
                if emptyIsFine { return }
                throw empty(register)
            }
            _ = try accessContext(
                pointer, register, Int64(size - 1), 1, writes ? .write : .read, value: nil)
        default:
            if emptyIsFine, size == 0, pointer.isZero { return }
            throw Fault(
                .argumentType, "\(register) is \(describe(pointer)); memory is needed there")
        }
    }

    private func empty(_ register: Register) -> Fault {
        Fault(.emptyAccess, "\(register) points to memory of which no byte would be used")
    }
}
