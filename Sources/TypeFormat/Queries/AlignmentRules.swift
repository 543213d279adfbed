/// What the rules of C say about where things lie in memory, on a BPF machine.
///
/// Answers are kept, so that each type is looked at once.
struct AlignmentRules<Source: TypeSource> {
    private let source: Source
    private var known: [TypeID: (alignment: Int, isPacked: Bool)] = [:]

    init(_ source: Source) { self.source = source }

    /// The alignment of a type in bytes; see ``BTF/alignment(of:)``.
    mutating func alignment(of id: TypeID, depth: Int = 0) throws(BTFError) -> Int {
        guard depth < BTF.depthLimit else { throw BTFError(.type(id), .tooDeep) }
        let resolved = try source.resolve(id)
        switch source.kind(of: resolved) {
        case .pointer?: return 8
        case .integer?, .float?, .enumeration?, .enumeration64?:
            return natural(Int(source.word(2, of: resolved)))
        case .array?:
            let element = try source.reference(source.word(3, of: resolved), in: resolved)
            return try alignment(of: element, depth: depth + 1)
        case .structure?, .union?: return try layout(of: resolved, depth: depth).alignment
        default: throw BTFError(.type(resolved), .noSize(source.describe(resolved)))
        }
    }

    /// The alignment of a struct or union, and whether it is packed: laid out otherwise than the
    /// rules of C would have it.
    mutating func layout(
        of id: TypeID, depth: Int = 0
    ) throws(BTFError) -> (alignment: Int, isPacked: Bool) {
        if let known = known[id] { return known }
        var greatest = 1
        var isPacked = false
        for index in 0..<source.partCount(of: id) {
            let member = try source.member(index, of: id)
            let own = try alignment(of: member.type, depth: depth + 1)
            greatest = max(greatest, own)
            if member.width > 0 {
                let unit = 8 * (try size(of: member.type))
                if unit > 0, member.bitOffset % unit + member.width > unit { isPacked = true }
            } else if !member.bitOffset.isMultiple(of: 8 * own) {
                isPacked = true
            }
        }
        if !Int(source.word(2, of: id)).isMultiple(of: greatest) { isPacked = true }
        let answer = (isPacked ? 1 : greatest, isPacked)
        known[id] = answer
        return answer
    }

    /// How many bytes a value of a type takes; see ``BTF/size(of:)``.
    func size(of id: TypeID) throws(BTFError) -> Int {
        var (current, factor) = (id, 1)
        for _ in 0..<BTF.depthLimit {
            current = try source.resolve(current)
            let kind = source.kind(of: current)
            let next: Int
            switch kind {
            case .array?: next = Int(source.word(5, of: current))
            case .pointer?: next = 8
            case .integer?, .structure?, .union?, .enumeration?, .enumeration64?, .float?,
                .dataSection?:
                next = Int(source.word(2, of: current))
            default: throw BTFError(.type(current), .noSize(source.describe(current)))
            }
            let (product, overflow) = factor.multipliedReportingOverflow(by: next)
            guard !overflow else { throw BTFError(.type(id), .tooLarge) }
            guard kind == .array else { return product }
            factor = product
            current = try source.reference(source.word(3, of: current), in: current)
        }
        throw BTFError(.type(id), .tooDeep)
    }

    private func natural(_ size: Int) -> Int { size.nonzeroBitCount == 1 ? min(size, 16) : 1 }
}

extension TypeSource {
    /// The type behind typedefs, qualifiers, type tags and variables.
    @inline(__always)
    func resolve(_ id: TypeID) throws(BTFError) -> TypeID {
        var current = id
        for _ in 0..<BTF.depthLimit {
            guard current.rawValue < count
            else { throw BTFError(.type(current), .noSuchType(current, count: count)) }
            switch kind(of: current) {
            case .alias?, .volatile?, .constant?, .restrict?, .typeTag?, .variable?:
                current = try target(of: current)
            default: return current
            }
        }
        throw BTFError(.type(id), .tooDeep)
    }

    /// A type in a few words, for messages.
    func describe(_ id: TypeID) -> String {
        guard let kind = kind(of: id) else { return "void" }
        let name = ((try? name(of: id)) ?? 0..<0).map(stringByte)
        let text = String(decoding: name, as: UTF8.self)
        return text.isEmpty ? "\(kind) \(id)" : "\(kind) \(id) '\(text)'"
    }
}
