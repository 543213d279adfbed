/// Types being printed as C.
///
/// A declaration in C is read from the inside: `int (*names[4])(void)`. What stands around the name
/// is found first, from the inside outwards; then it is written from left to right: the type at the
/// end of the way, what stands before the name, the name, and what stands behind it.
struct CPrinter<Source: TypeSource> {
    let source: Source
    let names: CNames
    var alignments: AlignmentRules<Source>
    /// What has been written.
    var text = CText()
    /// Enumerations whose names have been printed; C does not allow to print them twice.
    var printedEnumerations: Set<TypeID> = []
    /// What stands around the names that are being printed, the innermost first of each.
    private var wraps: [Wrap] = []
    /// How integers are spelled; there are few, and most members are of one.
    private var integers: [TypeID: [UInt8]] = [:]
    /// How many more types may be printed; hostile types have no end.
    private var budget: Int

    /// What a type puts around a name.
    private enum Wrap {
        case pointer(CQualifiers)
        case array(UInt32)
        case function(TypeID, depth: Int)

        var isPointer: Bool { if case .pointer = self { true } else { false } }
    }

    init(_ source: Source, names: CNames) {
        self.source = source
        self.names = names
        alignments = AlignmentRules(source)
        budget = 100_000 + 64 * source.count
    }

    /// Counts a step towards the limit of steps, and of depth.
    @inline(__always)
    mutating func step(_ id: TypeID, depth: Int, limit: Int = BTF.depthLimit) throws(BTFError) {
        budget -= 1
        guard budget > 0, depth < limit else { throw BTFError(.type(id), .tooDeep) }
    }

    /// Writes a declaration without its semicolon.
    mutating func declare(
        _ id: TypeID, _ declared: CDeclared, indentation: Int, depth: Int
    ) throws(BTFError) {
        let first = wraps.count
        var declared = declared
        var (current, depth, qualifiers) = (id, depth, CQualifiers())
        while true {
            try step(current, depth: depth)
            guard let kind = try knownKind(of: current) else { break }
            switch kind {
            case .constant: qualifiers.add(.constant)
            case .volatile: qualifiers.add(.volatile)
            case .restrict: qualifiers.add(.restrict)
            case .typeTag: break
            case .variable: if declared.isEmpty { declared = .name(try source.name(of: current)) }
            case .function:
                if declared.isEmpty { declared = .name(try source.name(of: current)) }
                qualifiers = CQualifiers()
            case .pointer:
                wraps.append(.pointer(qualifiers))
                qualifiers = CQualifiers()
            case .array: wraps.append(.array(source.word(5, of: current)))
            case .functionPrototype:
                wraps.append(.function(current, depth: depth))
                qualifiers = CQualifiers()
            default:
                try write(current, kind, qualifiers, indentation: indentation, depth: depth)
                return try wrap(declared, from: first, indentation: indentation)
            }
            current =
                kind == .array
                ? try source.reference(source.word(3, of: current), in: current)
                : try source.target(of: current)
            depth += 1
        }
        qualifiers.write(to: &text)
        text.append("void")
        try wrap(declared, from: first, indentation: indentation)
    }

    /// The kind of a type; `nil` for `void`.
    private func knownKind(of id: TypeID) throws(BTFError) -> TypeKind? {
        guard id != .void else { return nil }
        guard let kind = source.kind(of: id) else {
            guard id.rawValue < source.count
            else { throw BTFError(.type(id), .noSuchType(id, count: source.count)) }
            let number = TypeRecord.kindNumber(info: source.word(1, of: id))
            throw BTFError(.type(id), .unknownKind(number))
        }
        return kind
    }

    // MARK: Around the name

