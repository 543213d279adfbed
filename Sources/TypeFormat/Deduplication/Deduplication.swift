/// Types of which no two are equal, made of types that may be.
///
/// ```swift
/// let merged = try Deduplication(of: [first, second])
/// let task = merged.number(of: id, in: 1)
/// ```
///
/// Each compilation unit describes all types that it uses; what a linker puts together says most
/// things many times. Here each is kept once, under the smallest of its numbers, and a declaration
/// gives way to the only definition of its name.
public struct Deduplication: Sendable {
    /// The types, each once, in the order of their first mention.
    public let types: BTF
    private let numbers: [[TypeID]]

    /// Puts types together.
    ///
    /// - Parameters:
    ///   - parts: the types; none may have a base other than `base`.
    ///   - base: types that all parts extend; what is there already is not stored again.
    /// - Throws: ``BTFError`` if a type cannot be decoded, or there are too many.
    public init(of parts: [BTF], base: BTF? = nil) throws(BTFError) {
        var all: [BTFType] = [.void]
        for id in base?.typeIDs.map({ $0 }) ?? [] { all.append(try base?.type(id) ?? .void) }
        let own = all.count
        var shifts: [Int] = []
        for part in parts {
            let shift = all.count - own
            shifts.append(shift)
            for id in part.ownTypeIDs {
                let type = try part.type(id).mappingReferences { $0.shifted(by: shift, from: own) }
                all.append(type)
            }
        }
        let equals = EqualTypes(all)
        let survivors = equals.survivors(from: own)
        var builder = BTFBuilder(base: base)
        for index in survivors.kept {
            _ = builder.add(
                all[index].mappingReferences { survivors.numbers[Int($0.rawValue)] }
            )
        }
        types = try builder.build()
        numbers = zip(parts, shifts).map { part, shift in
            (0..<part.count).map { index in
                let place = index < own ? index : index + shift
                return survivors.numbers[place]
            }
        }
    }

    /// The number that a type has now.
    ///
    /// - Parameters:
    ///   - id: its number in the part it was in.
    ///   - part: the index of that part.
    /// - Returns: the number of the type that is equal to it; `void` for numbers without a type.
    public func number(of id: TypeID, in part: Int = 0) -> TypeID {
        guard numbers.indices.contains(part), numbers[part].indices.contains(Int(id.rawValue))
        else { return .void }
        return numbers[part][Int(id.rawValue)]
    }
}

extension BTF {
    /// The types of which no two are equal; see ``Deduplication``.
    ///
    /// - Throws: ``BTFError`` if a type cannot be decoded.
    public func deduplicated() throws(BTFError) -> BTF {
        try Deduplication(of: [self], base: base).types
    }
}

extension TypeID {
    fileprivate func shifted(by shift: Int, from first: Int) -> TypeID {
        Int(rawValue) < first ? self : TypeID(UInt32(clamping: Int(rawValue) + shift))
    }
}

/// Which types are equal, with declarations taken for the only definition of their name.
private struct EqualTypes {
    private let types: [BTFType]
    private let partition: TypePartition
    private let definitions: [Int: Int]

    init(_ types: [BTFType]) {
        self.types = types
        let names = DeclaredNames(types)
        var definitions = names.definitions
        while true {
            let partition = TypePartition(types, definitions: definitions)
            // A name with two definitions leaves open which one a declaration means.
            let sound = definitions.filter { names.isUnambiguous($0.key, partition.classes) }
            if sound.count == definitions.count {
                self.partition = partition
                break
            }
            definitions = sound
        }
        self.definitions = definitions
    }

    /// The types that are kept, beside those below `first`, and the new number of each type.
    func survivors(from first: Int) -> (kept: [Int], numbers: [TypeID]) {
        var kept: [Int] = []
        var byClass: [Int: TypeID] = [:]
        var numbers: [TypeID] = []
        for index in types.indices where definitions[index] == nil || index < first {
            let place = partition.classes[index]
            if byClass[place] == nil {
                let number = index < first ? index : first + kept.count
                byClass[place] = TypeID(UInt32(clamping: number))
                if index >= first { kept.append(index) }
            }
        }
        for index in types.indices {
            let target = index < first ? index : definitions[index] ?? index
            let own = byClass[partition.classes[target]] ?? .void
            numbers.append(index < first ? TypeID(UInt32(clamping: index)) : own)
        }
        return (kept, numbers)
    }
}

/// Declarations without definition, and what they may be declarations of.
private struct DeclaredNames {
    private struct Key: Hashable {
        enum Tag { case structure, union, enumeration }
        let tag: Tag
        let name: String
    }

    private var declarations: [Int: Key] = [:]
    private var candidates: [Key: [Int]] = [:]

    init(_ types: [BTFType]) {
        for (index, type) in types.enumerated() {
            switch type {
            case .forward(let name, let isUnion):
                declarations[index] = Key(tag: isUnion ? .union : .structure, name: name)
            case .enumeration(let type) where type.enumerators.isEmpty && !type.name.isEmpty:
                declarations[index] = Key(tag: .enumeration, name: type.name)
            case .structure(let type): add(index, .structure, type.name)
            case .union(let type): add(index, .union, type.name)
            case .enumeration(let type): add(index, .enumeration, type.name)
            default: break
            }
        }
    }

    private mutating func add(_ index: Int, _ tag: Key.Tag, _ name: String) {
        guard !name.isEmpty else { return }
        candidates[Key(tag: tag, name: name), default: []].append(index)
    }

    /// The first definition for each declaration that has any.
    var definitions: [Int: Int] { declarations.compactMapValues { candidates[$0]?.first } }

    /// Whether all definitions for a declaration are equal.
    func isUnambiguous(_ declaration: Int, _ classes: [Int]) -> Bool {
        guard let key = declarations[declaration], let found = candidates[key] else { return false }
        return found.allSatisfy { classes[$0] == classes[found[0]] }
    }
}
