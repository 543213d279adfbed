/// A line of source, as far as names can be taken from it without guessing.
///
/// What cannot be told for certain is `nil`: a wrong name would do more harm than none.
struct SourceText {
    private let text: Substring

    init(_ text: String) {
        let comment = text.firstRange(of: "//")?.lowerBound ?? text.endIndex
        self.text = text[..<comment]
    }

    /// Whether a name stands in the line, as a word of its own.
    func contains(_ name: String) -> Bool {
        text.split { !$0.isIdentifier }.contains { $0 == name[...] }
    }

    /// The variable that the line gives a value, such as `value` in `u64 *value = f();`; it is the
    /// first that it does so.
    var assigned: String? { assignment?.name }

    /// What the line gives the variable, without a `;` and without Swift's forced unwrapping.
    var assignedExpression: String? {
        guard var expression = assignment?.expression else { return nil }
        for ending in [";", ".unsafelyUnwrapped", "!"] where expression.hasSuffix(ending) {
            expression = expression.dropLast(ending.count).trimmed
        }
        let isWhole =
            expression.isBalanced && !expression.contains(";") && !expression.contains("{")
        return isWhole && !expression.isEmpty ? String(expression) : nil
    }

    private var assignment: (name: String, expression: Substring)? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let after = text.index(after: equals)
        guard after < text.endIndex, text[after] != "=" else { return nil }
        var left = text[..<equals].trimmed
        // `let value: T = …` names a type, too.
        if let colon = left.lastIndex(of: ":"), left.hasPrefix("let ") || left.hasPrefix("var ") {
            left = left[..<colon].trimmed
        }
        let name = left.reversed().prefix { $0.isIdentifier }.reversed()
        guard let first = name.first, !first.isNumber else { return nil }
        let before = left.dropLast(name.count).trimmed.last ?? " "
        guard before.isIdentifier || before == "*" || before == " " || before == "(" else {
            return nil
        }
        return (String(name), text[after...].trimmed)
    }

    /// The variable whose member the line names, such as `packet` in `packet.dataStart`.
    func owner(of member: String) -> String? {
        guard let place = text.firstRange(of: "." + member)?.lowerBound else { return nil }
        let name = String(text[..<place].reversed().prefix { $0.isIdentifier }.reversed())
        return name.isEmpty ? nil : name
    }

    /// The index of the line's only subscript, such as `i + 1` in `values[i + 1]++;`.
    var onlyIndex: String? {
        guard let open = text.firstIndex(of: "["), text.count(where: { $0 == "[" }) == 1,
            let close = text.firstIndex(of: "]"), open < close
        else { return nil }
        let index = text[text.index(after: open)..<close].trimmed
        // Of sums the compiler moves the constant part elsewhere: the rest has no name.
        let hasSum =
            index.contains("+") || index.ranges(of: "-").count > index.ranges(of: "->").count
        return hasSum || index.first?.isNumber ?? true ? nil : String(index)
    }

    /// An argument of a call of a function that the line calls once.
    func argument(_ number: Int, of function: String) -> String? {
        let calls = text.ranges(of: function + "(")
        guard calls.count == 1, let call = calls.first else { return nil }
        var arguments: [Substring] = []
        var depth = 0
        var start = call.upperBound
        for place in text[call.upperBound...].indices {
            let character = text[place]
            if depth == 0, character == "," || character == ")" {
                arguments.append(text[start..<place].trimmed)
                start = text.index(after: place)
                if character == ")" { break }
            } else if character == "(" || character == "[" {
                depth += 1
            } else if character == ")" || character == "]" {
                depth -= 1
            }
        }
        let isThere = arguments.indices.contains(number) && !arguments[number].isEmpty
        return isThere ? String(arguments[number]) : nil
    }

    /// The variable and the limit of a loop, such as `i` and `n` in `for (int i = 0; i < n; i++)`,
    /// `while (i < n)` or `for i in 0..<n {`.
    var loop: (variable: String, limit: String)? {
        let line = text.trimmed
        if line.hasPrefix("for "), let range = line.firstRange(of: "..<"),
            let word = line.firstRange(of: " in ")
        {
            let variable = line.dropFirst(4)[..<word.lowerBound].trimmed
            let limit = line[range.upperBound...].trimmed
            return Self.loop(variable, limit.hasSuffix("{") ? limit.dropLast().trimmed : limit)
        }
        var condition = line
        if line.hasPrefix("for"), let open = line.firstIndex(of: "(") {
            let parts = line[open...].split(separator: ";", omittingEmptySubsequences: false)
            guard parts.count >= 3 else { return nil }
            condition = parts[1].trimmed
        } else if line.hasPrefix("while") {
            condition = line.dropFirst(5).trimmed
            while let last = condition.last, last == "{" || last == " " { condition.removeLast() }
            if condition.hasPrefix("("), condition.hasSuffix(")") {
                condition = condition.dropFirst().dropLast()
            }
        } else {
            return nil
        }
        let sides = condition.split(separator: "<")
        guard sides.count == 2, !condition.contains("&&"), !condition.contains("||") else {
            return nil
        }
        let limit = sides[1].hasPrefix("=") ? sides[1].dropFirst() : sides[1]
        return Self.loop(sides[0].trimmed, limit.trimmed)
    }

    private static func loop(
        _ variable: Substring, _ limit: Substring
    ) -> (variable: String, limit: String)? {
        guard !variable.isEmpty, variable.allSatisfy(\.isIdentifier), !limit.isEmpty,
            limit.isBalanced, !(limit.first?.isNumber ?? true)
        else { return nil }
        return (String(variable), String(limit))
    }
}

extension Character {
    fileprivate var isIdentifier: Bool { isLetter || isNumber || self == "_" }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    /// Whether every bracket that is opened is closed.
    fileprivate var isBalanced: Bool {
        var depth = 0
        for character in self {
            switch character {
            case "(", "[": depth += 1
            case ")", "]":
                depth -= 1
                if depth < 0 { return false }
            default: break
            }
        }
        return depth == 0
    }
}