    /// Writes the name and all that stands around it.
    private mutating func wrap(
        _ declared: CDeclared, from first: Int, indentation: Int
    ) throws(BTFError) {
        defer { wraps.removeSubrange(first...) }
        guard wraps.count > first || !declared.isEmpty else { return }
        text.append(UInt8(ascii: " "))
        for index in (first..<wraps.count).reversed() {
            let isFollowed = index > first || !declared.isEmpty
            switch wraps[index] {
            case .pointer(let qualifiers):
                text.append(UInt8(ascii: "*"))
                qualifiers.write(ofPointer: isFollowed, to: &text)
            // `*name` needs parentheses before `[…]` or `(…)` can follow.
            case .array, .function: if standsAroundPointer(index, first) { text.append("(") }
            }
        }
        write(declared)
        for index in first..<wraps.count {
            if standsAroundPointer(index, first), !wraps[index].isPointer { text.append(")") }
            switch wraps[index] {
            case .pointer: break
            case .array(let count):
                text.append(UInt8(ascii: "["))
                text.append(count)
                text.append(UInt8(ascii: "]"))
            case .function(let id, let depth):
                text.append(UInt8(ascii: "("))
                try parameters(of: id, indentation, depth)
                text.append(UInt8(ascii: ")"))
            }
        }
    }

    private func standsAroundPointer(_ index: Int, _ first: Int) -> Bool {
        index > first && wraps[index - 1].isPointer
    }

    private mutating func write(_ declared: CDeclared) {
        switch declared {
        case .name(let place): text.append(identifier: place, in: source)
        case .alias(let id, let place): names.write(place, of: id, source, to: &text)
        case .text(let bytes): text.append(bytes)
        }
    }

    private mutating func parameters(
        of id: TypeID, _ indentation: Int, _ depth: Int
    ) throws(BTFError) {
        let count = source.partCount(of: id)
        if count == 0 { text.append("void") }
        for index in 0..<count {
            if index > 0 { text.append(", ") }
            let type = try source.reference(source.word(4 + 2 * index, of: id), in: id)
            guard index < count - 1 || type != .void else {
                text.append("...")
                continue
            }
            let name = try source.string(source.word(3 + 2 * index, of: id), in: id)
            try declare(type, .name(name), indentation: indentation, depth: depth + 1)
        }
    }

    // MARK: The type itself

    private mutating func writeInteger(_ id: TypeID) throws(BTFError) {
        if let known = integers[id] { return text.append(known) }
        let spelling = try source.integerSpelling(of: id)
        integers[id] = spelling
        text.append(spelling)
    }

    /// Writes a type by its name, or by its content if it has none.
    private mutating func write(
        _ id: TypeID, _ kind: TypeKind, _ qualifiers: CQualifiers, indentation: Int, depth: Int
    ) throws(BTFError) {
        qualifiers.write(to: &text)
        switch kind {
        case .integer: try writeInteger(id)
        case .float:
            switch source.word(2, of: id) {
            case 4: text.append("float")
            case 16: text.append("unsigned __int128")
            default: text.append("double")
            }
        case .alias: names.write(try source.name(of: id), of: id, source, to: &text)
        case .forward: try writeDeclaration(of: id, isUnion: source.hasFlag(id))
        case .structure, .union:
            let name = try source.name(of: id)
            text.append(kind == .union ? "union " : "struct ")
            guard name.isEmpty else { return names.write(name, of: id, source, to: &text) }
            try writeBody(ofComposite: id, kind, indentation: indentation, depth: depth)
        case .enumeration, .enumeration64:
            let name = try source.name(of: id)
            guard source.partCount(of: id) > 0 else { return text.append(source.integer(like: id)) }
            if !name.isEmpty {
                text.append("enum ")
                return names.write(name, of: id, source, to: &text)
            }
            guard printedEnumerations.insert(id).inserted
            else { return text.append(source.integer(like: id)) }
            text.append("enum ")
            try writeBody(ofEnumeration: id, indentation: indentation)
        case .dataSection, .declarationTag, .pointer, .array, .constant, .volatile, .restrict,
            .typeTag, .function, .functionPrototype, .variable:
            text.append("void")
        }
    }
}
