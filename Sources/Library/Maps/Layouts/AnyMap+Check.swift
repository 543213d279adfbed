import EBPFTypeFormat

extension AnyMap {
    /// The two things that a map has types for.
    enum Role: String {
        case key
        case value
    }

    /// Compares a Swift type with what the map has, by size and, where the object says it, member
    /// by member.
    ///
    /// - Returns: the type's padding.
    /// - Throws: ``BindingError``, naming the first member that differs.
    func check(
        _ role: Role, _ type: (any BitwiseCopyable.Type)?
    ) throws(BindingError) -> [Range<Int>] {
        guard let type else { return [] }
        let layout = SwiftLayout(type)
        let size = role == .key ? keySize : valueSize
        if let id = role == .key ? keyType : valueType,
            let difference = layout.difference(from: id, in: types)
        {
            throw BindingError(
                .map, name,
                .layout(role: role.rawValue, type: layout.name, difference: difference))
        }
        guard size == layout.size || size == layout.stride else {
            throw BindingError(
                .map, name,
                .size(
                    role: role.rawValue, bytes: size, type: layout.name, typeBytes: layout.size))
        }
        return layout.padding
    }

    /// Compares a Swift type with the type of events, where the object says it: programs may send
    /// what they want, so sizes are checked when events come.
    ///
    /// - Returns: the type's padding; `nil` for maps without events.
    /// - Throws: ``BindingError``, naming the first member that differs.
    func checkEvent(
        _ type: (any BitwiseCopyable.Type)?
    ) throws(BindingError) -> [Range<Int>]? {
        guard let type else { return nil }
        let layout = SwiftLayout(type)
        // The perf event array's own values are descriptors.
        if self.type != .perfEventArray, let valueType,
            let difference = layout.difference(from: valueType, in: types)
        {
            throw BindingError(
                .map, name,
                .layout(role: "event", type: layout.name, difference: difference))
        }
        return layout.padding
    }
}

extension SwiftLayout {
    /// The layout of a type that is known only when the program runs.
    init(_ type: any BitwiseCopyable.Type) {
        func open<Value: BitwiseCopyable>(_ type: Value.Type) -> SwiftLayout {
            SwiftLayout(of: type)
        }
        self = open(type)
    }

    /// In what it differs from a type of an object; `nil` if in nothing, or nobody can tell.
    func difference(from id: TypeID, in types: BTF?) -> String? {
        guard let types else { return nil }
        do throws(BTFError) {
            return try LayoutComparison(types: types).difference(self, id)
        } catch {
            // Damaged types say nothing; the size is checked all the same.
            return nil
        }
    }
}
