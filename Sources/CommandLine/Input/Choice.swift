/// A name that a user gives, among the names that there are.
struct Choice {
    /// What is named: `program`, `map`.
    let kind: String
    /// The names that there are.
    let names: [String]

    init(_ kind: String, _ names: some Sequence<String>) {
        self.kind = kind
        self.names = Array(names)
    }

    /// What to say about a name that does not exist.
    func unknown(_ name: String) -> String {
        guard !names.isEmpty else { return "there is no \(kind) \"\(name)\", and no other either" }
        let guess = closest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
        let verb = names.count == 1 ? "is" : "are"
        return "there is no \(kind) \"\(name)\"\(guess) (there \(verb) \(listed))"
    }

    /// The names, but of hundreds only the first.
    private var listed: String {
        let limit = 40
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? shown + ", … and \(names.count - limit) more" : shown
    }

    /// The name that is a typing error away: at most a third of the letters are wrong.
    private func closest(to name: String) -> String? {
        let typed = Array(name.lowercased().prefix(64))
        let ranked = names.map {
            (name: $0, distance: Self.distance(typed, Array($0.lowercased())))
        }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, typed.count / 3) ? best.name : nil
    }

    /// How many letters must be inserted, removed or replaced.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard right.count <= 128 else { return .max }
        var row = Array(0...right.count)
        for (line, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let replaced = diagonal + (right[column] == character ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
