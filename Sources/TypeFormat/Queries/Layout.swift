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
        var budget = Self.alignmentBudget
        return try alignment(of: id, depth: 0, budget: &budget)
    }

    // MARK: Parts

    /// How many members may be looked at for one alignment; nested hostile types have no end.
    private static let alignmentBudget = 100_000

    private func alignment(
        of id: TypeID,
        depth: Int,
        budget: inout Int
    ) throws(BTFError) -> Int {
        budget -= 1
        guard depth < Self.depthLimit, budget > 0 else { throw BTFError(.type(id), .tooDeep) }
        let resolved = try resolve(id)
        switch try type(resolved) {
        case .integer(let type): return naturalAlignment(type.size)
        case .float(_, let size): return naturalAlignment(size)
        case .enumeration(let type): return naturalAlignment(type.size)
        case .pointer: return 8
        case .array(let array):
            return try alignment(of: array.element, depth: depth + 1, budget: &budget)
        case .structure(let type), .union(let type):
            var greatest = 1
            var isPacked = false
            for member in type.members {
                let own = try alignment(of: member.type, depth: depth + 1, budget: &budget)
                greatest = max(greatest, own)
                if member.bitFieldSize == nil, !member.bitOffset.isMultiple(of: 8 * own) {
                    isPacked = true
                }
            }
            return isPacked || !type.size.isMultiple(of: greatest) ? 1 : greatest
        default: throw BTFError(.type(id), .noSize(describe(resolved)))
        }
    }

    private func naturalAlignment(_ size: Int) -> Int {
        size.nonzeroBitCount == 1 ? min(size, 16) : 1
    }

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
    func describe(_ id: TypeID) -> String {
        guard let kind = kind(of: id) else { return "void" }
        let name = (try? name(of: id)) ?? ""
        return name.isEmpty ? "\(kind) \(id)" : "\(kind) \(id) '\(name)'"
    }
}
