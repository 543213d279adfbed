extension BTFBuilder {
    /// A builder with types as a kernel takes them from a loader.
    ///
    /// Types keep their numbers, sizes and places; others may follow them. What the kernel does not
    /// know becomes something of the same size that it does: a float an empty struct, a note an
    /// integer or a `const`, enumerators of 64 bits members of a union, a function a typedef, a
    /// section a struct. What only a linker knows becomes what a kernel accepts: variables and
    /// functions that are defined elsewhere are variables without meaning, and names are
    /// identifiers.
    ///
    /// - Parameters:
    ///   - types: the types of an object, with the sizes of its sections filled in.
    ///   - features: what the kernel takes.
    /// - Throws: ``BTFError`` if one of the types cannot be decoded.
    public init(loadable types: BTF, features: BTFFeatures = .all) throws(BTFError) {
        try self.init(extending: types)
        var work = LoadableTypes(builder: self, features: features)
        for id in types.ownTypeIDs { work.prepare(id) }
        for id in types.ownTypeIDs { work.builder[id] = work.replacement(for: work.builder[id]) }
        work.finish()
        self = work.builder
    }
}

extension BTF {
    /// The types as a kernel takes them from a loader; see ``BTFBuilder/init(loadable:features:)``.
    ///
    /// - Throws: ``BTFError`` if one of the types cannot be decoded.
    public func loadable(with features: BTFFeatures = .all) throws(BTFError) -> BTF {
        try BTFBuilder(loadable: self, features: features).build()
    }
}

/// Types being made fit for a kernel.
private struct LoadableTypes {
    var builder: BTFBuilder
    let features: BTFFeatures
    /// Stands for what has no meaning for the kernel: 4 bytes.
    private var number: TypeID?
    /// Stands for what may have no more than 1 byte.
    private var byte: TypeID?
    /// Stands for functions of the kernel in the section of its symbols.
    private var symbol: TypeID?

    init(builder: BTFBuilder, features: BTFFeatures) {
        self.builder = builder
        self.features = features
    }

    // MARK: What a linker leaves open

    /// Gives a section and what it refers to a form that kernels accept.
    mutating func prepare(_ id: TypeID) {
        switch builder[id] {
        case .dataSection(let section):
            builder[id] = .dataSection(
                section.name == ".ksyms" ? kernelSymbols(section) : defined(section)
            )
        case .function(_, let prototype, _):
            guard case .functionPrototype(var type) = builder[prototype] else { return }
            // A function's parameters must have names; a prototype's need not.
            for index in type.parameters.indices
            where type.parameters[index].name.isEmpty && type.parameters[index].type != .void {
                type.parameters[index].name = "argument\(index)"
            }
            builder[prototype] = .functionPrototype(type)
        default: break
        }
    }

    /// The kernel's symbols, each an integer: their types may have no size.
    private mutating func kernelSymbols(_ section: DataSectionType) -> DataSectionType {
        let number = numberType()
        var section = section
        for index in section.variables.indices {
            var variable = section.variables[index]
            if case .variable(let name, _, _) = builder[variable.type] {
                builder[variable.type] = .variable(name: name, number, .global)
            } else {
                variable.type = symbolType()
            }
            (variable.offset, variable.size) = (4 * index, 4)
            section.variables[index] = variable
        }
        section.size = 4 * section.variables.count
        return section
    }

    private mutating func defined(_ section: DataSectionType) -> DataSectionType {
        for variable in section.variables {
            guard case .variable(let name, let type, .external) = builder[variable.type]
            else { continue }
            builder[variable.type] = .variable(name: name, type, .global)
        }
        var section = section
        let end = section.variables.map { $0.offset.addingReportingOverflow($0.size).partialValue }
        section.size = max(section.size, end.max() ?? 0)
        return section
    }

    private mutating func numberType() -> TypeID {
        if let number { return number }
        let id = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        number = id
        return id
    }

    private mutating func symbolType() -> TypeID {
        if let symbol { return symbol }
        let id = builder.add(.variable(name: "kernel_function", numberType(), .global))
        symbol = id
        return id
    }

    private mutating func byteType() -> TypeID {
        if let byte { return byte }
        let id = builder.add(.integer(IntegerType(name: "unsigned char", size: 1)))
        byte = id
        return id
    }

    /// The variables that were added, too, may be too new.
    mutating func finish() {
        if let symbol { builder[symbol] = replacement(for: builder[symbol]) }
    }

    // MARK: What a kernel does not know

