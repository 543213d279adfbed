import EBPFTypeFormat

/// Compares a Swift type with a type of an object, member by member.
struct LayoutComparison {
    let types: BTF

    /// The first thing in which they differ, in words; `nil` if they agree.
    ///
    /// - Throws: ``BTFError`` if the object's types are damaged.
    func difference(_ layout: SwiftLayout, _ id: TypeID) throws(BTFError) -> String? {
        try difference(layout, id, path: layout.name, depth: 0)
    }

    /// A member of the object's type, those of anonymous structures and unions among them.
    private struct Member {
        let name: String
        let offset: Int
        let size: Int
        let type: TypeID
        let isBitField: Bool

        var place: String { "\(size) bytes at offset \(offset)" }
    }

    private func difference(
        _ layout: SwiftLayout, _ id: TypeID, path: String, depth: Int
    ) throws(BTFError) -> String? {
        guard depth < 32 else { return nil }
        let resolved = try types.resolvedType(id)
        switch resolved {
        case .structure(let type), .union(let type):
            guard !layout.fields.isEmpty else { return nil }
            let members = try members(of: type, at: 0, depth: 0)
            return try difference(layout, members, path: path, depth: depth)
                ?? uncovered(members, layout, isUnion: resolved.kind == .union)
        case .float where !layout.isFloat && layout.fields.isEmpty:
            return "\(path) is a \(layout.name), but the object has a floating-point number"
        case .integer, .enumeration, .pointer:
            guard layout.isFloat else { return nil }
            return "\(path) is a \(layout.name), but the object has an integer"
        default: return nil
        }
    }

    private func difference(
        _ layout: SwiftLayout, _ members: [Member], path: String, depth: Int
    ) throws(BTFError) -> String? {
        for field in layout.fields where field.layout.size > 0 {
            let path = "\(path).\(field.name)"
            if let named = members.first(where: { isAlike($0.name, field.name) }),
                !fits(field, named)
            {
                return "\(path) is \(place(field)), but \(named.name) is \(named.place)"
            }
            let fitting = members.filter { fits(field, $0) }
            guard
                let member = fitting.first(where: { isAlike($0.name, field.name) })
                    ?? fitting.first
            else { return mismatch(field, members, path) }
            if let inner = try difference(field.layout, member.type, path: path, depth: depth + 1) {
                return inner
            }
        }
        return nil
    }

    private func mismatch(
        _ field: SwiftLayout.Field, _ members: [Member], _ path: String
    ) -> String {
        let end = field.offset + field.layout.size
        let there = members.first { $0.offset < end && field.offset < $0.offset + $0.size }
        guard let there else {
            return "\(path) is \(place(field)), where the object has no member"
        }
        return "\(path) is \(place(field)), but \(there.name) is \(there.place)"
    }

    /// A member without any counterpart.
    private func uncovered(_ members: [Member], _ layout: SwiftLayout, isUnion: Bool) -> String? {
        guard !isUnion else { return nil }
        let missing = members.first { member in
            !layout.fields.contains { field in
                field.offset < member.offset + member.size
                    && member.offset < field.offset + field.layout.size
            }
        }
        return missing.map { "\(layout.name) has nothing for \($0.name), \($0.place)" }
    }

    private func place(_ field: SwiftLayout.Field) -> String {
        "\(field.layout.size) bytes at offset \(field.offset)"
    }

    private func fits(_ field: SwiftLayout.Field, _ member: Member) -> Bool {
        let size = member.size
        return field.offset == member.offset
            && (size == field.layout.size || size == field.layout.stride)
            || member.isBitField
                && field.offset <= member.offset
                && member.offset + size <= field.offset + field.layout.size
    }

    /// Whether names are the same but for `snake_case` and `camelCase`.
    private func isAlike(_ left: String, _ right: String) -> Bool {
        !left.isEmpty && plain(left) == plain(right)
    }

    private func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0 != "_" })
    }

    private func members(
        of type: CompositeType, at start: Int, depth: Int
    ) throws(BTFError) -> [Member] {
        var all: [Member] = []
        for member in type.members {
            let offset = start + member.byteOffset
            if member.name.isEmpty, depth < 32 {
                switch try types.resolvedType(member.type) {
                case .structure(let inner), .union(let inner):
                    all += try members(of: inner, at: offset, depth: depth + 1)
                    continue
                default: break
                }
            }
            let isBitField = member.bitFieldSize != nil
            let bits = member.bitOffset % 8 + (member.bitFieldSize ?? 0)
            all.append(
                Member(
                    name: member.name, offset: offset,
                    size: isBitField ? (bits + 7) / 8 : try types.size(of: member.type),
                    type: member.type, isBitField: isBitField))
        }
        return all
    }
}
