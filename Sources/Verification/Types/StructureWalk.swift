import EBPFObjectFile
import EBPFTypeFormat

/// What lies at an offset of a structure.
struct StructurePlace: Hashable, Sendable {
    /// The kinds of things that can be loaded.
    enum Kind: Hashable, Sendable {
        /// A number, or part of one.
        case number
        /// A pointer to a struct or union.
        case structure(TypeID)
        /// A pointer to anything else: `void`, numbers, functions, pointers.
        case otherPointer
    }

    /// What can be loaded.
    var kind: Kind
    /// What the type says of the pointer (``PointerTraits/user``, ``PointerTraits/perCPU``,
    /// ``PointerTraits/rcu``), and whether it was found in a union, where nobody knows what was
    /// stored last (``PointerTraits/untrusted``).
    var traits: PointerTraits = []
    /// The member's index in its struct, for its name.
    var member = StructureMember(of: .void, index: 0)
}

/// A member of a struct or union.
struct StructureMember: Hashable, Sendable {
    /// The struct or union.
    let of: TypeID
    /// The index of the member.
    let index: Int
}

/// Goes down from a structure to what lies at one of its offsets (what the kernel does in
/// `btf_struct_access`).
struct StructureWalk {
    private let types: BTF
    private let size: Int
    private var structure: TypeID
    private var offset: Int
    private var traits: PointerTraits = []

    /// A walk to the bytes from an offset on.
    init(_ types: BTF, from structure: TypeID, at offset: Int, size: Int) {
        self.types = types
        self.structure = structure
        self.offset = offset
        self.size = size
    }

    /// Where a step leads.
    private enum Step {
        case arrived(StructurePlace)
        case into(TypeID, at: Int, asMember: Bool)
    }

    /// How many structures may lie in each other.
    private static let depthLimit = 64

    /// Follows the walk to its end.
    mutating func place() throws(TypeFault) -> StructurePlace {
        for _ in 0..<Self.depthLimit {
            switch try step() {
            case .arrived(let place): return place
            case .into(let inner, let place, _): (structure, offset) = (inner, place)
            }
        }
        throw TypeFault(.missingInKernel, "\(described) contains itself")
    }

    /// The next struct or union inside that begins where the walk goes to; the walk goes on there.
    mutating func nested() throws(TypeFault) -> TypeID? {
        for _ in 0..<Self.depthLimit {
            guard case .into(let inner, let place, let isMember) = try step() else { return nil }
            (structure, offset) = (inner, place)
            if place == 0, isMember { return inner }
        }
        return nil
    }

    // MARK: Steps

    private mutating func step() throws(TypeFault) -> Step {
        structure = try readingTypes { () throws(BTFError) in try types.resolve(structure) }
        guard let members = types.parts(of: structure), !members.areEnumerators else {
            throw TypeFault(.invalidPointer, "\(described) is not a struct")
        }
        if types.kind(of: structure) == .union, members.count != 1 { traits.insert(.untrusted) }
        let total = try readingTypes { () throws(BTFError) in try types.size(of: structure) }
        guard offset >= 0, size <= total, offset <= total - size else {
            return try stepPastEnd(members, total: total)
        }
        for index in 0..<members.count {
            let start = members.bitOffset(at: index) / 8
            guard offset + size > start else { break }
            if let width = members.bitFieldSize(at: index) {
                let end = (members.bitOffset(at: index) + width + 7) / 8
                guard offset <= start, end <= offset + size else { continue }
                return .arrived(StructurePlace(kind: .number))
            }
            guard offset >= start else { break }
            if let step = try step(to: index, of: members, startingAt: start) { return step }
        }
        throw nothingThere()
    }

    /// Into a member, if the offset lies in it.
    private func step(
        to index: Int, of members: TypeParts, startingAt start: Int
    ) throws(TypeFault) -> Step? {
        let (member, element) = try readingTypes { () throws(BTFError) -> (TypeID, TypeID) in
            let member = try types.resolve(try members.type(at: index))
            return (member, try self.element(of: member))
        }
        let whole = try readingTypes { () throws(BTFError) in try types.size(of: member) }
        let each = try readingTypes { () throws(BTFError) in try types.size(of: element) }
        guard offset - start < whole, each > 0 else { return nil }
        // In an array, the element that the offset lies in counts, but numbers may be read across
        // elements: members such as sk_buff.cb are scratch space.
        let place = member == element ? start : offset - (offset - start) % each
        switch types.kind(of: element) {
        case .structure, .union: return .into(element, at: offset - place, asMember: true)
        case .pointer:
            guard offset == place, size == 8 else { throw partialPointer(index, at: place) }
            return .arrived(try pointer(element, index))
        default:
            guard offset - start + size <= whole || traits.contains(.untrusted)
            else {
                throw beyondMember(index, end: start.addingReportingOverflow(whole).partialValue)
            }
            return .arrived(StructurePlace(kind: .number, traits: traits))
        }
    }

