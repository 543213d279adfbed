extension CPrinter {
    /// The content of an enumeration, in braces.
    func body(of type: EnumerationType, _ id: TypeID, indentation: Int) -> String {
        let tabs = String(repeating: "\t", count: indentation)
        var text = "{\n"
        for (name, enumerator) in zip(names.enumerators(of: id, type), type.enumerators) {
            text += "\(tabs)\t\(name) = \(type.cValue(enumerator.value)),\n"
        }
        return text + tabs + "}" + type.cSizeAttribute
    }

    /// The content of a struct or union, in braces.
    mutating func body(
        of type: CompositeType,
        isUnion: Bool,
        indentation: Int,
        depth: Int
    ) throws(BTFError) -> String {
        let (alignment, isPacked) = try alignments.layout(of: type)
        let tabs = String(repeating: "\t", count: indentation)
        var layout = CLayout(isPacked: isPacked)
        var text = "{\n"
        for member in type.members {
            let size = 8 * (try types.size(of: member.type))
            if !isUnion {
                let own = try alignments.alignment(of: member.type)
                let widths = layout.fillers(
                    before: member.bitOffset,
                    alignment: own,
                    isBitField: member.bitFieldSize != nil
                )
                text += fillers(widths, tabs)
            }
            layout.place(
                at: isUnion ? 0 : member.bitOffset,
                bitCount: member.bitFieldSize ?? size
            )
            let declaration = try declare(
                member.type,
                CNames.identifier(member.name),
                indentation: indentation + 1,
                depth: depth + 1
            )
            let width = member.bitFieldSize.map { ": \($0)" } ?? ""
            text += "\(tabs)\t\(declaration)\(width);\n"
        }
        let widths = layout.fillers(upTo: 8 * type.size, alignment: alignment)
        if isUnion, !widths.isEmpty {
            // Bit-fields of a union lie side by side, so they cannot make it larger.
            text += "\(tabs)\tunsigned char __padding[\(type.size)];\n"
        } else {
            text += fillers(widths, tabs)
        }
        return text + tabs + "}" + (isPacked ? " __attribute__((packed))" : "")
    }

    private func fillers(_ widths: [Int], _ tabs: String) -> String {
        widths.map { "\(tabs)\tlong: \($0);\n" }.joined()
    }

    /// The definition of a struct, union or enumeration with a tag, or of a typedef, with its
    /// semicolon; `nil` for other types.
    mutating func definition(of id: TypeID) throws(BTFError) -> String? {
        let type = try types.type(id)
        switch type {
        case .structure(let composite), .union(let composite):
            let tag = names.tag(of: id, named: composite.name)
            let body = try body(
                of: composite,
                isUnion: type.kind == .union,
                indentation: 0,
                depth: 0
            )
            let keyword = type.kind == .union ? "union" : "struct"
            return "\(keyword)\(tag.isEmpty ? "" : " ")\(tag) \(body);\n"
        case .enumeration(let type):
            guard !type.enumerators.isEmpty, printedEnumerations.insert(id).inserted
            else { return nil }
            let tag = names.tag(of: id, named: type.name)
            return "enum\(tag.isEmpty ? "" : " ")\(tag) \(body(of: type, id, indentation: 0));\n"
        case .alias(let name, let target):
            let declaration = try declare(
                target,
                names.alias(of: id, named: name),
                indentation: 0,
                depth: 0
            )
            return "typedef \(declaration);\n"
        case .forward(let name, let isUnion):
            let tag = names.forwardTag(name, isUnion: isUnion)
            return "\(isUnion ? "union" : "struct") \(tag);\n"
        case .function, .variable:
            return try declare(id, "", indentation: 0, depth: 0) + ";\n"
        default: return nil
        }
    }
}

extension BTF {
    /// A declaration of something with a type, as C: `struct flow *next`, `int (*call)(void)`.
    ///
    /// - Parameters:
    ///   - id: the type.
    ///   - name: what is declared; without a name the type alone is printed.
    /// - Returns: the declaration without a semicolon; types without a name are printed in full.
    /// - Throws: ``BTFError`` if the type goes around in a circle or refers to nothing.
    public func declaration(of id: TypeID, name: String = "") throws(BTFError) -> String {
        var printer = CPrinter(self, names: CNames())
        return try printer.declare(id, name, indentation: 0, depth: 0)
    }

    /// The definition of one type as C: a struct, union, enumeration, typedef, function or
    /// variable; other types are printed like declarations.
    ///
    /// - Parameter id: the type.
    /// - Returns: the definition with a semicolon and a line break; what it refers to by name
    ///   is not printed.
    /// - Throws: ``BTFError`` if the type goes around in a circle or refers to nothing.
    public func definition(of id: TypeID) throws(BTFError) -> String {
        var printer = CPrinter(self, names: CNames())
        if let text = try printer.definition(of: id) { return text }
        return try printer.declare(id, "", indentation: 0, depth: 0) + ";\n"
    }
}
