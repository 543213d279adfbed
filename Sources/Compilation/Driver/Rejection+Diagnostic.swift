public import EBPFObjectFile

extension Rejection {
    /// The rejection as messages of a compiler: the fault at the line that is to be changed, what to
    /// change there, and the end of the way there.
    public var diagnostics: [CompilerDiagnostic] {
        var diagnostics = [
            CompilerDiagnostic(
                severity: .error, location: line?.location,
                message: "the verifier refuses \(program): \(code.summary): \(message) "
                    + "[\(code.number)]")
        ]
        if let suggestion {
            diagnostics.append(
                CompilerDiagnostic(severity: .note, location: line?.location, message: suggestion))
        }
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
