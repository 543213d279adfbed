import EBPFTypeFormat

/// Finds the way that the object's types describe in a type of the kernel.
///
/// Members are found by name, wherever anonymous structs and unions have put them; elements by
/// index. A member counts only if its type is compatible: see ``CORECompatibility``.
struct COREMatcher {
    private let local: COREPath
    private let kind: CORERelocation.Kind
    private let target: BTF
    /// How many members may still be looked at: type information may be made so that searching
    /// it never ends.
    private var budget = 1 << 22

    /// What comes of a search.
    enum Outcome {
        case found(COREPath)
        case missing(COREMissing.Reason)
    }

    init(_ local: COREPath, _ kind: CORERelocation.Kind, in target: BTF) {
        self.local = local
        self.kind = kind
        self.target = target
    }

    /// Looks for the way in a type that has the right name.
    mutating func match(_ candidate: TypeID) throws(BTFError) -> Outcome {
        switch kind.subject {
        case .type: try type(candidate)
        case .enumerator: try enumerator(candidate)
        case .field: try field(candidate)
        }
    }

    private func type(_ candidate: TypeID) throws(BTFError) -> Outcome {
        let isSame: Bool
        if kind == .typeMatches {
            var comparison = CORETypeMatch(local.types, target)
            isSame = try comparison.matches(local.root, candidate)
        } else {
            let compatibility = CORECompatibility(local.types, target)
            isSame = try compatibility.areCompatible(types: local.root, candidate)
        }
        guard isSame else { return .missing(.otherShape(candidate)) }
        return .found(COREPath(target, root: candidate))
    }

    private func enumerator(_ candidate: TypeID) throws(BTFError) -> Outcome {
        let id = try target.resolve(candidate)
        guard let name = local.steps.last?.name, let enumerators = target.parts(of: id),
            enumerators.areEnumerators
        else { return .missing(.otherShape(candidate)) }
        let essential = Array(EssentialName.of(name[...]))
        for index in 0..<enumerators.count {
            let found = enumerators.name(at: index)
            guard EssentialName.of(found).elementsEqual(essential) else { continue }
            var path = COREPath(target, root: candidate)
            path.append(Array(found), at: index, of: id)
            return .found(path)
        }
        return .missing(.noEnumerator(String(decoding: essential, as: UTF8.self), of: id))
    }

    // MARK: Fields

    private mutating func field(_ candidate: TypeID) throws(BTFError) -> Outcome {
        var path = COREPath(target, root: candidate)
        var type = candidate
        for (number, step) in local.steps.enumerated() {
            let id = try target.resolve(type)
            if let name = step.name {
                guard let found = try member(name, of: id, depth: number) else {
                    return .missing(.noMember(String(decoding: name, as: UTF8.self), of: id))
                }
                let own = try local.types.parts(of: step.type)?.type(at: step.index) ?? .void
                let compatibility = CORECompatibility(local.types, target)
                guard try compatibility.areCompatible(fields: own, found.type) else {
                    return .missing(
                        .otherFieldType(
                            String(decoding: name, as: UTF8.self),
                            local: own,
                            target: found.type
                        )
                    )
                }
                path.append(name, at: found.index, of: found.owner, bits: found.bits)
                type = found.type
            } else if number == 0 {
                // The type stands for the element of an array: that of its pointer.
                try path.append(element: step.index, of: id)
                type = id
            } else {
                guard case .array(let array) = try target.type(id)
                else { return .missing(.noArray(id)) }
                guard step.index < array.count || path.isFlexible(array)
                else { return .missing(.noElement(step.index, count: Int(array.count))) }
                type = try target.resolve(array.element)
                try path.append(element: step.index, of: type)
            }
        }
        return .found(path)
    }

    private struct Member {
        var owner: TypeID
        var index: Int
        var type: TypeID
        /// Bits from the start of the type that was searched.
        var bits: Int
    }

    /// The member with a name, also within anonymous members.
    private mutating func member(
        _ name: [UInt8],
        of id: TypeID,
        depth: Int
    ) throws(BTFError) -> Member? {
        guard depth < COREPath.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        guard let members = target.parts(of: id), !members.areEnumerators else { return nil }
        budget -= members.count
        guard budget > 0 else { throw BTFError(.type(id), .tooManyParts) }
        for index in 0..<members.count {
            if members.has(name, at: index) {
                return Member(
                    owner: id,
                    index: index,
                    type: try members.type(at: index),
                    bits: members.bitOffset(at: index)
                )
            }
            guard members.isAnonymous(at: index) else { continue }
            let inner = try target.resolve(try members.type(at: index))
            if var found = try member(name, of: inner, depth: depth + 1) {
                found.bits += members.bitOffset(at: index)
                return found
            }
        }
        return nil
    }
}
