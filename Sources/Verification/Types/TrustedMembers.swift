import EBPFTypeFormat

/// What a kernel promises of a pointer that is read from one of its structures.
struct MemberSafety: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// Trusted where the structure is.
    static let trusted = MemberSafety(rawValue: 1)
    /// Trusted where the structure is, or null.
    static let trustedOrNull = MemberSafety(rawValue: 2)
    /// Valid until the end of the RCU read section.
    static let rcu = MemberSafety(rawValue: 4)
    /// Valid until the end of the RCU read section, or null.
    static let rcuOrNull = MemberSafety(rawValue: 8)
}

/// The members of structures that a kernel keeps valid as long as the structure itself.
///
/// The kernel's types say which ones these are: a `struct NAME__safe_rcu` lists those members of
/// `struct NAME` whose pointers can be used in an RCU read section, and so on for the other
/// promises. Another kernel's types have that kernel's lists.
struct TrustedMembers: Sendable {
    private let types: BTF
    private var known: [TypeID: [(member: StructureMember, safety: MemberSafety)]] = [:]

    init(_ types: BTF) { self.types = types }

    private static let suffixes: [(text: String, safety: MemberSafety)] = [
        ("__safe_trusted", .trusted), ("__safe_trusted_or_null", .trustedOrNull),
        ("__safe_rcu", .rcu), ("__safe_rcu_or_null", .rcuOrNull),
    ]

    /// What is promised of a pointer that was found in a structure, or in one inside it: name and
    /// target must be those of the list.
    mutating func safety(
        of member: StructureMember, to target: TypeID, readFrom structure: TypeID
    ) -> MemberSafety {
        let listed = members(of: structure)
        guard !listed.isEmpty, let name = types.parts(of: member.of)?.name(at: member.index)
        else { return [] }
        var safety: MemberSafety = []
        for entry in listed {
            guard let list = types.parts(of: entry.member.of),
                list.name(at: entry.member.index) == name,
                let type = try? types.resolve(list.type(at: entry.member.index)),
                case .pointer(let pointed)? = try? types.type(type),
                (try? types.resolve(pointed)) == target
            else { continue }
            safety.insert(entry.safety)
        }
        return safety
    }

    private mutating func members(
        of structure: TypeID
    ) -> [(member: StructureMember, safety: MemberSafety)] {
        if let listed = known[structure] { return listed }
        var listed: [(member: StructureMember, safety: MemberSafety)] = []
        let name = (try? types.name(of: structure)) ?? ""
        for suffix in Self.suffixes where !name.isEmpty {
            guard
                let list = types.first(
                    named: name + suffix.text, kind: types.kind(of: structure)),
                let count = types.parts(of: list)?.count
            else { continue }
            listed += (0..<count).map { (StructureMember(of: list, index: $0), suffix.safety) }
        }
        known[structure] = listed
        return listed
    }
}
