extension BTF {
    /// How values of a type are shown and read.
    ///
    /// - Parameters:
    ///   - id: the type; of a variable or a section of variables, too.
    ///   - name: the name of what holds the value, which helps to tell addresses.
    /// - Returns: the format, which serves any number of values.
    /// - Throws: ``BTFError`` if the type has no size or goes around in a circle.
    public func format(of id: TypeID, name: String = "") throws(BTFError) -> ValueFormat {
        var rules = FormatRules(types: self)
        let size = try size(of: id)
        return ValueFormat(
            size: size,
            shape: try rules.shape(of: id, name: name, depth: 0, isLast: true)
        )
    }

    /// The value of a type that bytes hold.
    ///
    /// - Parameters:
    ///   - id: the type.
    ///   - bytes: at least as many as the type takes, in the order of a little-endian machine.
    ///   - name: the name of what holds the value, which helps to tell addresses.
    /// - Returns: the value, printable and walkable.
    /// - Throws: ``BTFError`` if the type has no values, or there are too few bytes.
    public func value(
        of id: TypeID,
        in bytes: [UInt8],
        name: String = ""
    ) throws(BTFError) -> TypedValue {
        try format(of: id, name: name).value(in: bytes)
    }
}

/// The rules of ``ValueFormat``, applied to the types of one value.
private struct FormatRules {
    typealias Shape = ValueFormat.Shape
    typealias Bits = ValueFormat.Bits

    let types: BTF
    /// How many more types may be looked at; hostile types have no end.
    private var budget = 200_000

    init(types: BTF) { self.types = types }

    mutating func shape(
        of id: TypeID,
        name: String,
        depth: Int,
        isLast: Bool,
        bitField: Bits? = nil
    ) throws(BTFError) -> Shape {
        budget -= 1
        guard budget > 0, depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        let isNetworkOrder = try isNetworkOrder(id)
        let resolved = try types.resolve(id)
        switch try types.type(resolved) {
        case .integer(let type):
            if isNetworkOrder, bitField == nil { return networkNumber(type, NameHints(name)) }
            return try integer(type, name, bitField, id)
        case .enumeration(let type): return try enumeration(type, bitField, id)
        case .pointer: return .pointer
        case .float(_, let size):
            return size == 4 || size == 8 ? .floating(byteCount: size) : .bytes(count: size)
        case .array(let type): return try array(type, name: name, depth: depth, isLast: isLast)
        case .structure(let type):
            if let address = address(type) { return address }
            return .structure(
                try fields(of: type, isUnion: false, at: 0, depth: depth, isLast: isLast)
            )
        case .union(let type):
            return .structure(
                try fields(of: type, isUnion: true, at: 0, depth: depth, isLast: isLast)
            )
        case .dataSection(let section): return try variables(of: section, depth: depth)
        default: throw BTFError(.type(id), .noSize(types.describe(resolved)))
        }
    }

    // MARK: Numbers

    private func integer(
        _ type: IntegerType,
        _ name: String,
        _ bitField: Bits?,
        _ id: TypeID
    ) throws(BTFError) -> Shape {
        let isWhole = bitField == nil && type.bitOffset == 0 && type.bitCount == 8 * type.size
        if isWhole, type.size == 1, isCharacter(type) {
            return .character(isSigned: type.encoding.contains(.signed))
        }
        if isWhole, type.size == 16, NameHints(name).saysAddress { return .ipv6 }
        let bits = try bits(
            bitField ?? Bits(offset: type.bitOffset, count: type.bitCount),
            within: type.size,
            id
        )
        if type.encoding.contains(.boolean) { return .boolean(bits) }
        return .integer(bits, isSigned: type.encoding.contains(.signed))
    }

    private func enumeration(
        _ type: EnumerationType,
        _ bitField: Bits?,
        _ id: TypeID
    ) throws(BTFError) -> Shape {
        let bits = try bits(
            bitField ?? Bits(offset: 0, count: 8 * min(type.size, 64)),
            within: type.size,
            id
        )
        return .enumeration(bits, isSigned: type.isSigned, .init(type))
    }

    /// Checks bits: at most 128 of them, and no more than the type has.
    private func bits(_ bits: Bits, within size: Int, _ id: TypeID) throws(BTFError) -> Bits {
        guard bits.count <= 128, bits.offset <= 128, size <= 16, bits.count <= 8 * size
        else { throw BTFError(.type(id), .malformedNumber(bits: bits.count, bytes: size)) }
        return bits
    }

    private func networkNumber(_ type: IntegerType, _ hints: NameHints) -> Shape {
        if type.size == 4, hints.isEmpty || hints.saysAddress || hints.saysEndpoint {
            return .ipv4
        }
        return .networkNumber(byteCount: min(type.size, 16))
    }

    private func isCharacter(_ type: IntegerType) -> Bool {
        type.name == "char" || type.encoding.contains(.character)
    }

