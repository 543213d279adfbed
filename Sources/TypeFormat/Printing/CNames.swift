/// The names that types get in C.
///
/// Names that C does not allow are changed: those of other languages, those that are keywords,
/// and those that several types have. The second `struct node` becomes `struct node___2`; what
/// follows three underscores is ignored when a program is adapted to a kernel.
struct CNames {
    private var tags: [TypeID: String] = [:]
    private var ordinary: [TypeID: String] = [:]
    private var enumerators: [TypeID: [String]] = [:]
    /// The kinds of the first type with each tag: `struct`, `union` or `enum`.
    private var keywords: [String: String] = [:]

    /// Every type keeps its own name, if C allows it.
    init() {}

    /// No two types of `types` get the same name.
    init(_ types: BTF) throws(BTFError) {
        var usedTags: [String: Int] = [:]
        var usedNames: [String: Int] = [:]
        var enumerations: [(TypeID, EnumerationType)] = []
        for id in types.typeIDs {
            switch types.kind(of: id) {
            case .structure: try nameTag(id, "struct", types, &usedTags)
            case .union: try nameTag(id, "union", types, &usedTags)
            case .alias:
                let name = Self.identifier(try types.name(of: id))
                ordinary[id] = Self.unique(name, &usedNames)
            case .enumeration, .enumeration64:
                try nameTag(id, "enum", types, &usedTags)
                guard case .enumeration(let type) = try types.type(id) else { continue }
                enumerations.append((id, type))
            default: continue
            }
        }
        // After the typedefs, which are asked for by name more often.
        for (id, type) in enumerations {
            enumerators[id] = type.enumerators.map {
                Self.unique(Self.identifier($0.name), &usedNames)
            }
        }
    }

    private mutating func nameTag(
        _ id: TypeID,
        _ keyword: String,
        _ types: BTF,
        _ used: inout [String: Int]
    ) throws(BTFError) {
        let name = Self.identifier(try types.name(of: id))
        guard !name.isEmpty else { return }
        tags[id] = Self.unique(name, &used)
        if keywords[name] == nil { keywords[name] = keyword }
    }

    /// The tag of a struct, union or enumeration; empty if it has none.
    func tag(of id: TypeID, named name: String) -> String { tags[id] ?? Self.identifier(name) }

    /// The tag of a struct or union that is only declared.
    func forwardTag(_ name: String, isUnion: Bool) -> String {
        let name = Self.identifier(name)
        guard let keyword = keywords[name], keyword != (isUnion ? "union" : "struct")
        else { return name }
        return name + "___forward"
    }

    /// The name of a typedef.
    func alias(of id: TypeID, named name: String) -> String {
        ordinary[id] ?? Self.identifier(name)
    }

    /// The names of the enumerators of a type, in order.
    func enumerators(of id: TypeID, _ type: EnumerationType) -> [String] {
        enumerators[id] ?? type.enumerators.map { Self.identifier($0.name) }
    }

    private static func unique(_ name: String, _ used: inout [String: Int]) -> String {
        let count = (used[name] ?? 0) + 1
        used[name] = count
        return count == 1 ? name : "\(name)___\(count)"
    }

    /// A name that C allows, as similar as possible; the empty name stays empty.
    static func identifier(_ name: String) -> String {
        guard !name.isEmpty else { return name }
        var isPlain = true
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            let isAllowed = isLetterOrDigit(byte)
            isPlain = isPlain && isAllowed
            bytes.append(isAllowed ? byte : 0x5f)
        }
        if let first = bytes.first, (0x30...0x39).contains(first) {
            bytes.insert(0x5f, at: 0)
            isPlain = false
        }
        let text = isPlain ? name : String(decoding: bytes, as: UTF8.self)
        // The compiler has its own `__builtin_va_list`, which differs between machines.
        return keywords.contains(text) || text.hasPrefix("__builtin_") ? text + "_" : text
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
        default: false
        }
    }

    private static let keywords: Set<String> = [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
        "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
        "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef",
        "union", "unsigned", "void", "volatile", "while", "asm", "typeof",
    ]
}
