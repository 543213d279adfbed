import EBPFTypeFormat

/// The types of the kernel that may be meant by types of an object: those of the same name.
struct CORECandidates {
    /// A type of the kernel or of one of its modules.
    struct Candidate {
        let types: BTF
        let id: TypeID
        var isInModule = false
    }

    private let local: BTF
    private let target: BTF
    private let loadModules: () throws -> [BTF]
    private var modules: [BTF]?
    /// What has been found for types of the object.
    private var known: [TypeID: [Candidate]] = [:]
    /// All names of the object's types of a kind, and what the kernel has of each.
    private var found: [TypeKind: Findings] = [:]

    private struct Findings {
        let names: EssentialNames
        let types: [[TypeID]]
    }

    init(local: BTF, target: BTF, modules: @escaping () throws -> [BTF]) {
        self.local = local
        self.target = target
        loadModules = modules
    }

    /// The candidates for a type of the object.
    ///
    /// Modules are asked only for what the kernel itself does not have.
    mutating func find(_ id: TypeID) throws(COREError.Reason) -> [Candidate] {
        if let known = known[id] { return known }
        guard let kind = local.kind(of: id) else { return [] }
        let name = local.nameBytes(of: id)
        guard !name.isEmpty else { throw .anonymousType(id) }
        let findings = findings(for: kind)
        var names = findings.names
        let position = names.insert(name)
        var candidates: [Candidate] = []
        if position < findings.types.count {
            candidates = findings.types[position].map { Candidate(types: target, id: $0) }
        }
        if candidates.isEmpty {
            for module in try moduleTypes() {
                var names = EssentialNames()
                _ = names.insert(name)
                let found = module.types(named: names, kinds: kind.group, skipsBase: true)
                candidates += found[0].map {
                    Candidate(types: module, id: $0, isInModule: true)
                }
            }
        }
        known[id] = candidates
        return candidates
    }

    /// Keeps only those candidates of a type that had what a relocation asked for: all
    /// relocations of a type are to mean the same.
    mutating func narrow(_ id: TypeID, to candidates: [Candidate]) { known[id] = candidates }

    /// Looks for the names of all types of a kind at once: one pass over the kernel's types takes
    /// as long for one name as for many.
    private mutating func findings(for kind: TypeKind) -> Findings {
        let key: TypeKind = kind == .enumeration64 ? .enumeration : kind
        if let known = found[key] { return known }
        var names = EssentialNames()
        for id in local.typeIDs where local.kind(of: id)?.isCompatible(with: kind) == true {
            let name = local.nameBytes(of: id)
            if !name.isEmpty { _ = names.insert(name) }
        }
        let findings = Findings(
            names: names,
            types: target.types(named: names, kinds: kind.group)
        )
        found[key] = findings
        return findings
    }

    private mutating func moduleTypes() throws(COREError.Reason) -> [BTF] {
        if let modules { return modules }
        do {
            let loaded = try loadModules()
            modules = loaded
            return loaded
        } catch {
            throw .modules("\(error)")
        }
    }
}

extension TypeKind {
    /// The kinds that may stand for this one.
    var group: Set<TypeKind> { isEnumeration ? [.enumeration, .enumeration64] : [self] }
}
