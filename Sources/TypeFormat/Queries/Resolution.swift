extension BTF {
    /// How many names, qualifiers and arrays may stand around a type.
    ///
    /// Compilers stay below 16, and the kernel gives up after 32.
    static let depthLimit = 64

    /// The type behind typedefs, qualifiers, type tags and variables.
    ///
    /// - Throws: ``BTFError`` if they go around in a circle.
    public func resolve(_ id: TypeID) throws(BTFError) -> TypeID {
        var current = id
        for _ in 0..<Self.depthLimit {
            guard let next = try modified(current) else { return current }
            current = next
        }
        throw BTFError(.type(id), .tooDeep)
    }

    /// The type behind qualifiers and type tags, with typedefs kept.
    ///
    /// - Throws: ``BTFError`` if they go around in a circle.
    public func unqualified(_ id: TypeID) throws(BTFError) -> TypeID {
        var current = id
        for _ in 0..<Self.depthLimit {
            guard kind(of: current) != .alias, let next = try modified(current)
            else { return current }
            current = next
        }
        throw BTFError(.type(id), .tooDeep)
    }

    /// The type behind typedefs and qualifiers, decoded.
    ///
    /// - Throws: ``BTFError`` if they go around in a circle or refer to nothing.
    public func resolvedType(_ id: TypeID) throws(BTFError) -> BTFType {
        try type(try resolve(id))
    }

    /// What a typedef, qualifier, tag or variable stands around; `nil` for other types.
    private func modified(_ id: TypeID) throws(BTFError) -> TypeID? {
        guard id != .void else { return nil }
        let (storage, offset) = try locate(id)
        let record = TypeRecord(storage.bytes, at: offset)
        switch TypeKind(rawValue: record.kindNumber) {
        case .alias, .volatile, .constant, .restrict, .typeTag, .variable:
            let target = TypeID(record.sizeOrType)
            guard target.rawValue < count
            else { throw BTFError(.type(id), .noSuchType(target, count: count)) }
            return target
        default: return nil
        }
    }
}
