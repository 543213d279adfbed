import OrderedCollections

/// The log of Linux's verifier, taken apart: the instructions of the path that failed, what is
/// known before the last of them, and the words at the end.
///
/// ```
/// ; return value[1]; @ wrong.c:10                              source
/// 8: (79) r0 = *(u64 *)(r0 +8)                                 instruction
/// R0 invalid mem access 'map_value_or_null'                    words
/// processed 8 insns (limit 1000000) max_states_per_insn 0 …    statistics
/// ```
///
/// After an instruction follow a `;` and the registers that it changed; `15: R0=…` and
/// `from 10 to 15: R0=…` give all of them. Kernels before 6.3 put them on lines of their own.
struct VerifierLog {
    /// An instruction that the verifier went through.
    struct Visit {
        let slot: Int
        let text: Substring
    }

    /// The instructions of the path, in its order.
    private(set) var visits: [Visit] = []
    /// What is known before the last instruction, by register (`r0`) and stack slot (`fp-8`).
    private(set) var state: OrderedDictionary<String, String> = [:]
    /// What the verifier says after the last instruction.
    private(set) var messages: [Substring] = []
    /// The text of the source's line, and its file and number, if the kernel was given lines.
    private(set) var source: Substring = ""
    /// How many instructions were looked at.
    private(set) var processed: Int?
    /// The report of Linux 7.3, from its first line on.
    private(set) var report: [Substring] = []

    /// What the last instruction changed; it counts when another follows.
    private var changes: OrderedDictionary<String, String> = [:]

    init(_ log: String) {
        for line in log.split(separator: "\n", omittingEmptySubsequences: false) { read(line) }
    }

    // MARK: Lines

    private mutating func read(_ line: Substring) {
        if line.hasPrefix(Self.reportStart) { report = [] }
        guard report.isEmpty, !line.hasPrefix(Self.reportStart) else {
            if !readStatistics(line) { report.append(line) }
            return
        }
        let first = line.utf8.first ?? 0
        if (0x30...0x39).contains(first) {
            readNumbered(line)
        } else if line.hasPrefix("from "), let colon = line.firstIndex(of: ":") {
            replaceState(line[line.index(after: colon)...])
        } else if line.hasPrefix("; ") {
            readComment(line.dropFirst(2))
        } else if Self.isState(line) {
            replaceState(line)
        } else if !readStatistics(line), !Self.isNoise(line) {
            messages.append(line)
        }
    }

    private static let reportStart = "Verification failed:"

    /// `8: (79) r0 = …`, `8: R0=…` or, where a path joins one that is known, `8: safe`.
    private mutating func readNumbered(_ line: Substring) {
        let digits = line.prefix { $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard let slot = Int(digits), rest.hasPrefix(": ") else {
            messages.append(line)
            return
        }
        let body = rest.dropFirst(2)
        guard body.hasPrefix("(") else {
            if Self.isState(body) { replaceState(body) }
            return
        }
        readInstruction(slot, body.dropFirst(5))
    }

    private mutating func readInstruction(_ slot: Int, _ body: Substring) {
        applyChanges()
        messages = []
        var text = body
        var rest: Substring = ""
        if let jump = body.firstRange(of: "goto pc"),
            let space = body[jump.upperBound...].firstIndex(of: " ")
        {
            // What follows a jump may be the state at its target, or the next line of source.
            (text, rest) = (body[..<space], body[space...].drop { $0 == " " })
        } else if let comment = body.firstRange(of: "; ") {
            (text, rest) = (body[..<comment.lowerBound], body[comment.lowerBound...])
        }
        while text.last == " " { text.removeLast() }
        visits.append(Visit(slot: slot, text: text))
        if !rest.isEmpty { read(rest) }
    }

    /// After an instruction a comment lists what it changed; on a line of its own it is source.
    private mutating func readComment(_ comment: Substring) {
        if Self.isState(comment) {
            for (name, text) in Self.registers(comment) { changes[name] = text }
        } else {
            source = comment
        }
    }

    private mutating func readStatistics(_ line: Substring) -> Bool {
        guard line.hasPrefix("processed ") else { return false }
        processed = Int(line.dropFirst(10).prefix { $0.isNumber })
        return true
    }

    // MARK: Registers

    private mutating func applyChanges() {
        if let last = visits.last, last.text.hasPrefix("call") {
            for number in 1...5 { state["r\(number)"] = nil }
        }
        for (name, text) in changes { state[name] = text }
        changes = [:]
    }

    private mutating func replaceState(_ text: Substring) {
        changes = [:]
        state = [:]
        for (name, text) in Self.registers(text) { state[name] = text }
    }

    /// Whether a text begins with a register and its description.
    private static func isState(_ text: Substring) -> Bool {
        let text = text.drop { $0 == " " }
        if text.hasPrefix("frame"), text.dropFirst(5).first?.isNumber ?? false { return true }
        guard text.hasPrefix("R") else { return text.hasPrefix("fp-") && text.contains("=") }
        let rest = text.dropFirst().drop { $0.isNumber }
        return rest.hasPrefix("=") || rest.hasPrefix("_") && rest.prefix(5).contains("=")
    }

    /// `R1=scalar(smin=0,…) R10=fp0 fp-8=mmmm????` as pairs; blanks in parentheses do not part.
    private static func registers(_ text: Substring) -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        var depth = 0
        let words = text.split { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return character == " " && depth == 0
        }
        for word in words {
            guard let equals = word.firstIndex(of: "=") else { continue }
            var name = word[..<equals]
            if let mark = name.firstIndex(of: "_"), name.hasPrefix("R") || name.hasPrefix("fp") {
                name = name[..<mark]
            }
            found.append((name.lowercased(), String(word[word.index(after: equals)...])))
        }
        return found
    }

    // MARK: What says nothing about the fault

    private static func isNoise(_ line: Substring) -> Bool {
        line.isEmpty || noise.contains { line.hasPrefix($0) }
    }

    private static let noise = [
        "func#", "Func#", "Validating ", "caller:", "callee:", "returning from callee",
        "to caller at", "last_idx ", "regs=", "parent ", "mark_precise", "propagating ",
        "cur state:", "old state:", "verification time", "stack depth", "insns_", "pop_stack",
    ]
}
