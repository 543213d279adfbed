import Synchronization

extension BTF {
    /// The members of a struct or union, behind typedefs and qualifiers.
    ///
    /// - Throws: ``BTFError`` if the type is something else.
    public func members(of id: TypeID) throws(BTFError) -> [CompositeType.Member] {
        switch try resolvedType(id) {
        case .structure(let type), .union(let type): return type.members
        default: throw wrongKind(id, expected: "a struct or union")
        }
    }

    /// The prototype of a function, of a pointer to a function, or the type itself.
    ///
    /// - Throws: ``BTFError`` if the type is something else.
    public func prototype(of id: TypeID) throws(BTFError) -> PrototypeType {
        var current = id
        for _ in 0..<Self.depthLimit {
            switch try resolvedType(current) {
            case .functionPrototype(let type): return type
            case .function(_, let prototype, _): current = prototype
            case .pointer(let target): current = target
            default: throw wrongKind(id, expected: "a function")
            }
        }
        throw BTFError(.type(id), .tooDeep)
    }

    /// The section with a name, such as `.maps`, or `nil` if there is none.
    ///
    /// - Throws: ``BTFError`` if the section refers to something that does not exist.
    public func dataSection(_ name: String) throws(BTFError) -> DataSectionType? {
        guard let id = first(named: name, kind: .dataSection),
            case .dataSection(let section) = try type(id)
        else { return nil }
        return section
    }

    /// The notes on a declaration, or on one of its members or parameters.
    ///
    /// - Parameters:
    ///   - id: a struct, union, function, variable or typedef.
    ///   - component: the index of a member or parameter, or `nil` for the declaration itself.
    /// - Returns: the notes, in the order in which they are stored.
    /// - Throws: ``BTFError`` if a note refers to something that does not exist.
    public func declarationTags(
        on id: TypeID,
        component: Int? = nil
    ) throws(BTFError) -> [DeclarationTag] {
        var found: [DeclarationTag] = []
        var next: BTFStorage? = storage
        while let storage = next {
            for tag in storage.tags()[id] ?? [] {
                guard case .declarationTag(let tag) = try type(tag), tag.component == component
                else { continue }
                found.append(tag)
            }
            next = storage.base
        }
        return found
    }

    private func wrongKind(_ id: TypeID, expected: String) -> BTFError {
        let found = describe((try? resolve(id)) ?? id)
        return BTFError(.type(id), .wrongKind(expected: expected, found: found))
    }
}

extension BTFStorage {
    /// The declaration tags stored here, by the type they are on; found once.
    fileprivate func tags() -> [TypeID: [TypeID]] {
        caches.withLock { caches in
            if let tags = caches.tags { return tags }
            var tags: [TypeID: [TypeID]] = [:]
            offsets.visit { index, offset in
                let record = TypeRecord(bytes, at: offset)
                guard record.kindNumber == TypeKind.declarationTag.rawValue else { return true }
                tags[TypeID(record.sizeOrType), default: []]
                    .append(TypeID(UInt32(firstID + index)))
                return true
            }
            caches.tags = tags
            return tags
        }
    }
}
