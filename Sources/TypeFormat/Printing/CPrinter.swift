/// Types being printed as C.
///
/// A declaration in C is read from the inside: `int (*names[4])(void)`. So it is made from the
/// inside too: around a declarator, which is the name at first, each type puts what it adds.
struct CPrinter {
    let types: BTF
    let names: CNames
    var alignments: AlignmentRules
    /// Enumerations whose names have been printed; C does not allow to print them twice.
    var printedEnumerations: Set<TypeID> = []
    /// How many more types may be printed; hostile types have no end.
    private var budget: Int

    init(_ types: BTF, names: CNames) {
        self.types = types
        self.names = names
        alignments = AlignmentRules(types)
        budget = 100_000 + 64 * types.count
    }

    /// Counts a step towards the limit of steps, and of depth.
    mutating func step(_ id: TypeID, depth: Int, limit: Int = BTF.depthLimit) throws(BTFError) {
        budget -= 1
        guard budget > 0, depth < limit else { throw BTFError(.type(id), .tooDeep) }
    }

    /// A declaration without its semicolon.
    ///
    /// The declarator is what is declared, with what outer types have put around it; qualifiers
    /// stand before the type or after its `*`.
    mutating func declare(
        _ id: TypeID,
        _ declarator: String,
        qualifiers: [String] = [],
        indentation: Int,
        depth: Int
    ) throws(BTFError) -> String {
        try step(id, depth: depth)
        if let spelling = try tag(of: id) {
            return join(spelling, declarator, qualifiers)
        }
        let type = try types.type(id)
        var next = (target: TypeID.void, declarator: declarator, qualifiers: [String]())
        switch type {
        case .constant(let target):
            next = (target, declarator, adding("const", to: qualifiers))
        case .volatile(let target):
            next = (target, declarator, adding("volatile", to: qualifiers))
        case .restrict(let target):
            next = (target, declarator, adding("restrict", to: qualifiers))
        case .typeTag(_, let target, _): next = (target, declarator, qualifiers)
        case .variable(let name, let target, _):
            next = (target, declarator.isEmpty ? CNames.identifier(name) : declarator, qualifiers)
        case .function(let name, let prototype, _):
            next = (prototype, declarator.isEmpty ? CNames.identifier(name) : declarator, [])
        case .pointer(let target):
            let words = qualifiers + (declarator.isEmpty ? [] : [declarator])
            next = (target, "*" + words.joined(separator: " "), [])
        case .array(let array):
            next = (array.element, "\(suffixable(declarator))[\(array.count)]", qualifiers)
        case .functionPrototype(let prototype):
            let parameters = try parameters(of: prototype, indentation, depth)
            next = (prototype.result, "\(suffixable(declarator))(\(parameters))", [])
        default:
            let spelling = try spell(type, id, indentation: indentation, depth: depth)
            return join(spelling, declarator, qualifiers)
        }
        return try declare(
            next.target,
            next.declarator,
            qualifiers: next.qualifiers,
            indentation: indentation,
            depth: depth + 1
        )
    }

    /// A struct or union by its name, without decoding its members; `nil` if it has none, and for
    /// other types.
    private func tag(of id: TypeID) throws(BTFError) -> String? {
        let kind = types.kind(of: id)
        guard kind == .structure || kind == .union else { return nil }
        let tag = names.tag(of: id, named: try types.name(of: id))
        return tag.isEmpty ? nil : (kind == .union ? "union " : "struct ") + tag
    }

    private func join(_ type: String, _ declarator: String, _ qualifiers: [String]) -> String {
        var text = ""
        for qualifier in qualifiers where qualifier != "restrict" { text += qualifier + " " }
        text += type
        return declarator.isEmpty ? text : text + " " + declarator
    }

    private func adding(_ qualifier: String, to qualifiers: [String]) -> [String] {
        qualifiers.contains(qualifier) ? qualifiers : qualifiers + [qualifier]
    }

    /// `*name` needs parentheses before `[…]` or `(…)` can follow.
    private func suffixable(_ declarator: String) -> String {
        declarator.hasPrefix("*") ? "(\(declarator))" : declarator
    }

    private mutating func parameters(
        of prototype: PrototypeType,
        _ indentation: Int,
        _ depth: Int
    ) throws(BTFError) -> String {
        guard !prototype.parameters.isEmpty else { return "void" }
        var texts: [String] = []
        for (index, parameter) in prototype.parameters.enumerated() {
            let isLast = index == prototype.parameters.count - 1
            guard !isLast || parameter.type != .void else {
                texts.append("...")
                continue
            }
            texts.append(
                try declare(
                    parameter.type,
                    CNames.identifier(parameter.name),
                    indentation: indentation,
                    depth: depth + 1
                )
            )
        }
        return texts.joined(separator: ", ")
    }

    /// A type by its name, or by its content if it has none.
    private mutating func spell(
        _ type: BTFType,
        _ id: TypeID,
        indentation: Int,
        depth: Int
    ) throws(BTFError) -> String {
        switch type {
        case .integer(let type): return type.cSpelling
        case .float(_, let size):
            return [4: "float", 8: "double", 16: "unsigned __int128"][size] ?? "double"
        case .alias(let name, _): return names.alias(of: id, named: name)
        case .forward(let name, let isUnion):
            return (isUnion ? "union " : "struct ") + names.forwardTag(name, isUnion: isUnion)
        case .structure(let composite), .union(let composite):
            // One without a name.
            let keyword = type.kind == .union ? "union" : "struct"
            return keyword + " "
                + (try body(
                    of: composite,
                    isUnion: type.kind == .union,
                    indentation: indentation,
                    depth: depth
                ))
        case .enumeration(let type):
            let tag = names.tag(of: id, named: type.name)
            if type.enumerators.isEmpty { return type.cInteger }
            guard tag.isEmpty else { return "enum \(tag)" }
            guard printedEnumerations.insert(id).inserted else { return type.cInteger }
            return "enum " + body(of: type, id, indentation: indentation)
        case .dataSection, .declarationTag, .void, .pointer, .array, .constant, .volatile,
            .restrict, .typeTag, .function, .functionPrototype, .variable:
            return "void"
        }
    }
}
