/// The numbered metadata of a module: `!12 = distinct !DILocation(line: 3, scope: !4)`.
///
/// Nodes are text until somebody asks for one of their fields.
struct IRMetadata {
    private var nodes: [Int: Node] = [:]
    private var order: [Int] = []
    private var next = 0

    /// One node.
    struct Node {
        /// The name of its kind: `DILocation`; empty for a list.
        let kind: Substring
        /// What follows `!12 = `.
        var definition: String
    }

    /// The nodes of the lines; a line that is none is left out.
    init(_ lines: [String]) {
        for line in lines {
            guard let equals = line.range(of: " = "),
                let number = Int(line[..<equals.lowerBound].dropFirst())
            else { continue }
            order.append(number)
            next = max(next, number + 1)
            nodes[number] = Self.node(String(line[equals.upperBound...]))
        }
    }

    private static func node(_ definition: String) -> Node {
        var kind = definition[...]
        if kind.hasPrefix("distinct ") { kind = kind.dropFirst(9) }
        kind = kind.dropFirst().prefix { $0 != "(" && $0 != "{" }
        return Node(kind: kind, definition: definition)
    }

    /// The lines of all nodes.
    var lines: [String] {
        order.compactMap { number in nodes[number].map { "!\(number) = \($0.definition)" } }
    }

    /// A node, or `nil` if there is none of the number.
    subscript(number: Int) -> Node? { nodes[number] }

    /// The nodes of a kind.
    func nodes(_ kind: String) -> [(number: Int, node: Node)] {
        order.compactMap { number in
            nodes[number].flatMap { $0.kind == kind ? (number, $0) : nil }
        }
    }

    /// Adds a node.
    ///
    /// - Returns: its number.
    mutating func add(_ definition: String) -> Int {
        let number = next
        next += 1
        order.append(number)
        nodes[number] = Self.node(definition)
        return number
    }

    /// Puts another definition in the place of a node's.
    mutating func replace(_ number: Int, with definition: String) {
        guard nodes[number] != nil else { return }
        nodes[number] = Self.node(definition)
    }
}

extension IRMetadata.Node {
    /// The text of a field: of `name: "x", line: 3` the field `line` is `3`.
    func field(_ name: String) -> Substring? {
        var rest = definition[...]
        guard let open = rest.firstIndex(of: "(") else { return nil }
        rest = rest[rest.index(after: open)...]
        while !rest.isEmpty {
            let (key, value, next) = Self.field(rest)
            if key == name { return value }
            rest = next
        }
        return nil
    }

    /// The first field of a list, and what follows it.
    private static func field(_ text: Substring) -> (Substring, Substring, Substring) {
        let text = text.drop { $0 == " " || $0 == "," }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return ("", "", "")
        }
        let key = text[..<colon]
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        let end = endOfValue(value)
        return (key, value[..<end], value[end...])
    }

    /// Strings may hold commas, and values may be lists in parentheses.
    private static func endOfValue(_ text: Substring) -> Substring.Index {
        var (depth, isQuoted) = (0, false)
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: depth += 1
            case UInt8(ascii: ")") where !isQuoted:
                guard depth > 0 else { return index }
                depth -= 1
            case UInt8(ascii: ",") where !isQuoted && depth == 0: return index
            default: break
            }
        }
        return text.endIndex
    }

    /// A field that is text in quotes.
    func string(_ name: String) -> String? {
        guard let value = field(name), value.hasPrefix("\"") else { return nil }
        return String(value.dropFirst().dropLast())
    }

    /// A field that is a number.
    func number(_ name: String) -> Int? { field(name).flatMap { Int($0) } }

    /// A field that refers to a node: `!12`.
    func reference(_ name: String) -> Int? {
        field(name).flatMap { $0.hasPrefix("!") ? Int($0.dropFirst()) : nil }
    }

    /// The nodes that a list refers to: `!{!1, !2}`.
    var elements: [Int] {
        guard let open = definition.firstIndex(of: "{") else { return [] }
        return definition[definition.index(after: open)...].prefix { $0 != "}" }
            .split(separator: ",")
            .compactMap { Int($0.drop { $0 == " " || $0 == "!" }) }
    }
}
