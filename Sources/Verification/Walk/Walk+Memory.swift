import EBPFBytecode
import EBPFObjectFile

/// Loads and stores: what may be touched through which pointer, and what comes back.
extension Walk {
    /// What an access does.
    enum Purpose {
        /// It reads.
        case read
        /// It writes.
        case write
    }

    mutating func access(_ instruction: Instruction) throws(Fault) {
        switch instruction {
        case .load(let size, let target, let place):
            try load(size, target, place, extendsSign: false)
        case .loadSigned(let size, let target, let place):
            try load(size, target, place, extendsSign: true)
        case .loadAcquire(let size, let target, let place):
            try checkAtomicPlace(place)
            try checkAtomicAlignment(try readable(place.base), place, size)
            try load(size, target, place, extendsSign: false)
        case .store(let size, let place, let source):
            try store(size, place, source)
        case .storeRelease(let size, let place, let source):
            try checkAtomicPlace(place)
            try checkAtomicAlignment(try readable(place.base), place, size)
            try store(size, place, .register(source))
        case .atomic(let operation, let size, let place, let source):
            try atomic(operation, size, place, source)
        default: break
        }
    }

    private mutating func load(
        _ size: MemorySize, _ target: Register, _ place: MemoryOperand, extendsSign: Bool
    ) throws(Fault) {
        let pointer = try readable(place.base)
        try keepOneAccessKind(pointer)
        let result = try check(
            pointer, place.base, Int64(place.displacement), size.byteCount, .read, value: nil)
        noteAccess(pointer, Int64(place.displacement), size.byteCount)
        var value = result
        if extendsSign, pointer.kind == .context, value.kind != .scalar {
            throw Fault(
                .contextAccess, "\(value.title) is loaded from the context as a signed number")
        }
        if size != .doubleWord, value.kind == .scalar {
            if extendsSign {
                value.number.extendSign(ofBytes: size.byteCount)
                if value.number != result.number { unlink(&value) }
            } else {
                value.number.cut(toBytes: size.byteCount)
            }
        }
        state[Int(target.rawValue)] = value
    }

    private mutating func store(
        _ size: MemorySize, _ place: MemoryOperand, _ source: Source
    ) throws(Fault) {
        let value = try value(of: source)
        let pointer = try readable(place.base)
        try keepOneAccessKind(pointer)
        var register: Int?
        if case .register(let name) = source { register = Int(name.rawValue) }
        writtenSlot = nil
        _ = try check(
            pointer, place.base, Int64(place.displacement), size.byteCount, .write,
            value: StoredValue(state: value, register: register))
        noteAccess(pointer, Int64(place.displacement), size.byteCount)
        stackLiveness.noteStore(
            instance: Int(state.frames[state.current].instance), slot: slot, writtenSlot)
    }

    /// What a store writes.
    struct StoredValue {
        var state: RegisterState
        /// The register that it comes from; `nil` for a constant.
        var register: Int?
    }

    private func checkAtomicPlace(_ place: MemoryOperand) throws(Fault) {
        let pointer = try readable(place.base)
        switch pointer.kind {
        case .context, .packet, .packetMetadata, .flowKeys, .socket, .socketCommon, .tcpSocket,
            .xdpSocket:
            throw Fault(
                .invalidPointer, "\(place.base) is \(pointer.title): no atomic access is possible")
        default: break
        }
    }

    private mutating func atomic(
        _ operation: AtomicOperation, _ size: MemorySize, _ place: MemoryOperand, _ source: Register
    ) throws(Fault) {
        let stored = try readable(source)
        let pointer = try readable(place.base)
        if case .compareExchange = operation {
            try requireNoSecret(try readable(.r0), .r0, "in memory")
        }
        try requireNoSecret(stored, source, "in memory")
        try checkAtomicPlace(place)
        try checkAtomicAlignment(pointer, place, size)
        try keepOneAccessKind(pointer)
        let displacement = Int64(place.displacement)
        try refuseSavedPointer(pointer, displacement, size.byteCount)
        let old = try check(
            pointer, place.base, displacement, size.byteCount, .read, value: nil)
        let current = try readable(place.base)
        _ = try check(
            current, place.base, displacement, size.byteCount, .write, value: nil)
        noteAccess(pointer, displacement, size.byteCount)
        guard let target = operation.target(source) else { return }
        guard target != .r10 else {
            throw Fault(.invalidInstruction, "r10 is the frame pointer and cannot be written")
        }
        var value = old
        if value.kind == .scalar, size != .doubleWord {
            value.number.cut(toBytes: size.byteCount)
        }
        state[Int(target.rawValue)] = value
    }

