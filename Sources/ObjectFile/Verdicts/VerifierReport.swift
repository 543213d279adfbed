/// The report with which Linux 7.3 and later end a verifier's log.
///
/// ```
/// Verification failed: Register Type Safety: Invalid dereference
///
/// Reason:
///   R0 may be NULL here …
///
/// At:
///   null_value @ wrong.c:10:12
///   Source context:
///     >>> 10 |     return value[1];
///            |     ^-- error: invalid dereference
///   Instruction context:
///     >>> 8 | (79) r0 = *(u64 *)(r0 +8)
///
/// Causal path:
///   (places like the one above, from the first to the last)
///
/// Suggestion:
///   Check the pointer …
/// ```
struct VerifierReport {
    /// A place with what happens there.
    struct Place {
        var slot: Int?
        var text = ""
        var note = ""
    }

    /// What sort of rule is broken.
    private(set) var category = ""
    /// Which one, in a few words.
    private(set) var problem = ""
    /// Why it is broken.
    private(set) var reason = ""
    /// What to do.
    private(set) var suggestion = ""
    /// The faulty instruction.
    private(set) var fault = Place()
    /// What led there.
    private(set) var path: [Place] = []

    /// Reads a report; `nil` for no lines.
    init?(_ lines: [Substring]) {
        guard let first = lines.first else { return nil }
        let parts = first.split(separator: ":", maxSplits: 2).map { Self.trimmed($0) }
        category = parts.count > 1 ? String(parts[1]) : ""
        problem = parts.count > 2 ? String(parts[2]) : ""
        var title: Substring = ""
        var body: [Substring] = []
        for line in lines.dropFirst() {
            if line.last == ":", line.first != " " {
                take(title, body)
                (title, body) = (line.dropLast(), [])
            } else {
                body.append(line)
            }
        }
        take(title, body)
    }

    private mutating func take(_ title: Substring, _ body: [Substring]) {
        let text = body.map { Self.trimmed($0) }.filter { !$0.isEmpty }.joined(separator: " ")
        switch title {
        case "": break
        case "Reason": reason = text
        case "Suggestion": suggestion = text
        case "At": fault = Self.places(body).first ?? Place()
        default: path += Self.places(body)
        }
    }

    /// Each place begins with `FUNCTION @ FILE:LINE:COLUMN`, or `insn SLOT` without lines.
    private static func places(_ lines: [Substring]) -> [Place] {
        var places: [Place] = []
        var isInstruction = false
        var isNote = false
        for line in lines {
            let text = trimmed(line)
            let indent = line.prefix { $0 == " " }.count
            if indent == 2, text.contains(" @ ") || text.hasPrefix("insn ") {
                places.append(Place(slot: Int(text.dropFirst(5)), note: ""))
                isInstruction = false
            } else if text == "Source context:" || text == "Instruction context:" {
                isInstruction = text.hasPrefix("Instruction")
            } else if text.hasPrefix("|"), var place = places.last {
                let words = trimmed(text.dropFirst())
                if let mark = words.firstRange(of: "^-- ") {
                    place.note = String(words[mark.upperBound...])
                } else if isNote, !words.isEmpty {
                    place.note += " " + words
                }
                places[places.count - 1] = place
                isNote = true
                continue
            } else if isInstruction, text.hasPrefix(">>> "), let bar = text.firstIndex(of: "|"),
                !places.isEmpty
            {
                let number = trimmed(text[..<bar].dropFirst(4))
                places[places.count - 1].slot = Int(number)
                places[places.count - 1].text = String(
                    trimmed(text[text.index(after: bar)...]).drop { $0 != ")" }.dropFirst(2))
            }
            isNote = false
        }
        return places
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
