/// One message of the compiler: where, how bad, what.
public struct CompilerDiagnostic: Hashable, Sendable {
    /// How bad a message is, in clang's words.
    public enum Severity: Int, Comparable, Sendable {
        case remark, note, warning, error, fatalError

        /// Orders by how bad it is.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// A place in a source file; lines and columns start at 1, columns count bytes.
    public struct Location: Hashable, Sendable {
        /// The path as it was given to the compiler.
        public var file: String
        /// The line, from 1.
        public var line: Int
        /// The column, from 1.
        public var column: Int

        /// A place in a file.
        public init(file: String, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// How bad it is.
    public var severity: Severity
    /// Where it is; nil when the compiler names no place (a bad argument, for example).
    public var location: Location?
    /// What is said, without the name of the warning option.
    public var message: String
    /// The option that controls the warning (`-Wunused-variable`).
    public var option: String?

    /// A message about a place.
    public init(severity: Severity, location: Location?, message: String, option: String? = nil) {
        self.severity = severity
        self.location = location
        self.message = message
        self.option = option
    }
}

extension CompilerDiagnostic.Severity: CustomStringConvertible {
    /// The word that clang prints.
    public var description: String {
        switch self {
        case .remark: "remark"
        case .note: "note"
        case .warning: "warning"
        case .error: "error"
        case .fatalError: "fatal error"
        }
    }

    fileprivate static let all: [Self] = [.fatalError, .error, .warning, .note, .remark]
}

extension CompilerDiagnostic: CustomStringConvertible {
    /// The line that clang prints.
    public var description: String {
        let place = location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        return "\(place)\(severity): \(message)\(option.map { " [\($0)]" } ?? "")"
    }
}

extension CompilerDiagnostic {
    /// The messages in clang's output; source excerpts and summaries are left out.
    public static func all(in output: String) -> [CompilerDiagnostic] {
        output.split(separator: "\n").compactMap { CompilerDiagnostic(line: $0) }
    }

    /// Parses `file:line:column: severity: message [-Woption]`; nil for any other line.
    public init?(line: some StringProtocol) {
        let line = String(line)
        // Excerpts of the source begin with blanks; messages never do.
        guard !line.hasPrefix(" "), !line.hasPrefix("\t") else { return nil }
        let found = Severity.all.compactMap { severity in
            Self.marker(of: severity, in: line).map { (severity: severity, range: $0) }
        }
        guard let mark = found.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
            return nil
        }
        severity = mark.severity
        location = Location(line[..<mark.range.lowerBound])
        (message, option) = Self.splitOption(line[mark.range.upperBound...])
    }

    /// Where `severity: ` stands, at the start of the line or after a colon.
    private static func marker(of severity: Severity, in line: String) -> Range<String.Index>? {
        let word = "\(severity): "
        if line.hasPrefix(word) {
            return line.startIndex..<line.index(line.startIndex, offsetBy: word.count)
        }
        return line.firstRange(of: ": " + word)
    }

    private static func splitOption(_ text: Substring) -> (message: String, option: String?) {
        guard text.hasSuffix("]"), let open = text.lastIndex(of: "["),
            text[open...].hasPrefix("[-W")
        else { return (String(text), nil) }
        let message = text[..<open]
        let option = text[text.index(after: open)...].dropLast()
        return (String(message.hasSuffix(" ") ? message.dropLast() : message), String(option))
    }
}

extension CompilerDiagnostic.Location {
    /// Parses `file:line:column`; the file's name may hold colons.
    fileprivate init?(_ text: Substring) {
        guard let second = text.lastIndex(of: ":"),
            let first = text[..<second].lastIndex(of: ":"),
            let line = Int(text[text.index(after: first)..<second]),
            let column = Int(text[text.index(after: second)...])
        else { return nil }
        self.init(file: String(text[..<first]), line: line, column: column)
    }
}
