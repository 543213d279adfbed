import EBPFObjectFile
import EBPFTypeFormat

/// What programs may do with structures of the kernel, and what loads from them give.
///
/// Answers are kept: of a question that was asked before, no type is looked at again.
struct StructureAccess: Sendable {
    /// The types whose structures these are.
    let types: BTF

    private var places: [Question: Result<FoundPlace, TypeFault>] = [:]
    private var matches: [MatchQuestion: Bool] = [:]
    private var trustedMembers: TrustedMembers

    /// Answers about the structures of some types: the kernel's, a module's or a program's own.
    init(_ types: BTF) {
        self.types = types
        trustedMembers = TrustedMembers(types)
    }

    /// How many answers are kept.
    var count: Int { places.count + matches.count }

    /// What a load gives.
    enum Value: Hashable, Sendable {
        /// A number of which nothing is known.
        case number
        /// A pointer to a struct or union.
        case pointer(to: TypeID, PointerTraits)
        /// A pointer to memory of unknown size, which guarded loads can read and nobody can write
        /// (`PTR_TO_MEM | MEM_RDONLY | PTR_UNTRUSTED`).
        case untrustedMemory
    }

    private struct Question: Hashable {
        let structure: TypeID
        let offset: Int32
        let size: Int32
    }

    private struct FoundPlace: Sendable {
        var place: StructurePlace
        var safety: MemberSafety
    }

    fileprivate struct MatchQuestion: Hashable {
        let type: TypeID
        let offset: Int32
        let wanted: TypeID
    }
}

extension StructureAccess {
    /// What a load through a pointer to a structure gives (`btf_struct_access`).
    ///
    /// That the pointer is not null, that its offset is known, that the program may read kernel
    /// memory at all (capability, licence) is for the caller to check.
    ///
    /// - Parameters:
    ///   - structure: what the pointer points to.
    ///   - traits: what is known of the pointer.
    ///   - offset: from the start of the structure, with the pointer's own offset.
    ///   - size: 1, 2, 4 or 8 bytes.
    ///   - inReadSection: whether an RCU read section is open here; where programs cannot sleep,
    ///     one always is.
    mutating func load(
        from structure: TypeID, through traits: PointerTraits, at offset: Int, size: Int,
        inReadSection: Bool
    ) throws(TypeFault) -> Value {
        try checkAddress(structure, traits, offset)
        let found = try place(in: structure, at: offset, size: size)
        switch found.place.kind {
        case .number: return .number
        // Objects of programs hold no pointers that would be pointers again.
        case _ where traits.contains(.allocated): return .number
        case .otherPointer: return .untrustedMemory
        case .structure(let target):
            let read = Self.traits(
                of: found.place.traits, promised: found.safety, through: traits,
                inReadSection: inReadSection)
            return .pointer(to: target, read)
        }
    }

    /// Whether a store through a pointer to a structure is allowed.
    ///
    /// Programs write the objects that they made, and those members of the kernel's that their hook
    /// lets them write.
    mutating func store(
        to structure: TypeID, through traits: PointerTraits, at offset: Int, size: Int,
        allowed members: WritableMembers
    ) throws(TypeFault) {
        try checkAddress(structure, traits, offset)
        guard traits.contains(.allocated) else {
            return try members.check(structure, at: offset, size: size, types)
        }
        guard !traits.contains(.untrusted) else {
            throw TypeFault(
                .readOnly, "the object may be gone: it was left to others, or its section is over")
        }
        _ = try place(in: structure, at: offset, size: size)
    }

    /// What lies at an offset of a structure, and what the kernel promises of it.
    private mutating func place(
        in structure: TypeID, at offset: Int, size: Int
    ) throws(TypeFault) -> FoundPlace {
        let question = Question(
            structure: structure, offset: Int32(clamping: offset), size: Int32(clamping: size))
        if let known = places[question] { return try known.get() }
        let answer = Result { () throws(TypeFault) in
            var walk = StructureWalk(types, from: structure, at: offset, size: size)
            let place = try walk.place()
            guard case .structure(let target) = place.kind
            else { return FoundPlace(place: place, safety: []) }
            let safety = trustedMembers.safety(
                of: place.member, to: target, readFrom: structure)
            return FoundPlace(place: place, safety: safety)
        }
        places[question] = answer
        return try answer.get()
    }

