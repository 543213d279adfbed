import EBPFObjectFile

/// Why what the compiler made cannot become a kernel program, in the words of its author.
struct LinkFailure: Error {
    /// What is wrong.
    let message: String
    /// The user's line.
    let line: LineInfo?
    /// What to do.
    let remedy: String?

    init(_ message: String, at line: LineInfo?, remedy: String? = nil) {
        self.message = message
        self.line = line
        self.remedy = remedy
    }
}

extension LinkFailure {
    /// The failure as a message of the compiler, at the user's line.
    var diagnostic: CompilerDiagnostic { diagnostic(.error) }

    /// As a message that is so bad.
    func diagnostic(_ severity: CompilerDiagnostic.Severity) -> CompilerDiagnostic {
        CompilerDiagnostic(
            severity: severity,
            location: line.map { .init(file: $0.file, line: $0.line, column: max($0.column, 1)) },
            message: remedy.map { "\(message); \($0)" } ?? message)
    }
}
