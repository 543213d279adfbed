extension BTF {
    /// How many bytes a value of a type takes.
    ///
    /// Typedefs, qualifiers, variables and arrays are followed; a pointer takes 8 bytes.
    ///
    /// - Throws: ``BTFError`` if the type has no size, goes around in a circle or is larger than
    ///   63 bits can say.
    public func size(of id: TypeID) throws(BTFError) -> Int {
        var current = id
        var factor = 1
        for _ in 0..<Self.depthLimit {
            current = try resolve(current)
            guard kind(of: current) == .array, case .array(let array) = try type(current) else {
                return try product(factor, try sizeOfResolved(current), at: id)
            }
            factor = try product(factor, Int(array.count), at: id)
            current = array.element
        }
        throw BTFError(.type(id), .tooDeep)
    }

    /// The greatest power of two that the address of every value of a type is a multiple of, by
    /// the rules of C for BPF programs.
    ///
    /// A struct or union is aligned like its most aligned member; one that the rules of C would
    /// have laid out otherwise is packed and has alignment 1. The format does not say more: an
    /// attribute that changes no offset and no size is not seen.
    ///
    /// - Throws: ``BTFError`` if the type has no size or goes around in a circle.
    public func alignment(of id: TypeID) throws(BTFError) -> Int {
        var rules = AlignmentRules(SingleTypes(self))
        return try rules.alignment(of: id)
    }

    // MARK: Parts

    private func sizeOfResolved(_ id: TypeID) throws(BTFError) -> Int {
        guard id != .void else { throw BTFError(.type(id), .noSize("void")) }
        let (storage, offset) = try locate(id)
        let record = TypeRecord(storage.bytes, at: offset)
        switch TypeKind(rawValue: record.kindNumber) {
        case .integer, .structure, .union, .enumeration, .enumeration64, .float, .dataSection:
            return Int(record.sizeOrType)
        case .pointer: return 8
        default: throw BTFError(.type(id), .noSize(describe(id)))
        }
    }

    private func product(_ left: Int, _ right: Int, at id: TypeID) throws(BTFError) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { throw BTFError(.type(id), .tooLarge) }
        return product
    }

    /// A type in a few words, for messages.
    public func describe(_ id: TypeID) -> String {
        guard let kind = kind(of: id) else { return "void" }
        let name = (try? name(of: id)) ?? ""
        return name.isEmpty ? "\(kind) \(id)" : "\(kind) \(id) '\(name)'"
    }
}
