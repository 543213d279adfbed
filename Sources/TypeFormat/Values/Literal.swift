/// A value as a person writes it, before its type gives it a meaning.
///
/// JSON is one way to write it. Names need no quotes, and neither do words without blanks:
/// `{src: 10.0.0.1, state: TCP_ESTABLISHED, flags: 0x18}`.
indirect enum Literal {
    /// A number, a name, an address: anything without blanks and punctuation.
    case word(String)
    /// A text in quotes.
    case string(String)
    /// Values in order.
    case list([Literal])
    /// Named values.
    case fields([(name: String, value: Literal)])

    init(_ text: String) throws(LiteralProblem) {
        var parser = LiteralParser(text)
        self = try parser.whole()
    }

    init(_ json: JSONValue) {
        switch json {
        case .null: self = .word("0")
        case .boolean(let value): self = .word(value ? "true" : "false")
        case .integer(let value): self = .word(String(value))
        case .floating(let value): self = .word(value.description)
        case .string(let text): self = .string(text)
        case .array(let values): self = .list(values.map { Literal($0) })
        case .object(let members):
            self = .fields(members.map { ($0.name, Literal($0.value)) })
        }
    }

    /// What was found, for messages.
    var summary: String {
        switch self {
        case .word(let word): "'\(word)'"
        case .string(let text): JSONValue.string(text).description
        case .list: "a list"
        case .fields: "named members"
        }
    }
}

/// Why a text is no literal, or no value of a type.
struct LiteralProblem: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

/// A literal being read.
private struct LiteralParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func whole() throws(LiteralProblem) -> Literal {
        let literal = try value(depth: 0)
        skipBlanks()
        guard position == scalars.count else { throw unexpected("the end") }
        return literal
    }

    private mutating func value(depth: Int) throws(LiteralProblem) -> Literal {
        guard depth < BTF.depthLimit else { throw LiteralProblem("nested too deeply") }
        skipBlanks()
        switch next {
        case "{": return try fields(depth: depth)
        case "[": return .list(try list(close: "]", depth: depth))
        case "\"": return .string(try string())
        case "'": return .word(try character())
        default: return .word(try word(inName: false))
        }
    }

    /// `{name: value, …}`, or `{value, …}` as in C.
    private mutating func fields(depth: Int) throws(LiteralProblem) -> Literal {
        position += 1
        var fields: [(name: String, value: Literal)] = []
        while true {
            skipBlanks()
            if take("}") { return .fields(fields) }
            let start = position
            guard let name = try? name() else {
                position = start
                guard fields.isEmpty else { throw unexpected("a name") }
                // As in C: values by position.
                position -= 1
                return .list(try list(close: "}", depth: depth))
            }
            fields.append((name, try value(depth: depth + 1)))
            skipBlanks()
            if !take(","), next != "}" { throw unexpected("',' or '}'") }
        }
    }

    private mutating func list(
        close: Unicode.Scalar,
        depth: Int
    ) throws(LiteralProblem) -> [Literal] {
        position += 1
        var values: [Literal] = []
        while true {
            skipBlanks()
            if take(close) { return values }
            values.append(try value(depth: depth + 1))
            skipBlanks()
            if !take(","), next != close { throw unexpected("',' or '\(close)'") }
        }
    }

    /// A name and its colon; `.name =` as in C is understood too.
    private mutating func name() throws(LiteralProblem) -> String {
        skipBlanks()
        let isDesignator = take(".")
        let name = next == "\"" ? try string() : try word(inName: true)
        skipBlanks()
        guard take(isDesignator ? "=" : ":") else { throw unexpected("':'") }
        return name
    }

    private mutating func word(inName: Bool) throws(LiteralProblem) -> String {
        var word = String.UnicodeScalarView()
        while let scalar = next, !isBlank(scalar), !",{}[]\"=".unicodeScalars.contains(scalar),
            !(inName && scalar == ":")
        {
            word.append(scalar)
            position += 1
        }
        guard !word.isEmpty else { throw unexpected("a value") }
        return String(word)
    }

    /// `'a'`, as a number.
    private mutating func character() throws(LiteralProblem) -> String {
        guard position + 2 < scalars.count, scalars[position + 2] == "'"
        else { throw unexpected("a character between two '") }
        defer { position += 3 }
        return String(scalars[position + 1].value)
    }

    private mutating func string() throws(LiteralProblem) -> String {
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = next {
            position += 1
            if scalar == "\"" { return String(text) }
            text.append(scalar == "\\" ? try escaped() : scalar)
        }
        throw LiteralProblem("a text has no end")
    }

    private mutating func escaped() throws(LiteralProblem) -> Unicode.Scalar {
        guard let scalar = next else { throw LiteralProblem("a text has no end") }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "u":
            var first = try codeUnit()
            if (0xd800..<0xdc00).contains(first), take("\\"), take("u") {
                let second = try codeUnit()
                guard (0xdc00..<0xe000).contains(second)
                else { throw LiteralProblem("a text has half of a character") }
                first = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(first)
            else { throw LiteralProblem("a text has half of a character") }
            return scalar
        default: return scalar
        }
    }

    /// Four digits in base 16.
    private mutating func codeUnit() throws(LiteralProblem) -> UInt32 {
        let end = position + 4
        guard end <= scalars.count else { throw LiteralProblem("a text has no end") }
        let digits = String(String.UnicodeScalarView(scalars[position..<end]))
        guard digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16)
        else { throw LiteralProblem("\\u\(digits) is no character") }
        position = end
        return unit
    }

    // MARK: Scalars

    private var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let scalar = next, isBlank(scalar) { position += 1 }
    }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
    }

    private func unexpected(_ expected: String) -> LiteralProblem {
        let found = next.map { "'\($0)'" } ?? "nothing"
        return LiteralProblem("expected \(expected) at character \(position + 1), found \(found)")
    }
}
