import EBPFBytecode

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
        let guess = Spelling.suggestion(for: name, among: names)
        let verb = names.count == 1 ? "is" : "are"
        return "there is no \(kind) \"\(name)\"\(guess) (there \(verb) \(listed))"
    }

    /// The names, but of hundreds only the first.
    private var listed: String {
        let limit = 40
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? shown + ", … and \(names.count - limit) more" : shown
    }
}