    /// A type of the same size that the kernel knows.
    mutating func replacement(for type: BTFType) -> BTFType {
        switch named(type) {
        case .function(let name, let prototype, let linkage):
            guard features.contains(.functions) else { return .alias(name: name, prototype) }
            let isGlobal = linkage != .static && features.contains(.globalFunctions)
            return .function(name: name, prototype: prototype, isGlobal ? .global : .static)
        case .functionPrototype(let type) where !features.contains(.functions):
            return .enumeration(parameters(type))
        case .variable(let name, _, _) where !features.contains(.dataSections):
            return .integer(IntegerType(name: name, size: 1))
        case .dataSection(let section) where !features.contains(.dataSections):
            return .structure(members(section))
        case .float(_, let size) where !features.contains(.floats):
            return .structure(CompositeType(name: "", size: size, members: []))
        case .declarationTag(let tag) where !features.contains(.declarationTags):
            return .integer(IntegerType(name: tag.name, size: 1))
        case .typeTag(_, let target, _) where !features.contains(.typeTags):
            return .constant(target)
        case .enumeration(let type) where !features.contains(.enumeration64):
            return type.is64Bit ? .union(members(type)) : .enumeration(unsigned(type))
        case .declarationTag(var tag) where !features.contains(.tagAttributes):
            tag.isAttribute = false
            return .declarationTag(tag)
        case .typeTag(let name, let target, _) where !features.contains(.tagAttributes):
            return .typeTag(name: name, target, isAttribute: false)
        case let other: return other
        }
    }

    private func parameters(_ type: PrototypeType) -> EnumerationType {
        let names = type.parameters.enumerated().map { index, parameter in
            EnumerationType.Enumerator(
                parameter.name.isEmpty ? "argument\(index)" : parameter.name,
                Int64(parameter.type.rawValue)
            )
        }
        return EnumerationType(name: "", enumerators: names)
    }

    private func members(_ section: DataSectionType) -> CompositeType {
        let members = section.variables.map { variable in
            CompositeType.Member(
                builder[variable.type].name,
                variable.type,
                bitOffset: variable.offset.multipliedReportingOverflow(by: 8).partialValue
            )
        }
        let name = String(section.name.map { $0 == "." || $0 == "?" ? "_" : $0 })
        return CompositeType(name: name, size: section.size, members: members)
    }

    private mutating func members(_ type: EnumerationType) -> CompositeType {
        let byte = byteType()
        let members = type.enumerators.map { CompositeType.Member($0.name, byte, bitOffset: 0) }
        return CompositeType(name: type.name, size: type.size, members: members)
    }

    private func unsigned(_ type: EnumerationType) -> EnumerationType {
        var type = type
        type.isSigned = false
        for index in type.enumerators.indices {
            let bits = UInt32(truncatingIfNeeded: type.enumerators[index].value)
            type.enumerators[index].value = Int64(bits)
        }
        return type
    }

    // MARK: Names

    /// The type with names that are identifiers where the kernel wants them; other languages have
    /// names such as `Option<u32>`, and members that are numbers.
    private func named(_ type: BTFType) -> BTFType {
        switch type {
        case .structure(let type): return .structure(named(type))
        case .union(let type): return .union(named(type))
        case .enumeration(var type):
            type.name = identifier(type.name)
            for index in type.enumerators.indices {
                type.enumerators[index].name = identifier(type.enumerators[index].name)
            }
            return .enumeration(type)
        case .forward(let name, let isUnion):
            return .forward(name: identifier(name), isUnion: isUnion)
        case .alias(let name, let target): return .alias(name: identifier(name), target)
        case .function(let name, let prototype, let linkage):
            return .function(name: identifier(name), prototype: prototype, linkage)
        case .functionPrototype(var type):
            for index in type.parameters.indices {
                type.parameters[index].name = identifier(type.parameters[index].name)
            }
            return .functionPrototype(type)
        case .variable(let name, let type, let linkage):
            return .variable(name: identifier(name), type, linkage)
        default: return type
        }
    }

    private func named(_ type: CompositeType) -> CompositeType {
        var type = type
        type.name = identifier(type.name)
        for index in type.members.indices {
            type.members[index].name = identifier(type.members[index].name)
        }
        return type
    }

    /// A name of letters, digits, underscores and dots that does not begin with a digit.
    private func identifier(_ name: String) -> String {
        let isSound = name.utf8.allSatisfy(Self.isAllowed)
        let starts = name.utf8.first.map { !(0x30...0x39).contains($0) } ?? true
        guard !isSound || !starts else { return name }
        let bytes = name.utf8.map { Self.isAllowed($0) ? $0 : UInt8(ascii: "_") }
        return (starts ? "" : "_") + String(decoding: bytes, as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2e: true
        default: false
        }
    }
}