    /// Whether one of the typedefs around a type says that its highest byte comes first.
    private func isNetworkOrder(_ id: TypeID) throws(BTFError) -> Bool {
        var current = id
        for _ in 0..<BTF.depthLimit {
            current = try types.unqualified(current)
            guard case .alias(let name, let target) = try types.type(current) else { return false }
            if name == "__be16" || name == "__be32" || name == "__be64" { return true }
            current = target
        }
        throw BTFError(.type(id), .tooDeep)
    }

    // MARK: Arrays

    private mutating func array(
        _ type: ArrayType,
        name: String,
        depth: Int,
        isLast: Bool
    ) throws(BTFError) -> Shape {
        let count = Int(type.count)
        let hints = NameHints(name)
        let isNetworkOrder = try isNetworkOrder(type.element)
        if case .integer(let element) = try types.resolvedType(type.element),
            element.bitOffset == 0, element.bitCount == 8 * element.size
        {
            if let address = address(element, isNetworkOrder, count: count, hints) {
                return address
            }
            if element.size == 1, !element.encoding.contains(.boolean) {
                let count = count == 0 && isLast ? nil : count
                if isCharacter(element) || hints.saysText { return .text(count: count) }
                if !element.encoding.contains(.signed) { return .bytes(count: count) }
            }
        }
        let stride = try types.size(of: type.element)
        let element = try shape(of: type.element, name: name, depth: depth + 1, isLast: false)
        return count == 0 && isLast
            ? .rest(element, stride: stride) : .array(element, stride: stride, count: count)
    }

    private func address(
        _ element: IntegerType,
        _ isNetworkOrder: Bool,
        count: Int,
        _ hints: NameHints
    ) -> Shape? {
        switch (element.size, count) {
        case (1, 4) where hints.saysAddress: .ipv4
        case (1, 6) where hints.saysHardware: .hardware
        case (1, 16), (2, 8), (4, 4):
            hints.saysAddress || (isNetworkOrder && hints.saysEndpoint) ? .ipv6 : nil
        default: nil
        }
    }

    // MARK: Structures

    private func address(_ type: CompositeType) -> Shape? {
        switch (type.name, type.size) {
        case ("in_addr", 4): .ipv4
        case ("in6_addr", 16): .ipv6
        default: nil
        }
    }

    /// The members of a struct or union that starts at an offset; those of anonymous members
    /// among them.
    private mutating func fields(
        of type: CompositeType,
        isUnion: Bool,
        at offset: Int,
        depth: Int,
        isLast: Bool
    ) throws(BTFError) -> [ValueFormat.Field] {
        var fields: [ValueFormat.Field] = []
        for (index, member) in type.members.enumerated() {
            let place = offset + member.byteOffset
            let isLast = isLast && (isUnion || index == type.members.count - 1)
            if member.name.isEmpty {
                fields += try anonymous(member, at: place, depth: depth, isLast: isLast)
                continue
            }
            let bits = bits(of: member)
            let shape = try shape(
                of: member.type,
                name: member.name,
                depth: depth + 1,
                isLast: isLast,
                bitField: bits
            )
            fields.append(ValueFormat.Field(name: member.name, offset: place, shape: shape))
        }
        return fields
    }

    private mutating func anonymous(
        _ member: CompositeType.Member,
        at offset: Int,
        depth: Int,
        isLast: Bool
    ) throws(BTFError) -> [ValueFormat.Field] {
        budget -= 1
        guard budget > 0, depth < BTF.depthLimit
        else { throw BTFError(.type(member.type), .tooDeep) }
        switch try types.resolvedType(member.type) {
        case .structure(let type):
            return try fields(
                of: type,
                isUnion: false,
                at: offset,
                depth: depth + 1,
                isLast: isLast
            )
        case .union(let type):
            return try fields(
                of: type,
                isUnion: true,
                at: offset,
                depth: depth + 1,
                isLast: isLast
            )
        default:
            // Bits that only fill a gap.
            return []
        }
    }

    /// The bits of a bit-field, counted from the byte in which it starts.
    private func bits(of member: CompositeType.Member) -> Bits? {
        if let count = member.bitFieldSize {
            return Bits(offset: member.bitOffset % 8, count: count)
        }
        guard !member.bitOffset.isMultiple(of: 8) else { return nil }
        guard case .integer(let type)? = try? types.resolvedType(member.type) else { return nil }
        // The old form: the type says how many bits count, and from where on.
        return Bits(offset: member.bitOffset % 8 + type.bitOffset, count: type.bitCount)
    }

    private mutating func variables(
        of section: DataSectionType,
        depth: Int
    ) throws(BTFError) -> Shape {
        var fields: [ValueFormat.Field] = []
        for variable in section.variables {
            let name = try types.name(of: variable.type)
            let shape = try shape(of: variable.type, name: name, depth: depth + 1, isLast: false)
            fields.append(ValueFormat.Field(name: name, offset: variable.offset, shape: shape))
        }
        return .structure(fields)
    }
}
