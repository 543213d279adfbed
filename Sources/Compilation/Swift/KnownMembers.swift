/// What types of the module `EBPFProgram` have, for those who ask them for something else.
///
/// `value of type 'TCP' has no member 'isSYN'` says what is wrong only; who has no editor that
/// completes names would have to look into the sources, which this does for them.
struct KnownMembers {
    private let files: [KernelModuleSources.File]
    /// More names than these help nobody.
    private static let greatestCount = 40

    init(_ files: [KernelModuleSources.File]) { self.files = files }

    /// What the type has that a message is about; `nil` if it is about something else.
    func note(_ message: String) -> String? {
        let isStatic = message.hasPrefix("type '")
        guard isStatic || message.hasPrefix("value of type '"),
            message.firstRange(of: "' has no member '") != nil
        else { return nil }
        let parts = message.split(separator: "'")
        guard parts.count > 1, let type = parts[1].split(separator: "<").first else { return nil }
        var (found, seen): (Set<String>, Set<Substring>) = ([], [])
        collect(type, isStatic, &found, &seen)
        guard !found.isEmpty, found.count <= Self.greatestCount else { return nil }
        return "\(type) has \(found.sorted().joined(separator: ", "))"
    }

    /// The members of a type, and of the protocols that it conforms to.
    private func collect(
        _ type: Substring, _ isStatic: Bool, _ found: inout Set<String>,
        _ seen: inout Set<Substring>
    ) {
        guard seen.insert(type).inserted else { return }
        for file in files {
            var isInside = false
            let lines = file.text.split(separator: "\n")
            for (number, line) in lines.enumerated() {
                if let first = line.first, first != " " {
                    // What a type conforms to may go on in the next line.
                    let next =
                        line.contains("{") || number + 1 == lines.count ? "" : lines[number + 1]
                    guard first != "}", let declaration = Declaration("\(line)\(next)") else {
                        isInside = isInside && first != "}"
                        continue
                    }
                    isInside = declaration.type == type
                    guard isInside else { continue }
                    for parent in declaration.parents { collect(parent, isStatic, &found, &seen) }
                } else if isInside, let member = Self.member(line, isStatic) {
                    found.insert(member)
                }
            }
        }
    }

    /// `public struct TCP: BitwiseCopyable {`, `extension TCP {`
    private struct Declaration {
        let type: Substring
        let parents: [Substring]

        init?(_ text: String) {
            let line = text[...]
            let kinds: Set<Substring> = ["struct", "enum", "protocol", "extension"]
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            guard let kind = words.firstIndex(where: { kinds.contains($0) }), kind < 3,
                kind + 1 < words.count
            else { return nil }
            type = words[kind + 1]
            // What stands between the colon and the brace, without conditions and arguments.
            let list = line.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
            parents =
                list.firstRange(of: " where ").map { list[..<$0.lowerBound] }.map(Self.names)
                ?? Self.names(list)
        }

        private static func names(_ list: Substring) -> [Substring] {
            list.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        }
    }

    /// The name that a line declares: `public var checksum`, `public static func make(`.
    private static func member(_ line: Substring, _ isStatic: Bool) -> String? {
        let words = line.split(separator: " ")
        guard line.hasPrefix("    public ") || line.hasPrefix("    @inline"),
            let keyword = words.firstIndex(where: { ["var", "let", "func"].contains($0) }),
            keyword + 1 < words.count, words[..<keyword].contains("public"),
            words[..<keyword].contains("static") == isStatic
        else { return nil }
        let name = words[keyword + 1].prefix {
            $0.isLetter || $0.isNumber || $0 == "_" || $0 == "`"
        }
        .filter { $0 != "`" }
        guard !name.isEmpty else { return nil }
        return words[keyword] == "func" ? "\(name)()" : name
    }
}