    /// What an array has inside, behind all its dimensions; other types are their own element.
    private func element(of type: TypeID) throws(BTFError) -> TypeID {
        var element = type
        for _ in 0..<Self.depthLimit {
            guard case .array(let array) = try types.type(element) else { return element }
            element = try types.resolve(array.element)
        }
        throw BTFError(.type(type), .tooDeep)
    }

    /// What a pointer that is a member points to.
    private func pointer(_ type: TypeID, _ index: Int) throws(TypeFault) -> StructurePlace {
        let member = StructureMember(of: structure, index: index)
        return try readingTypes { () throws(BTFError) -> StructurePlace in
            guard case .pointer(let target) = try types.type(type)
            else { return StructurePlace(kind: .otherPointer, traits: traits, member: member) }
            let resolved = try types.resolve(target)
            let kind = types.kind(of: resolved)
            guard kind == .structure || kind == .union
            else { return StructurePlace(kind: .otherPointer, traits: traits, member: member) }
            return StructurePlace(
                kind: .structure(resolved), traits: traits.union(try types.pointerTags(of: target)),
                member: member)
        }
    }

    /// Past the end only the elements of a flexible array member can be read.
    private func stepPastEnd(_ members: TypeParts, total: Int) throws(TypeFault) -> Step {
        typealias Element = (type: TypeID, start: Int)
        let element = try readingTypes { () throws(BTFError) -> Element? in
            let last = members.count - 1
            guard last >= 0,
                case .array(let array) = try types.resolvedType(try members.type(at: last)),
                array.count == 0
            else { return nil }
            return (try types.resolve(array.element), members.bitOffset(at: last) / 8)
        }
        guard let element, offset >= element.start else { throw beyond(total) }
        switch types.kind(of: element.type) {
        case .integer: return .arrived(StructurePlace(kind: .number, traits: traits))
        case .structure, .union:
            let each = try readingTypes { () throws(BTFError) in try types.size(of: element.type) }
            guard each > 0 else { throw beyond(total) }
            return .into(element.type, at: (offset - element.start) % each, asMember: false)
        default: throw beyond(total)
        }
    }
}

extension BTF {
    /// What tags say of pointers to a type: `__user`, `__percpu`, `__rcu`.
    func pointerTags(of target: TypeID) throws(BTFError) -> PointerTraits {
        guard kind(of: target) == .typeTag,
            case .typeTag(let name, _, isAttribute: false) = try type(target)
        else { return [] }
        switch name {
        case "user": return .user
        case "percpu": return .perCPU
        case "rcu": return .rcu
        default: return []
        }
    }
}

// MARK: Words

extension StructureWalk {
    private var described: String {
        let word = types.kind(of: structure) == .union ? "union" : "struct"
        let name = (try? types.name(of: structure)) ?? ""
        return name.isEmpty ? "an anonymous \(word)" : "\(word) \(name)"
    }

    private var bytes: String {
        size == 1 ? "byte \(offset)" : "bytes \(offset) to \(offset + size - 1)"
    }

    private func name(_ index: Int) -> String {
        guard let members = types.parts(of: structure) else { return "" }
        return String(decoding: members.name(at: index), as: UTF8.self)
    }

    private func beyond(_ total: Int) -> TypeFault {
        TypeFault(
            .outOfBounds,
            "\(bytes) \(size == 1 ? "lies" : "lie") outside of \(described), which has "
                + "\(total) bytes",
            suggestion: "is it a struct of this kernel? Compile with "
                + "__attribute__((preserve_access_index)), or read it with BPF_CORE_READ()")
    }

    private func beyondMember(_ index: Int, end: Int) -> TypeFault {
        TypeFault(
            .outOfBounds,
            "\(bytes) \(size == 1 ? "goes" : "go") past member \(name(index)) of \(described), which ends at byte \(end)",
            suggestion: "read members one by one, each with its own size")
    }

    private func partialPointer(_ index: Int, at place: Int) -> TypeFault {
        TypeFault(
            .invalidPointer,
            "\(bytes) of \(described) \(size == 1 ? "is" : "are") a part of pointer \(name(index)), "
                + "which takes bytes \(place) to \(place + 7)",
            suggestion: "load the whole pointer, 8 bytes at once")
    }

    private func nothingThere() -> TypeFault {
        TypeFault(
            .invalidPointer, "no member of \(described) takes \(bytes)",
            suggestion: "read a member with its own size; bit-fields with BPF_CORE_READ_BITFIELD()")
    }
}
