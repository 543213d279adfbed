import EBPFBytecode
public import EBPFTypeFormat

/// What the kernel lacks that a program wants to use.
///
/// The message is made when it is asked for: programs ask for much that older kernels lack, and
/// never get to the instructions that need it.
public struct COREMissing: Error, Sendable {
    /// What is missing.
    public let reason: Reason
    let local: BTF
    let target: BTF

    /// The ways in which something can be missing; numbers of types are those of the kernel,
    /// unless they are called local.
    public enum Reason: Hashable, Sendable {
        /// No type of the kernel has the name.
        case noType(local: TypeID)
        /// The type of that name is something else.
        case otherShape(TypeID)
        /// The struct or union has no member of that name.
        case noMember(String, of: TypeID)
        /// The member is of a type that cannot stand for the program's.
        case otherFieldType(String, local: TypeID, target: TypeID)
        /// What the program indexes is no array.
        case noArray(TypeID)
        /// The array is too short.
        case noElement(Int, count: Int)
        /// The enumeration has no enumerator of that name.
        case noEnumerator(String, of: TypeID)
        /// The field has another size, and its type does not allow to load or store it otherwise:
        /// only pointers and unsigned integers can be extended with zeros.
        case otherSize(local: TypeID, target: TypeID)
    }
}

extension COREMissing: CustomStringConvertible {
    /// What is missing, what the kernel has, and what may have been meant.
    public var description: String {
        switch reason {
        case .noType(let id): noType(id)
        case .otherShape(let id): "the kernel's \(target.spelling(of: id)) is another type"
        case .noMember(let name, let id):
            "the kernel's \(target.spelling(of: id)) has no member \"\(name)\""
                + suggestion(name, id)
        case .otherFieldType(let name, let own, let other):
            "member \"\(name)\" is '\(target.spelling(of: other))' in the kernel, but "
                + "'\(local.spelling(of: own))' in the program"
        case .noArray(let id): "the kernel's field is '\(target.spelling(of: id))' and no array"
        case .noElement(let index, let count):
            "there is no element \(index); the kernel's array has \(count)"
        case .noEnumerator(let name, let id):
            "the kernel's \(target.spelling(of: id)) has no enumerator \"\(name)\""
                + suggestion(name, id)
        case .otherSize(let own, let other):
            "the field is '\(target.spelling(of: other))' in the kernel, but "
                + "'\(local.spelling(of: own))' in the program; loads and stores adapt only to "
                + "pointers and unsigned integers: declare it as the kernel does, or read it with "
                + "BPF_CORE_READ_INTO()"
        }
    }

    private func noType(_ id: TypeID) -> String {
        let name = EssentialName.of((try? local.name(of: id)) ?? "")
        guard let kind = local.kind(of: id) else { return "the kernel has no such type" }
        let others = target.typeIDs.lazy
            .filter { kind.isCompatible(with: target.kind(of: $0) ?? .forward) }
            .compactMap { try? target.name(of: $0) }.filter { !$0.isEmpty }
        return "the kernel has no \(kind.keyword) \"\(name)\""
            + Spelling.suggestion(for: name, among: others)
    }

    private func suggestion(_ name: String, _ id: TypeID) -> String {
        Spelling.suggestion(for: name, among: target.partNames(of: id))
    }
}

extension TypeKind {
    /// The word that C has for types of a kind.
    fileprivate var keyword: String {
        switch self {
        case .structure: "struct"
        case .union: "union"
        case .enumeration, .enumeration64: "enum"
        case .alias: "typedef"
        case .function: "function"
        default: "type"
        }
    }
}

extension BTF {
    /// A type as C spells it, for messages; of types without name the keyword alone.
    func spelling(of id: TypeID) -> String {
        let isNamed = !nameBytes(of: id).isEmpty
        switch kind(of: id) {
        case .structure where !isNamed: return "anonymous struct"
        case .union where !isNamed: return "anonymous union"
        case .enumeration where !isNamed, .enumeration64 where !isNamed: return "anonymous enum"
        default: return (try? declaration(of: id)) ?? "\(id)"
        }
    }

    /// The names of members, also of those in anonymous members, or of enumerators.
    fileprivate func partNames(of id: TypeID, depth: Int = 0) -> [String] {
        guard depth < 8, let parts = parts(of: id) else { return [] }
        var names: [String] = []
        for index in 0..<parts.count {
            let name = parts.name(at: index)
            if !name.isEmpty {
                names.append(String(decoding: name, as: UTF8.self))
            } else if !parts.areEnumerators, names.count < 1 << 16,
                let type = try? parts.type(at: index), let inner = try? resolve(type)
            {
                names += partNames(of: inner, depth: depth + 1)
            }
        }
        return names
    }
}
