import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Locks, timers and pointers to the kernel's objects in maps: parts of values with rules of their
/// own.
extension Walk {
    mutating func checkSpinLock(
        _ value: RegisterState, _ register: Register, _ helper: Helper
    ) throws(Fault) {
        if isInTreeSearch {
            throw Fault(.locking, "no lock is taken or released while a tree is searched")
        }
        let owner = try lockOwner(value, register, .spinLock)
        if helper.id == .spinLock {
            guard state.sections.locks == 0 else {
                throw Fault(.locking, "a second lock is taken while one is held")
            }
            takeLock(.spinLock, owner)
        } else {
            try releaseLock(.spinLock, owner)
        }
    }

    /// What holds a lock, as a number: the value or object, and which of several.
    mutating func lockOwner(
        _ value: RegisterState, _ register: Register, _ kind: SpecialRecord.Field.Kind
    ) throws(Fault) -> UInt64 {
        let record: SpecialRecord
        let place: UInt64
        switch value.kind {
        case .mapValue:
            record = subject.maps[Int(value.detail)].record
            place = UInt64(value.detail) + 1
        case .structure where !value.traits.isDisjoint(with: [.allocated, .borrowed]):
            record = recordOfProgramType(TypeID(value.detail), value.detail2) ?? SpecialRecord()
            place = UInt64(value.detail) | 1 << 31
        default:
            throw Fault(
                .argumentType,
                "\(register) is \(value.title); locks live in maps' values and allocated objects")
        }
        guard let constant = value.number.constant else {
            throw Fault(.locking, "\(register) points to a lock at an unknown place")
        }
        guard let field = record.first(kind) else {
            throw Fault(.locking, "what \(register) points to has no \(kind.title)")
        }
        let offset = Int(value.offset) + Int(Int64(bitPattern: constant))
        guard offset == field.offset else {
            throw Fault(
                .locking,
                "\(register) points to byte \(offset); the lock is at byte \(field.offset)")
        }
        return place << 32 | UInt64(value.id)
    }

    mutating func takeLock(_ kind: Reference.Kind, _ owner: UInt64) {
        let id = acquire(kind, owner: owner)
        state.sections.locks += 1
        state.sections.lastLock = id
        state.sections.lastLockOwner = owner
    }

    mutating func releaseLock(_ kind: Reference.Kind, _ owner: UInt64) throws(Fault) {
        guard state.sections.locks > 0 else {
            throw Fault(.locking, "a lock is released that was not taken")
        }
        guard
            let index = state.references.lastIndex(where: {
                $0.kind == kind && $0.owner == owner
            })
        else {
            throw Fault(.locking, "another lock is released than the one that was taken")
        }
        if kind != .spinLock, state.references[index].id != state.sections.lastLock {
            throw Fault(.locking, "the lock that was taken last must be released first")
        }
        state.references.remove(at: index)
        state.sections.locks -= 1
        let last = state.references.last { $0.kind.isLock }
        state.sections.lastLock = last?.id ?? 0
        state.sections.lastLockOwner = last?.owner ?? 0
        forgetBorrowed()
    }

    /// What was only borrowed under a lock may be gone.
    mutating func forgetBorrowed() {
        let nothing = useless
        state.forEachRegister { if $0.traits.contains(.borrowed) { $0 = nothing } }
    }

    /// A timer, or something like it, in a map's value.
    mutating func checkTimer(
        _ value: RegisterState, _ register: Register, _ kind: SpecialRecord.Field.Kind,
        _ facts: inout CallFacts
    ) throws(Fault) {
        guard value.kind == .mapValue else {
            throw Fault(
                .argumentType, "\(register) is \(value.title); \(kind.title) lives in a map's value"
            )
        }
        guard let constant = value.number.constant else {
            throw Fault(.argumentType, "\(register) points to \(kind.title) at an unknown place")
        }
        let map = subject.maps[Int(value.detail)]
        guard let field = map.record.first(kind) else {
            throw Fault(.argumentType, "the values of map \(map.name) have no \(kind.title)")
        }
        let offset = Int(value.offset) + Int(Int64(bitPattern: constant))
        guard offset == field.offset else {
            throw Fault(
                .argumentType,
                "\(register) points to byte \(offset) of the value; \(kind.title) is at byte "
                    + "\(field.offset)")
        }
        facts.map = Int(value.detail)
        facts.mapIdentity = value.detail2
    }

    // MARK: Kernel pointers in maps

    mutating func checkKernelPointerField(
        _ value: RegisterState, _ register: Register, _ helper: Helper, _ facts: inout CallFacts
    ) throws(Fault) {
        let record: SpecialRecord
        switch value.kind {
        case .mapValue: record = subject.maps[Int(value.detail)].record
        case .structure where !value.traits.isDisjoint(with: [.allocated, .borrowed]):
            record = recordOfProgramType(TypeID(value.detail), value.detail2) ?? SpecialRecord()
        default: throw mismatch(value, register, helper, "the place of a kernel pointer")
        }
        guard let constant = value.number.constant else {
            throw Fault(.kernelPointerField, "\(register) is not at a constant place")
        }
        let offset = Int(value.offset) + Int(Int64(bitPattern: constant))
        guard let field = record.field(at: offset), case .kernelPointer(let ownership) = field.kind
        else {
            throw Fault(
                .kernelPointerField,
                "there is no kernel pointer at byte \(offset), where \(register) points")
        }
        guard ownership == .counted || ownership == .perCPU else {
            throw Fault(
                .kernelPointerField,
                "the pointer at byte \(offset) holds no reference: it is \(ownership)")
        }
        facts.kernelPointer = field
    }

    mutating func checkKernelPointer(
        _ value: RegisterState, _ register: Register, _ helper: Helper, _ facts: CallFacts
    ) throws(Fault) {
        guard let field = facts.kernelPointer else { return }
        guard value.kind == .structure, let wanted = field.targetType else {
            throw mismatch(value, register, helper, "a held struct \(field.target), or null")
        }
        let source =
            field.isProgramType
            ? RegisterState.TypeSource.program : RegisterState.TypeSource.kernel
        var isPerCPUField = false
        if case .kernelPointer(.perCPU) = field.kind { isPerCPUField = true }
        guard value.isPointerWithoutOffset, value.detail2 == source,
            isPerCPUField == value.traits.contains(.perCPU),
            source == RegisterState.TypeSource.program
                ? typeQuestions.program?.matches(
                    TypeID(value.detail), at: 0, wanted, exactly: true) ?? false
                : typeQuestions.kernel?.matches(
                    TypeID(value.detail), at: 0, wanted, exactly: true) ?? false
        else {
            throw mismatch(value, register, helper, "a held struct \(field.target), or null")
        }
    }
}
