import EBPFObjectFile

/// The user's own files, for messages that quote them.
struct UserSources: Sendable {
    /// The paths as the user gave them.
    let paths: [String]

    /// A place with the path as the user gave it: debug information makes some of them absolute.
    func given(_ place: LineInfo) -> LineInfo {
        var place = place
        guard !paths.contains(place.file), let path = FileSystem.resolvingLinks(place.file),
            let known = paths.first(where: { FileSystem.resolvingLinks($0) == path })
        else { return place }
        place.file = known
        return place
    }

    /// The first place with one of the words; words begin where no other name ends.
    func place(of words: [String]) -> LineInfo? {
        for path in paths {
            for (index, line) in lines(path).enumerated() {
                for word in words {
                    guard let range = line.firstRange(of: word) else { continue }
                    let before = line[..<range.lowerBound].last ?? " "
                    guard !before.isLetter, !before.isNumber, before != "_" else { continue }
                    let column = line[..<range.lowerBound].utf8.count + 1
                    return LineInfo(
                        slot: 0, file: path, line: index + 1, column: column, text: line)
                }
            }
        }
        return nil
    }

    /// A line of a file; `nil` if there is no such.
    func line(_ number: Int, of path: String) -> String? {
        let lines = lines(path)
        return lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    private func lines(_ path: String) -> [String] {
        guard let bytes = try? FileSystem.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Messages as a compiler prints them, each with its line of the source.
    func output(_ diagnostics: [CompilerDiagnostic]) -> String {
        diagnostics.map { "\($0)\n\(excerpt($0))" }.joined()
    }

    /// The line, and a mark below the place.
    private func excerpt(_ diagnostic: CompilerDiagnostic) -> String {
        guard let place = diagnostic.location, let line = line(place.line, of: place.file)
        else { return "" }
        let number = "\(place.line)"
        let margin = String(repeating: " ", count: number.utf8.count)
        // What is a tab in the line is one in the space before the mark.
        let space = String(
            decoding: line.utf8.prefix(max(place.column - 1, 0)).map { $0 == 9 ? 9 : 32 },
            as: UTF8.self)
        return "\(number) | \(line)\n\(margin) | \(space)^\n"
    }
}