    /// Atomic operations must be aligned whatever the machine can do.
    private func checkAtomicAlignment(
        _ pointer: RegisterState, _ place: MemoryOperand, _ size: MemorySize
    ) throws(Fault) {
        let offset = UInt64(bitPattern: Int64(place.displacement) + Int64(pointer.offset))
        guard (pointer.number.bits + TristateNumber(offset)).isAligned(to: UInt64(size.byteCount))
        else {
            throw Fault(
                .misaligned,
                "an atomic operation of \(size.byteCount) bytes is not at a multiple of that")
        }
    }

    /// The kernel compiles an instruction for one kind of pointer; another path must not bring
    /// another kind that is treated differently.
    private mutating func keepOneAccessKind(_ pointer: RegisterState) throws(Fault) {
        let kind = pointer.accessKind
        let before = accessKinds[slot]
        if before == kind { return }
        guard before == RegisterState.noAccessKind else {
            throw Fault(
                .mixedPointers,
                "this instruction meets \(pointer.title) here and another kind of pointer on "
                    + "another path",
                suggestion: "use two instructions: access the pointer inside of each branch")
        }
        accessKinds[slot] = kind
    }
}

extension AtomicOperation {
    /// The register that receives what was in memory.
    fileprivate func target(_ source: Register) -> Register? {
        switch self {
        case .compareExchange: .r0
        case .exchange, .add(true), .or(true), .and(true), .xor(true): source
        case .add, .or, .and, .xor: nil
        }
    }
}

extension RegisterState {
    /// The kind, if loads through it are compiled in a way of their own; 0 for all others.
    fileprivate var accessKind: UInt8 {
        switch kind {
        case .context, .socket, .socketCommon, .tcpSocket, .xdpSocket, .structure, .arena:
            kind.rawValue
        default: 0
        }
    }

    /// Stands for an instruction that has not been used yet.
    static let noAccessKind = UInt8.max
}

// MARK: - One access

extension Walk {
    /// Checks an access through a pointer, and says what a load gives.
    mutating func check(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        try checkAlignment(pointer, register, displacement, size)
        if pointer.isNullable, pointer.kind != .scalar { throw nullable(pointer, register) }
        let offset = displacement
        switch pointer.kind {
        case .stack:
            return try accessStack(pointer, register, offset, size, purpose, value: value)
        case .mapValue:
            return try accessMapValue(
                pointer, register, offset, size, purpose, value: value)
        case .mapKey:
            guard purpose == .read else { throw readOnly(pointer, register) }
            let map = subject.maps[Int(pointer.detail)]
            try checkRegion(pointer, register, offset, size, of: map.keySize, "the key")
            return .unknown
        case .memory:
            return try accessMemory(pointer, register, offset, size, purpose, value: value)
        case .context:
            return try accessContext(pointer, register, offset, size, purpose, value: value)
        case .packet, .packetMetadata:
            return try accessPacket(pointer, register, offset, size, purpose, value: value)
        case .flowKeys:
            try checkStored(value, "in the flow keys")
            try checkFlowKeys(pointer, register, offset, size)
            return .unknown
        case .socket, .socketCommon, .tcpSocket, .xdpSocket:
            guard purpose == .read else { throw readOnly(pointer, register) }
            return try readSocket(pointer, register, offset, size)
        case .tracepointBuffer:
            try checkBuffer(pointer, register, offset, size)
            return .unknown
        case .buffer:
            if purpose == .write, pointer.traits.contains(.readOnly) {
                throw readOnly(pointer, register)
            }
            try checkBuffer(pointer, register, offset, size)
            return .unknown
        case .structure:
            return try accessStructure(pointer, register, offset, size, purpose, value: value)
        case .arena: return .unknown
        case .map:
            guard purpose == .read else { throw readOnly(pointer, register) }
            return try readMapStructure(pointer, register, offset, size)
        case .uninitialized, .scalar, .packetEnd, .function, .dynptr, .iterator, .interruptFlag:
            throw notAPointer(pointer, register, purpose)
        }
    }

    func nullable(_ pointer: RegisterState, _ register: Register) -> Fault {
        Fault(
            .possiblyNull, "\(register) is \(pointer.title) or null, and no check tells which")
    }

    func readOnly(_ pointer: RegisterState, _ register: Register) -> Fault {
        Fault(.readOnly, "\(register) is \(pointer.title), which cannot be written")
    }

    private func notAPointer(
        _ pointer: RegisterState, _ register: Register, _ purpose: Purpose
    ) -> Fault {
        let verb = purpose == .read ? "read" : "written"
        if pointer.kind == .scalar {
            return Fault(
                .invalidPointer,
                "\(register) is a number, \(pointer.number): nothing can be \(verb) through it")
        }
        return Fault(
            .invalidPointer, "\(register) is \(pointer.title): nothing can be \(verb) through it")
    }

