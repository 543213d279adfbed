/// Types being written one after the other.
struct TypeEncoder {
    private var strings: StringTable
    private let typeCount: Int
    private var output: [UInt8] = []
    private var id = TypeID.void

    init(strings: StringTable, typeCount: Int) {
        self.strings = strings
        self.typeCount = typeCount
    }

    /// The header, the types and the strings.
    func finish() -> [UInt8] {
        var header = TypeEncoder(strings: strings, typeCount: typeCount)
        header.output = [0x9f, 0xeb, 1, 0]
        header.word(UInt32(BTFHeader.byteCount))
        header.word(0)
        header.word(UInt32(clamping: output.count))
        header.word(UInt32(clamping: output.count))
        header.word(UInt32(clamping: strings.bytes.count))
        return header.output + output + strings.bytes
    }

    mutating func encode(_ type: BTFType, id: TypeID) throws(BTFError) {
        self.id = id
        switch type {
        case .void: throw BTFError(.type(id), .unencodable("void is type 0 and is not stored"))
        case .integer(let type): try integer(type)
        case .pointer(let target): try modifier(.pointer, "", target)
        case .array(let type): try array(type)
        case .structure(let type): try composite(type, .structure)
        case .union(let type): try composite(type, .union)
        case .enumeration(let type): try enumeration(type)
        case .forward(let name, let isUnion):
            try header(.forward, name, 0, flag: isUnion, count: 0)
        case .alias(let name, let target): try modifier(.alias, name, target)
        case .volatile(let target): try modifier(.volatile, "", target)
        case .constant(let target): try modifier(.constant, "", target)
        case .restrict(let target): try modifier(.restrict, "", target)
        case .function(let name, let prototype, let linkage):
            try header(
                .function,
                name,
                try reference(prototype),
                count: Int(linkage.rawValue)
            )
        case .functionPrototype(let type): try prototype(type)
        case .variable(let name, let target, let linkage):
            try modifier(.variable, name, target)
            word(linkage.rawValue)
        case .dataSection(let type): try dataSection(type)
        case .float(let name, let size):
            try header(.float, name, try number(size, "a size"), count: 0)
        case .declarationTag(let tag): try declarationTag(tag)
        case .typeTag(let name, let target, let isAttribute):
            try header(.typeTag, name, try reference(target), flag: isAttribute, count: 0)
        }
    }

    // MARK: Kinds

    private mutating func integer(_ type: IntegerType) throws(BTFError) {
        try header(.integer, type.name, try number(type.size, "a size"), count: 0)
        guard (0...255).contains(type.bitOffset), (0...255).contains(type.bitCount)
        else { throw BTFError(.type(id), .unencodable("an integer has at most 255 bits")) }
        word(
            UInt32(type.encoding.rawValue & 0xf) << 24 | UInt32(type.bitOffset) << 16
                | UInt32(type.bitCount)
        )
    }

    private mutating func modifier(
        _ kind: TypeKind,
        _ name: String,
        _ target: TypeID
    ) throws(BTFError) {
        try header(kind, name, try reference(target), count: 0)
    }

    private mutating func array(_ type: ArrayType) throws(BTFError) {
        try header(.array, "", 0, count: 0)
        word(try reference(type.element))
        word(try reference(type.index))
        word(type.count)
    }

    private mutating func composite(_ type: CompositeType, _ kind: TypeKind) throws(BTFError) {
        let hasBitFields = type.members.contains { $0.bitFieldSize != nil }
        try header(
            kind,
            type.name,
            try number(type.size, "a size"),
            flag: hasBitFields,
            count: type.members.count
        )
        for member in type.members {
            let offset = try number(member.bitOffset, "an offset")
            let width = member.bitFieldSize ?? 0
            guard !hasBitFields || (offset < 1 << 24 && (0...255).contains(width)) else {
                throw BTFError(
                    .type(id),
                    .unencodable("a struct with bit-fields has offsets below 2 MB")
                )
            }
            word(strings.offset(of: member.name))
            word(try reference(member.type))
            word(UInt32(width) << 24 | offset)
        }
    }

    private mutating func enumeration(_ type: EnumerationType) throws(BTFError) {
        try header(
            type.is64Bit ? .enumeration64 : .enumeration,
            type.name,
            try number(type.size, "a size"),
            flag: type.isSigned,
            count: type.enumerators.count
        )
        for enumerator in type.enumerators {
            word(strings.offset(of: enumerator.name))
            let pattern = UInt64(bitPattern: enumerator.value)
            word(UInt32(truncatingIfNeeded: pattern))
            if type.is64Bit {
                word(UInt32(truncatingIfNeeded: pattern >> 32))
                continue
            }
            let range = type.isSigned ? Int64(Int32.min)...Int64(Int32.max) : 0...0xffff_ffff
            guard range.contains(enumerator.value) else {
                throw BTFError(
                    .type(id),
                    .unencodable("enumerator '\(enumerator.name)' does not fit into 32 bits")
                )
            }
        }
    }

    private mutating func prototype(_ type: PrototypeType) throws(BTFError) {
        try header(
            .functionPrototype,
            "",
            try reference(type.result),
            count: type.parameters.count
        )
        for parameter in type.parameters {
            word(strings.offset(of: parameter.name))
            word(try reference(parameter.type))
        }
    }

    private mutating func dataSection(_ type: DataSectionType) throws(BTFError) {
        try header(
            .dataSection,
            type.name,
            try number(type.size, "a size"),
            count: type.variables.count
        )
        for variable in type.variables {
            word(try reference(variable.type))
            word(try number(variable.offset, "an offset"))
            word(try number(variable.size, "a size"))
        }
    }

    private mutating func declarationTag(_ tag: DeclarationTag) throws(BTFError) {
        try header(
            .declarationTag,
            tag.name,
            try reference(tag.target),
            flag: tag.isAttribute,
            count: 0
        )
        guard let component = tag.component else { return word(.max) }
        word(try number(component, "an index"))
    }

    // MARK: Parts

    private mutating func header(
        _ kind: TypeKind,
        _ name: String,
        _ sizeOrType: UInt32,
        flag: Bool = false,
        count: Int
    ) throws(BTFError) {
        guard count <= 0xffff
        else { throw BTFError(.type(id), .unencodable("\(count) parts; at most 65535 fit")) }
        word(strings.offset(of: name))
        word(UInt32(count) | UInt32(kind.rawValue) << 24 | (flag ? 1 << 31 : 0))
        word(sizeOrType)
    }

    private func reference(_ target: TypeID) throws(BTFError) -> UInt32 {
        guard target.rawValue < typeCount
        else { throw BTFError(.type(id), .noSuchType(target, count: typeCount)) }
        return target.rawValue
    }

    private func number(_ value: Int, _ what: String) throws(BTFError) -> UInt32 {
        guard let number = UInt32(exactly: value) else {
            throw BTFError(.type(id), .unencodable("\(what) of \(value) does not fit into 32 bits"))
        }
        return number
    }

    private mutating func word(_ value: UInt32) {
        for shift: UInt32 in [0, 8, 16, 24] {
            output.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