    /// Pointers that cannot be followed at all.
    private func checkAddress(
        _ structure: TypeID, _ traits: PointerTraits, _ offset: Int
    ) throws(TypeFault) {
        guard traits.isDisjoint(with: [.user, .perCPU]) else {
            let name = (try? types.name(of: structure)) ?? ""
            guard traits.contains(.user) else {
                throw TypeFault(
                    .invalidPointer, "each CPU has its own struct \(name) there",
                    suggestion: "ask for one first: bpf_per_cpu_ptr() or bpf_this_cpu_ptr()")
            }
            throw TypeFault(
                .invalidPointer, "struct \(name) lies in the memory of a process",
                suggestion: "copy it with bpf_probe_read_user() or BPF_CORE_READ_USER()")
        }
        guard offset >= 0 else {
            throw TypeFault(
                .outOfBounds, "the access begins \(-offset) bytes before the start of the struct")
        }
    }

    /// What is known of a pointer that was read through another one.
    ///
    /// - Parameters:
    ///   - traits: what its type says, and whether it was found in a union.
    ///   - safety: what the kernel promises of this member.
    ///   - base: what is known of the pointer to the structure.
    ///   - inReadSection: whether an RCU read section is open.
    static func traits(
        of traits: PointerTraits, promised safety: MemberSafety, through base: PointerTraits,
        inReadSection: Bool
    ) -> PointerTraits {
        if base.contains(.untrusted) { return .untrusted }
        let plain = traits.subtracting([.trusted, .allocated, .nonOwning, .rcu])
        // Pointers of which nothing is known lead to such, as before trust was invented.
        guard base.isTrusted || base.contains(.rcu) else { return plain }
        if safety.contains(.trusted) { return traits.union(.trusted) }
        if safety.contains(.trustedOrNull) { return traits.union([.trusted, .maybeNull]) }
        guard inReadSection, !base.contains(.maybeNull) else { return .untrusted }
        if safety.contains(.rcu) { return traits.union(.rcu) }
        if safety.contains(.rcuOrNull) {
            return traits.union([.rcu, .maybeNull]).subtracting(.untrusted)
        }
        if traits.contains(.rcu) { return traits.union(.maybeNull) }
        return traits.isDisjoint(with: [.perCPU, .user]) ? plain : traits
    }
}

// MARK: Comparing types

extension StructureAccess {
    /// Whether a pointer to a structure, at an offset, is one to another (`btf_struct_ids_match`):
    /// the same type, or, unless it must be exactly that, a member that lies there.
    mutating func matches(
        _ type: TypeID, at offset: Int, _ wanted: TypeID, exactly: Bool = false
    ) -> Bool {
        if offset == 0, type == wanted { return true }
        guard !exactly, offset >= 0 else { return false }
        let question = MatchQuestion(type: type, offset: Int32(clamping: offset), wanted: wanted)
        if let known = matches[question] { return known }
        var walk = StructureWalk(types, from: type, at: offset, size: 1)
        var found = false
        while !found, let nested = try? walk.nested() { found = nested == wanted }
        matches[question] = found
        return found
    }

    /// Whether one of two types is the other's twin that must not be taken for it: `nf_conn___init`
    /// is an `nf_conn` that is not complete yet (`btf_type_ids_nocast_alias`).
    func areUncastableTwins(_ left: TypeID, _ right: TypeID) -> Bool {
        guard let first = try? types.name(of: left), let second = try? types.name(of: right)
        else { return false }
        let suffix = "___init"
        return first + suffix == second || second + suffix == first
    }
}
