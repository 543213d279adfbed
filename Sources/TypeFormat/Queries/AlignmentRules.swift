/// What the rules of C say about where things lie in memory, on a BPF machine.
///
/// Answers are kept, so that each type is looked at once.
struct AlignmentRules {
    let types: BTF
    private var known: [TypeID: Int] = [:]

    init(_ types: BTF) { self.types = types }

    /// The alignment of a type in bytes; see ``BTF/alignment(of:)``.
    mutating func alignment(of id: TypeID, depth: Int = 0) throws(BTFError) -> Int {
        guard depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        let resolved = try types.resolve(id)
        if let known = known[resolved] { return known }
        let answer = try find(resolved, depth: depth)
        known[resolved] = answer
        return answer
    }

    /// The alignment of a struct or union, and whether it is packed: laid out otherwise than the
    /// rules of C would have it.
    mutating func layout(
        of type: CompositeType,
        depth: Int = 0
    ) throws(BTFError) -> (alignment: Int, isPacked: Bool) {
        var greatest = 1
        var isPacked = false
        for member in type.members {
            let own = try alignment(of: member.type, depth: depth + 1)
            greatest = max(greatest, own)
            if let width = member.bitFieldSize {
                let unit = 8 * (try types.size(of: member.type))
                if unit > 0, member.bitOffset % unit + width > unit { isPacked = true }
            } else if !member.bitOffset.isMultiple(of: 8 * own) {
                isPacked = true
            }
        }
        if !type.size.isMultiple(of: greatest) { isPacked = true }
        return (isPacked ? 1 : greatest, isPacked)
    }

    private mutating func find(_ id: TypeID, depth: Int) throws(BTFError) -> Int {
        switch try types.type(id) {
        case .integer(let type): return natural(type.size)
        case .float(_, let size): return natural(size)
        case .enumeration(let type): return natural(type.size)
        case .pointer: return 8
        case .array(let array): return try alignment(of: array.element, depth: depth + 1)
        case .structure(let type), .union(let type):
            return try layout(of: type, depth: depth).alignment
        default: throw BTFError(.type(id), .noSize(types.describe(id)))
        }
    }

    private func natural(_ size: Int) -> Int { size.nonzeroBitCount == 1 ? min(size, 16) : 1 }
}
