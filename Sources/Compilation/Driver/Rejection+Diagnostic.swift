public import EBPFObjectFile

extension Rejection {
    /// The rejection as a message of a compiler: at the line that is to be changed, with what to
    /// change; below it, the end of the way there as notes.
    public var diagnostics: [CompilerDiagnostic] {
        let text = suggestion.map { "\(message); \($0)" } ?? message
        var diagnostics = [
            CompilerDiagnostic(
                severity: .error, location: line?.location,
                message: "the verifier refuses \(program): \(text)")
        ]
        diagnostics += path.suffix(6).compactMap { step in
            step.line?.location.map {
                CompilerDiagnostic(severity: .note, location: $0, message: step.note)
            }
        }
        return diagnostics
    }
}

extension LineInfo {
    /// The line as messages of compilers name it; `nil` if it is unknown.
    fileprivate var location: CompilerDiagnostic.Location? {
        line > 0 ? .init(file: file, line: line, column: max(column, 1)) : nil
    }
}