    /// Whether the offset is a multiple of the size where that is demanded.
    func checkAlignment(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int
    ) throws(Fault) {
        guard size > 1 else { return }
        let isStrict: Bool
        var base: Int64 = 0
        switch pointer.kind {
        case .stack: isStrict = true
        case .packet, .packetMetadata:
            isStrict = environment.isAlignmentStrict
            // Ethernet headers have fourteen bytes: packets start two bytes after a boundary.
            base = 2
        case .flowKeys, .mapValue, .mapKey, .context, .memory, .buffer, .tracepointBuffer,
            .structure, .socket, .socketCommon, .tcpSocket, .xdpSocket:
            isStrict = environment.isAlignmentStrict
        default: return
        }
        guard isStrict else { return }
        let offset = UInt64(bitPattern: displacement &+ Int64(pointer.offset) &+ base)
        let sum = pointer.number.bits + TristateNumber(offset)
        guard sum.isAligned(to: UInt64(size)) else {
            throw Fault(
                .misaligned,
                "\(register) + \(displacement) is not a multiple of \(size), the size of the access"
            )
        }
    }

    /// Checks that an access lies within a region, whose bytes are counted from the pointer's
    /// beginning.
    func checkRegion(
        _ pointer: RegisterState, _ register: Register, _ displacement: Int64, _ size: Int,
        of regionSize: Int, _ what: String, emptyIsFine: Bool = false
    ) throws(Fault) {
        let fixed = Int64(pointer.offset) + displacement
        let least = pointer.number.leastSigned
        if least < 0 {
            let (sum, overflow) = fixed.addingReportingOverflow(least)
            guard least != .min, !overflow, Int64(Int32(truncatingIfNeeded: sum)) == sum, sum >= 0
            else {
                throw Fault(
                    .possiblyNegative,
                    "\(register) may point before \(what): its offset may be as small as \(least)",
                    suggestion: "use an unsigned index, or test first that it is not negative")
            }
        }
        try checkFixed(register, fixed &+ least, size, regionSize, what, emptyIsFine)
        guard pointer.number.greatest < UInt64(Self.offsetLimit) else {
            throw Fault(
                .unbounded,
                "nothing limits how far \(register) may point past the start of \(what), which "
                    + "has \(regionSize) bytes")
        }
        try checkFixed(
            register, fixed &+ Int64(pointer.number.greatest), size, regionSize, what, emptyIsFine)
    }

    private static func bytes(_ offset: Int64, _ size: Int) -> String {
        size <= 1 ? "byte \(offset)" : "bytes \(offset)…\(offset &+ Int64(size) &- 1)"
    }

    private func checkFixed(
        _ register: Register, _ offset: Int64, _ size: Int, _ regionSize: Int, _ what: String,
        _ emptyIsFine: Bool
    ) throws(Fault) {
        let isNotEmpty = size > 0 || (size == 0 && emptyIsFine)
        guard offset >= 0, isNotEmpty, offset &+ Int64(size) <= Int64(regionSize) else {
            throw Fault(
                .outOfBounds,
                offset < 0
                    ? "\(register) may point \(-offset) bytes before \(what)"
                    : "\(Self.bytes(offset, size)) may be accessed through \(register), but \(what) "
                        + "has \(regionSize)",
                suggestion: offset < 0
                    ? nil : "test the offset first, or mask it so that it stays below \(regionSize)"
            )
        }
    }
}

// MARK: - Regions

extension Walk {
    private mutating func accessMapValue(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        let map = subject.maps[Int(pointer.detail)]
        try checkStored(value, "in map \(map.name)")
        try checkMapAccess(map, purpose)
        try checkMapValue(pointer, register, offset, size, map)
        if let field = specialField(pointer, offset, size, map.record) {
            guard case .kernelPointer = field.kind else {
                throw Fault(
                    .specialField,
                    "the access touches \(field.kind.title) in the value of map \(map.name), which "
                        + "only its own functions may touch")
            }
            return try accessKernelPointer(
                field, pointer, register, offset, size, purpose, value: value)
        }
        guard purpose == .read else { return .unknown }
        if let contents = map.constantContents, pointer.number.isConstant {
            let start = Int(offset) + Int(pointer.offset) + Int(pointer.number.bits.value)
            if start >= 0, start + size <= contents.count {
                let value = contents[start..<start + size].reversed().reduce(UInt64(0)) {
                    $0 << 8 | UInt64($1)
                }
                return .constant(value)
            }
        }
        return .unknown
    }

