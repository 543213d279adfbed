public import EBPFTypeFormat

/// The part of a kernel's types that objects ask for: kernels that show no types need no more.
///
/// ```swift
/// var reduction = COREReduction(of: try BTF(file: bytes))
/// try reduction.add(specs)
/// let types = try reduction.types()
/// ```
///
/// Distributions without `CONFIG_DEBUG_INFO_BTF` have their types collected elsewhere, in files of
/// megabytes. What an object looks at in one of them are some kilobytes, which can be shipped with
/// it and given to ``CORERelocator``. Structs keep their size and lose the members nobody asked for.
public struct COREReduction: Sendable {
    private let kernel: BTF
    /// The types that stay.
    private var kept: Set<TypeID> = []
    /// The members that stay of structs and unions.
    private var members: [TypeID: Set<Int>] = [:]

    /// A reduction that keeps nothing yet.
    ///
    /// - Parameter kernel: the types of the kernel, without those of modules.
    public init(of kernel: BTF) { self.kernel = kernel }

    /// Keeps what the relocations of an object lead to.
    ///
    /// - Returns: the relocations that this kernel cannot answer, and those that cannot be applied
    ///   at all; nothing is kept for them.
    /// - Throws: ``BTFError`` if the kernel's types are damaged.
    public mutating func add(_ specs: ObjectSpecs) throws(BTFError) -> [COREOutcome] {
        let local: BTF
        if let types = specs.types { local = types } else { local = try BTFBuilder().build() }
        var relocator = CORERelocator(local: local, target: kernel)
        var unanswered: [COREOutcome] = []
        for program in specs.programs.values {
            unanswered += relocator.check(program).filter {
                if case .resolved = $0.result { false } else { true }
            }
        }
        for way in relocator.ways { try keep(way) }
        return unanswered
    }

    /// The types that stay, numbered anew in the order in which the kernel has them.
    ///
    /// - Throws: ``BTFError`` if one of them cannot be decoded.
    public func types() throws(BTFError) -> BTF {
        let order = kept.sorted { $0.rawValue < $1.rawValue }
        var numbers: [TypeID: TypeID] = [:]
        for (index, id) in order.enumerated() { numbers[id] = TypeID(UInt32(clamping: index + 1)) }
        var builder = BTFBuilder()
        for id in order {
            let type = reduced(try kernel.type(id), to: members[id] ?? [])
            // What a pointer points to is of no use if nobody went there.
            _ = builder.add(type.mappingReferences { numbers[$0] ?? .void })
        }
        return try builder.build()
    }

    private func reduced(_ type: BTFType, to members: Set<Int>) -> BTFType {
        switch type {
        case .structure(var composite):
            composite.members = composite.members.enumerated().filter {
                members.contains($0.offset)
            }
            .map(\.element)
            return .structure(composite)
        case .union(var composite):
            composite.members = composite.members.enumerated().filter {
                members.contains($0.offset)
            }
            .map(\.element)
            return .union(composite)
        default: return type
        }
    }
}

// MARK: What a relocation needs

extension COREReduction {
    /// How much of a type a relocation compares.
    private enum Depth {
        /// The type itself, with what it is made of; pointers only as such.
        case place
        /// Also what pointers point to and functions take.
        case signature
        /// All of it, with every member.
        case everything
    }

    private mutating func keep(_ way: CORERelocator.Way) throws(BTFError) {
        switch way.kind.subject {
        case .type:
            try keep(way.path.root, way.kind == .typeMatches ? .everything : .signature)
        case .enumerator: try keep(way.path.root, .place)
        case .field: try keepField(way.path)
        }
    }

    /// Keeps every member on the way, and the structs and unions that they are in.
    private mutating func keepField(_ path: COREPath) throws(BTFError) {
        try keep(path.root, .place)
        var type = try kernel.resolve(path.root)
        for step in path.steps {
            if step.name != nil {
                try keepMember(step.index, of: step.type, from: type, depth: 0)
                let member = try kernel.parts(of: step.type)?.type(at: step.index) ?? .void
                try keep(member, .place)
                type = try kernel.resolve(member)
            } else {
                try keep(step.type, .place)
                type = try kernel.resolve(step.type)
            }
        }
    }

    /// Keeps a member of a type, or of an anonymous struct or union within it.
    @discardableResult
    private mutating func keepMember(
        _ index: Int, of owner: TypeID, from type: TypeID, depth: Int
    ) throws(BTFError) -> Bool {
        guard depth < COREPath.depthLimit else { throw BTFError(.type(type), .tooDeep) }
        if type == owner {
            try keep(type, .place)
            members[type, default: []].insert(index)
            return true
        }
        guard let parts = kernel.parts(of: type), !parts.areEnumerators else { return false }
        for part in 0..<parts.count where parts.isAnonymous(at: part) {
            let named = try parts.type(at: part)
            let inner = try kernel.resolve(named)
            guard try keepMember(index, of: owner, from: inner, depth: depth + 1) else { continue }
            try keep(type, .place)
            try keep(named, .place)
            members[type, default: []].insert(part)
            return true
        }
        return false
    }

    /// Keeps a type and what it is made of.
    private mutating func keep(_ id: TypeID, _ depth: Depth) throws(BTFError) {
        var pending = [Reached(id: id, isBehindPointer: false)]
        var seen: Set<Reached> = []
        while let next = pending.popLast() {
            guard next.id != .void, seen.insert(next).inserted else { continue }
            kept.insert(next.id)
            let type = try kernel.type(next.id)
            var isBehindPointer = next.isBehindPointer
            switch type {
            case .structure(let composite), .union(let composite):
                // Behind pointers only kinds and names are compared.
                guard depth == .everything, !isBehindPointer else { continue }
                members[next.id, default: []].formUnion(composite.members.indices)
            case .pointer:
                guard depth != .place else { continue }
                isBehindPointer = true
            default: break
            }
            _ = type.mappingReferences {
                pending.append(Reached(id: $0, isBehindPointer: isBehindPointer))
                return $0
            }
        }
    }

    /// A type on the way from one that is kept.
    private struct Reached: Hashable {
        let id: TypeID
        let isBehindPointer: Bool
    }
}
