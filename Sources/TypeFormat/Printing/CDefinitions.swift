extension CPrinter {
    /// Writes the content of an enumeration, in braces.
    mutating func writeBody(ofEnumeration id: TypeID, indentation: Int) throws(BTFError) {
        text.append("{\n")
        for index in 0..<source.partCount(of: id) {
            text.append(tabs: indentation + 1)
            try names.writeEnumerator(index, of: id, source, to: &text)
            text.append(" = ")
            source.writeValue(of: index, in: id, to: &text)
            text.append(",\n")
        }
        text.append(tabs: indentation)
        text.append("}")
        text.append(CSpelling.sizeAttribute(Int(source.word(2, of: id))))
    }

    /// Writes the content of a struct or union, in braces.
    mutating func writeBody(
        ofComposite id: TypeID, _ kind: TypeKind, indentation: Int, depth: Int
    ) throws(BTFError) {
        let (alignment, isPacked) = try alignments.layout(of: id)
        let isUnion = kind == .union
        var layout = CLayout(isPacked: isPacked)
        text.append("{\n")
        for index in 0..<source.partCount(of: id) {
            let member = try source.member(index, of: id)
            let size = 8 * (try alignments.size(of: member.type))
            if !isUnion {
                let own = try alignments.alignment(of: member.type)
                write(
                    layout.fillers(
                        before: member.bitOffset, alignment: own, isBitField: member.width > 0),
                    indentation)
            }
            layout.place(
                at: isUnion ? 0 : member.bitOffset,
                bitCount: member.width > 0 ? member.width : size)
            text.append(tabs: indentation + 1)
            try declare(
                member.type, .name(member.name), indentation: indentation + 1, depth: depth + 1)
            if member.width > 0 {
                text.append(": ")
                text.append(member.width)
            }
            text.append(";\n")
        }
        let byteCount = Int(source.word(2, of: id))
        let widths = layout.fillers(upTo: 8 * byteCount, alignment: alignment)
        if isUnion, !widths.isEmpty {
            // Bit-fields of a union lie side by side, so they cannot make it larger.
            text.append(tabs: indentation + 1)
            text.append("unsigned char __padding[")
            text.append(byteCount)
            text.append("];\n")
        } else {
            write(widths, indentation)
        }
        text.append(tabs: indentation)
        text.append("}")
        if isPacked { text.append(" __attribute__((packed))") }
    }

    private mutating func write(_ widths: [Int], _ indentation: Int) {
        for width in widths {
            text.append(tabs: indentation + 1)
            text.append("long: ")
            text.append(width)
            text.append(";\n")
        }
    }

    /// Writes the definition of a struct, union or enumeration with a tag, or of a typedef, with
    /// its semicolon.
    ///
    /// - Returns: false for other types, of which nothing is written.
    mutating func define(_ id: TypeID) throws(BTFError) -> Bool {
        let kind = source.kind(of: id)
        switch kind {
        case .structure?, .union?:
            text.append(kind == .union ? "union " : "struct ")
            try writeTag(of: id)
            try writeBody(
                ofComposite: id, kind == .union ? .union : .structure, indentation: 0, depth: 0)
        case .enumeration?, .enumeration64?:
            guard source.partCount(of: id) > 0, printedEnumerations.insert(id).inserted
            else { return false }
            text.append("enum ")
            try writeTag(of: id)
            try writeBody(ofEnumeration: id, indentation: 0)
        case .alias?:
            text.append("typedef ")
            try declare(
                source.target(of: id), .alias(id, source.name(of: id)), indentation: 0, depth: 0)
        case .forward?: try writeDeclaration(of: id, isUnion: source.hasFlag(id))
        case .function?, .variable?:
            try declare(id, .name(0..<0), indentation: 0, depth: 0)
        default: return false
        }
        text.append(";\n")
        return true
    }

    /// Writes a struct or union, which may be one that is only declared, with its tag alone.
    mutating func writeDeclaration(of id: TypeID, isUnion: Bool) throws(BTFError) {
        text.append(isUnion ? "union " : "struct ")
        let name = try source.name(of: id)
        if source.kind(of: id) == .forward {
            names.writeForward(name, isUnion: isUnion, source, to: &text)
        } else {
            names.write(name, of: id, source, to: &text)
        }
    }

    /// Writes a tag and a blank, unless there is none.
    private mutating func writeTag(of id: TypeID) throws(BTFError) {
        let name = try source.name(of: id)
        guard !name.isEmpty else { return }
        names.write(name, of: id, source, to: &text)
        text.append(UInt8(ascii: " "))
    }
}

extension TypeSource {
    /// A member of a struct or union; `width` is 0 unless it is a bit-field.
    @inline(__always)
    func member(
        _ index: Int, of id: TypeID
    ) throws(BTFError) -> (name: NamePlace, type: TypeID, bitOffset: Int, width: Int) {
        let place = word(5 + 3 * index, of: id)
        let isSplit = hasFlag(id)
        return (
            try string(word(3 + 3 * index, of: id), in: id),
            try reference(word(4 + 3 * index, of: id), in: id),
            Int(isSplit ? place & 0xff_ffff : place), isSplit ? Int(place >> 24) : 0
        )
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
        var printer = CPrinter(SingleTypes(self), names: CNames())
        try printer.declare(id, .text(Array(name.utf8)), indentation: 0, depth: 0)
        return printer.text.text
    }

    /// The definition of one type as C: a struct, union, enumeration, typedef, function or
    /// variable; other types are printed like declarations.
    ///
    /// - Parameter id: the type.
    /// - Returns: the definition with a semicolon and a line break; what it refers to by name
    ///   is not printed.
    /// - Throws: ``BTFError`` if the type goes around in a circle or refers to nothing.
    public func definition(of id: TypeID) throws(BTFError) -> String {
        var printer = CPrinter(SingleTypes(self), names: CNames())
        guard try !printer.define(id) else { return printer.text.text }
        try printer.declare(id, .name(0..<0), indentation: 0, depth: 0)
        printer.text.append(";\n")
        return printer.text.text
    }
}