    func checkMapAccess(_ map: MapFacts, _ purpose: Purpose) throws(Fault) {
        if purpose == .write, map.flags.contains(.readOnlyForPrograms) {
            throw Fault(.readOnly, "programs can only read map \(map.name)")
        }
        if purpose == .read, map.flags.contains(.writeOnlyForPrograms) {
            throw Fault(.writeOnly, "programs can only write map \(map.name)")
        }
    }

    func checkMapValue(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int,
        _ map: MapFacts, emptyIsFine: Bool = false
    ) throws(Fault) {
        // The values of an array that are addressed directly lie side by side.
        try checkRegion(
            pointer, register, offset, size, of: map.valueSize,
            "the value of map \(map.name)", emptyIsFine: emptyIsFine)
    }

    /// The special part that an access touches, if any.
    func specialField(
        _ pointer: RegisterState, _ offset: Int64, _ size: Int, _ record: SpecialRecord
    ) -> SpecialRecord.Field? {
        guard !record.isEmpty else { return nil }
        let fixed = Int64(pointer.offset) + offset
        let low = fixed &+ pointer.number.leastSigned
        let high = fixed &+ Int64(clamping: pointer.number.greatest) &+ Int64(size)
        guard low < high else { return nil }
        return record.field(touchedBy: Int(clamping: low)..<Int(clamping: high))
    }

    private mutating func accessMemory(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        if purpose == .write, pointer.traits.contains(.readOnly) {
            throw readOnly(pointer, register)
        }
        try checkStored(value, "in \(pointer.title)")
        // Untrusted memory is read in a way that cannot fault.
        if pointer.traits.contains([.readOnly, .untrusted]) { return .unknown }
        try checkRegion(
            pointer, register, offset, size, of: Int(pointer.detail), pointer.title)
        return .unknown
    }

    private func checkFlowKeys(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int
    ) throws(Fault) {
        let start = offset + Int64(pointer.offset)
        guard pointer.number.isConstant, start >= 0, start + Int64(size) <= 56 else {
            throw Fault(.outOfBounds, "bytes \(start)… are past the flow keys, which have 56")
        }
    }

    private func checkBuffer(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int
    ) throws(Fault) {
        let start = offset + Int64(pointer.offset)
        guard offset >= 0, start >= 0 else {
            throw Fault(.outOfBounds, "\(register) may point before \(pointer.title)")
        }
        guard pointer.number.isConstant, pointer.number.bits.value == 0 else {
            throw Fault(
                .unbounded, "\(register) is \(pointer.title) with an offset that is not constant")
        }
    }

    private mutating func accessPacket(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int,
        _ purpose: Purpose, value: StoredValue?
    ) throws(Fault) -> RegisterState {
        if purpose == .write { try requirePacketWrite(register) }
        try checkStored(value, "in the packet")
        try checkPacket(pointer, register, offset, size)
        return .unknown
    }

    func requirePacketWrite(_ register: Register) throws(Fault) {
        guard environment.mayWritePackets else {
            throw Fault(
                .readOnly, "programs of type \(subject.type) cannot write packets directly")
        }
    }

    func checkPacket(
        _ pointer: RegisterState, _ register: Register, _ offset: Int64, _ size: Int,
        emptyIsFine: Bool = false
    ) throws(Fault) {
        guard pointer.number.leastSigned >= 0 else {
            throw Fault(
                .possiblyNegative,
                "\(register) may point before the packet: its offset may be as small as "
                    + "\(pointer.number.leastSigned)")
        }
        let start = offset + Int64(pointer.offset)
        let range = Int64(pointer.range)
        guard range >= 0, start >= 0, size > 0 || emptyIsFine,
            start + Int64(size) <= range
        else {
            let end = start + Int64(size)
            throw Fault(
                .packetBounds,
                range <= 0
                    ? "\(Self.bytes(start, size)) of the packet \(size == 1 ? "is" : "are") accessed through "
                        + "\(register), but no check says that the packet goes on that far"
                    : "\(Self.bytes(start, size)) may be accessed through \(register), but only "
                        + "\(range) bytes are known to be there",
                suggestion: "test before that pointer + \(max(end, 1)) <= data_end")
        }
    }
}

extension SpecialRecord.Field.Kind {
    /// What people call it.
    var title: String {
        switch self {
        case .spinLock: "a bpf_spin_lock"
        case .resilientLock: "a bpf_res_spin_lock"
        case .timer: "a bpf_timer"
        case .workQueue: "a bpf_wq"
        case .taskWork: "a bpf_task_work"
        case .kernelPointer: "a kernel pointer"
        case .listHead: "a bpf_list_head"
        case .listNode: "a bpf_list_node"
        case .treeRoot: "a bpf_rb_root"
        case .treeNode: "a bpf_rb_node"
        case .referenceCount: "a bpf_refcount"
        }
    }
}
