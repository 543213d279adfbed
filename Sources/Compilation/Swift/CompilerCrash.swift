import EBPFObjectFile

/// A crash of Swift's compiler, which prints its own stack and nothing about the source but a place.
///
/// `4. While silgen emitFunction SIL function "@…".` is followed by ` for 'g()' (at a.swift:2:1)`.
struct CompilerCrash {
    let failure: LinkFailure

    /// The crash that an output tells of; `nil` if it names no place in the user's sources.
    init?(_ output: String, _ sources: UserSources) {
        var found: (name: Substring, place: LineInfo)?
        for line in output.split(separator: "\n") {
            guard let start = line.firstRange(of: "for '"),
                let middle = line[start.upperBound...].firstRange(of: "' (at "),
                let end = line[middle.upperBound...].lastIndex(of: ")"),
                let place = Self.place(line[middle.upperBound..<end])
            else { continue }
            found = (line[start.upperBound..<middle.lowerBound], place)
        }
        guard let found else { return nil }
        let place = sources.given(found.place)
        let text = sources.line(place.line, of: place.file) ?? ""
        failure =
            text.firstRange(of: "async") == nil
            ? LinkFailure(
                "the Swift compiler itself fails at '\(found.name)'", at: place,
                remedy: "write it in another way; this is a fault to report at swift.org")
            : LinkFailure(
                "a kernel program cannot be asynchronous", at: place,
                remedy: "it runs to its end when its hook is reached; leave async out")
    }

    /// `file:line:column`.
    private static func place(_ text: Substring) -> LineInfo? {
        let parts = text.split(separator: ":")
        guard parts.count >= 3, let line = Int(parts[parts.count - 2]),
            let column = Int(parts[parts.count - 1])
        else { return nil }
        let file = parts.dropLast(2).joined(separator: ":")
        return LineInfo(slot: 0, file: file, line: line, column: column, text: "")
    }
}
