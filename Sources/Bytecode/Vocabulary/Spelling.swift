/// What someone who mistyped a name may have meant.
public enum Spelling {
    /// The name that is a typing error away: at most a third of the letters are wrong.
    ///
    /// Upper and lower case are the same letter.
    ///
    /// - Parameters:
    ///   - name: what was typed.
    ///   - names: what it may have been.
    /// - Returns: the first of the closest names, or `nil` if none is close.
    public static func closest(to name: String, among names: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased().utf8.prefix(64))
        var limit = max(1, typed.count / 3)
        var best: String?
        for candidate in names {
            guard abs(candidate.utf8.count - typed.count) <= limit, candidate.utf8.count <= 128,
                let distance = distance(typed, Array(candidate.lowercased().utf8), limit: limit)
            else { continue }
            best = candidate
            guard distance > 0 else { break }
            // Only a closer one is better.
            limit = distance - 1
        }
        return best
    }

    /// The words that offer the closest name, as the end of a message: `; did you mean "x"?`, or
    /// nothing.
    public static func suggestion(for name: String, among names: some Sequence<String>) -> String {
        closest(to: name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// How many bytes must be inserted, removed or replaced; `nil` if more than `limit`.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            var least = row[0]
            for column in right.indices {
                let replaced = diagonal + (right[column] == byte ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
                least = min(least, row[column + 1])
            }
            guard least <= limit else { return nil }
        }
        return row[right.count] <= limit ? row[right.count] : nil
    }
}
