/// The names of types in Swift, each used once.
struct SwiftNames {
    private let types: BTF
    private var names: [TypeID: String] = [:]
    private var used: Set<String> = [
        "Address", "Function", "Void", "InlineArray", "Float", "Double", "CChar", "Bool", "Int8",
        "Int16", "Int32", "Int64", "Int128", "UInt8", "UInt16", "UInt32", "UInt64", "UInt128",
    ]

    init(_ types: BTF) { self.types = types }

    /// The name of a struct, union or enumeration; a declaration has that of its definition.
    ///
    /// - Parameter suggestion: what to call one that has no name of its own.
    mutating func name(of id: TypeID, suggestion: String) -> String {
        if let known = names[id] { return known }
        let own = String(decoding: types.nameBytes(of: id), as: UTF8.self)
        let isDeclared = types.kind(of: id) == .forward
        if isDeclared, let definition = definition(of: id, own) {
            let name = name(of: definition, suggestion: suggestion)
            names[id] = name
            return name
        }
        let base = Self.plain(own.isEmpty ? suggestion : own)
        var name = base
        var count = 1
        while !used.insert(name).inserted {
            count += 1
            name = "\(base)_\(count)"
        }
        names[id] = Self.escaped(name)
        return Self.escaped(name)
    }

    private func definition(of id: TypeID, _ name: String) -> TypeID? {
        guard case .forward(_, let isUnion)? = try? types.type(id) else { return nil }
        return types.first(named: name, kind: isUnion ? .union : .structure)
    }

    /// The name of a member or an enumerator.
    static func member(_ name: String) -> String { escaped(plain(name)) }

    /// Letters, digits and underscores, not beginning with a digit.
    private static func plain(_ name: String) -> String {
        var bytes = name.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: byte
            default: UInt8(ascii: "_")
            }
        }
        if bytes.first.map({ (0x30...0x39).contains($0) }) ?? true {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text == "_" ? "__" : text
    }

    private static func escaped(_ name: String) -> String {
        if taken.contains(name) { return name + "_" }
        return keywords.contains(name) ? "`\(name)`" : name
    }

    /// Names that mean something else even in backticks.
    private static let taken: Set<String> = [
        "init", "self", "Self", "Type", "Protocol", "rawValue", "storage", "RawValue",
    ]

    private static let keywords: Set<String> = [
        "Any", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default",
        "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
        "fileprivate", "for", "func", "guard", "if", "import", "in", "inout", "internal", "is",
        "let", "nil", "operator", "private", "precedencegroup", "protocol", "public", "repeat",
        "rethrows", "return", "static", "struct", "subscript", "super", "switch", "throw",
        "throws", "true", "try", "typealias", "var", "where", "while",
    ]
}
