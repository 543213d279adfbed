extension BTF {
    /// Decodes a type; the types and strings it refers to directly are known to exist.
    ///
    /// - Throws: ``BTFError`` if there is no such type, or what it refers to does not exist.
    public func type(_ id: TypeID) throws(BTFError) -> BTFType {
        guard id != .void else { return .void }
        let (storage, offset) = try locate(id)
        let record = TypeRecord(storage.bytes, at: offset)
        guard let kind = TypeKind(rawValue: record.kindNumber)
        else { throw BTFError(.type(id), .unknownKind(record.kindNumber)) }
        let decoder = TypeDecoder(
            types: self,
            id: id,
            record: record,
            bytes: storage.bytes,
            tail: offset + TypeRecord.byteCount
        )
        return try decoder.decode(kind)
    }
}

/// One type being taken apart.
private struct TypeDecoder {
    let types: BTF
    let id: TypeID
    let record: TypeRecord
    let bytes: TypeBytes
    /// Where that starts which follows the first twelve bytes; its length has been checked.
    let tail: Int

    func decode(_ kind: TypeKind) throws(BTFError) -> BTFType {
        switch kind {
        case .integer: return .integer(try integer())
        case .pointer: return .pointer(try target())
        case .array: return .array(try array())
        case .structure: return .structure(try composite())
        case .union: return .union(try composite())
        case .enumeration: return .enumeration(try enumeration())
        case .enumeration64: return .enumeration(try enumeration64())
        case .forward: return .forward(name: try name(), isUnion: record.kindFlag)
        case .alias: return .alias(name: try name(), try target())
        case .volatile: return .volatile(try target())
        case .constant: return .constant(try target())
        case .restrict: return .restrict(try target())
        case .function: return try function()
        case .functionPrototype: return .functionPrototype(try prototype())
        case .variable: return try variable()
        case .dataSection: return .dataSection(try dataSection())
        case .float: return .float(name: try name(), size: Int(record.sizeOrType))
        case .declarationTag: return .declarationTag(try declarationTag())
        case .typeTag:
            return .typeTag(name: try name(), try target(), isAttribute: record.kindFlag)
        }
    }

    // MARK: Kinds

    private func integer() throws(BTFError) -> IntegerType {
        let word = bytes.word(at: tail)
        return IntegerType(
            name: try name(),
            size: Int(record.sizeOrType),
            encoding: .init(rawValue: UInt8(truncatingIfNeeded: word >> 24) & 0xf),
            bitOffset: Int(word >> 16 & 0xff),
            bitCount: Int(word & 0xff)
        )
    }

    private func array() throws(BTFError) -> ArrayType {
        ArrayType(
            element: try reference(bytes.word(at: tail)),
            index: try reference(bytes.word(at: tail + 4)),
            count: bytes.word(at: tail + 8)
        )
    }

    private func composite() throws(BTFError) -> CompositeType {
        let members = try elements(of: 12) { at throws(BTFError) in
            let place = bytes.word(at: at + 8)
            let width = record.kindFlag ? place >> 24 : 0
            return CompositeType.Member(
                try string(bytes.word(at: at)),
                try reference(bytes.word(at: at + 4)),
                bitOffset: Int(record.kindFlag ? place & 0xff_ffff : place),
                bitFieldSize: width == 0 ? nil : Int(width)
            )
        }
        return CompositeType(name: try name(), size: Int(record.sizeOrType), members: members)
    }

    private func enumeration() throws(BTFError) -> EnumerationType {
        let enumerators = try elements(of: 8) { at throws(BTFError) in
            let value = bytes.word(at: at + 4)
            return EnumerationType.Enumerator(
                try string(bytes.word(at: at)),
                record.kindFlag ? Int64(Int32(bitPattern: value)) : Int64(value)
            )
        }
        return EnumerationType(
            name: try name(),
            size: Int(record.sizeOrType),
            isSigned: record.kindFlag,
            enumerators: enumerators
        )
    }

    private func enumeration64() throws(BTFError) -> EnumerationType {
        let enumerators = try elements(of: 12) { at throws(BTFError) in
            let value = UInt64(bytes.word(at: at + 4)) | UInt64(bytes.word(at: at + 8)) << 32
            return EnumerationType.Enumerator(
                try string(bytes.word(at: at)),
                Int64(bitPattern: value)
            )
        }
        return EnumerationType(
            name: try name(),
            size: Int(record.sizeOrType),
            isSigned: record.kindFlag,
            is64Bit: true,
            enumerators: enumerators
        )
    }

    private func function() throws(BTFError) -> BTFType {
        guard let number = UInt16(exactly: record.count),
            let linkage = FunctionLinkage(rawValue: number)
        else { throw BTFError(.type(id), .unknownLinkage(UInt32(record.count))) }
        return .function(name: try name(), prototype: try target(), linkage)
    }

    private func prototype() throws(BTFError) -> PrototypeType {
        let parameters = try elements(of: 8) { at throws(BTFError) in
            PrototypeType.Parameter(
                try string(bytes.word(at: at)),
                try reference(bytes.word(at: at + 4))
            )
        }
        return PrototypeType(result: try target(), parameters: parameters)
    }

    private func variable() throws(BTFError) -> BTFType {
        let number = bytes.word(at: tail)
        guard let linkage = VariableLinkage(rawValue: number)
        else { throw BTFError(.type(id), .unknownLinkage(number)) }
        return .variable(name: try name(), try target(), linkage)
    }

    private func dataSection() throws(BTFError) -> DataSectionType {
        let variables = try elements(of: 12) { at throws(BTFError) in
            DataSectionType.Variable(
                try reference(bytes.word(at: at)),
                offset: Int(bytes.word(at: at + 4)),
                size: Int(bytes.word(at: at + 8))
            )
        }
        return DataSectionType(
            name: try name(),
            size: Int(record.sizeOrType),
            variables: variables
        )
    }

    private func declarationTag() throws(BTFError) -> DeclarationTag {
        let component = bytes.word(at: tail)
        return DeclarationTag(
            name: try name(),
            target: try target(),
            component: component == .max ? nil : Int(component),
            isAttribute: record.kindFlag
        )
    }

    // MARK: Parts

    private func name() throws(BTFError) -> String { try string(record.nameOffset) }

    private func target() throws(BTFError) -> TypeID { try reference(record.sizeOrType) }

    private func string(_ offset: UInt32) throws(BTFError) -> String {
        try types.string(offset, in: id)
    }

    private func reference(_ number: UInt32) throws(BTFError) -> TypeID {
        let target = TypeID(number)
        guard number < types.count
        else { throw BTFError(.type(id), .noSuchType(target, count: types.count)) }
        return target
    }

    /// The elements that follow, each of `size` bytes, made by a function of their offset.
    private func elements<Element>(
        of size: Int,
        _ element: (Int) throws(BTFError) -> Element
    ) throws(BTFError) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(record.count)
        for index in 0..<record.count { elements.append(try element(tail + size * index)) }
        return elements
    }
}
