public import OrderedCollections

/// Why a verifier refuses a program: what, where, on which path, and what to change.
///
/// The kernel's log becomes such a value, and every other verifier of this package gives one, too.
public struct Rejection: Error, Hashable, Sendable {
    /// The program.
    public var program: String
    /// What kind of fault it is.
    public var code: Code
    /// The verifier's own words.
    public var message: String
    /// The slot of the faulty instruction; `nil` if the fault is the program's as a whole.
    public var slot: Int?
    /// The instruction, in LLVM's notation; empty if unknown.
    public var instruction: String
    /// The function that holds it.
    public var function: String?
    /// The line of source that it came from.
    public var line: LineInfo?
    /// What the verifier knows before the instruction: registers (`r0`) and stack slots (`fp-8`),
    /// with its description of each.
    public var registers: OrderedDictionary<String, String>
    /// The decisions that led there, in their order.
    public var path: [Step]
    /// What to change in the source.
    public var suggestion: String?
    /// How many instructions the verifier looked at, on all paths; `nil` if it does not say.
    public var processed: Int?
    /// What the kernel answered beside its words (`EACCES`, `EINVAL`, …); `nil` from others.
    public var errno: Int32?
    /// All that the verifier wrote.
    public var log: String

    /// A fault without place.
    public init(program: String, code: Code, message: String) {
        self.program = program
        self.code = code
        self.message = message
        slot = nil
        instruction = ""
        function = nil
        line = nil
        registers = [:]
        path = []
        suggestion = code.suggestion
        processed = nil
        errno = nil
        log = ""
    }

    /// A decision on the way to a fault.
    public struct Step: Hashable, Sendable {
        /// The slot of the branch, call or other instruction.
        public var slot: Int?
        /// The line of source that it came from.
        public var line: LineInfo?
        /// What happens there, such as "if w2 > 100: yes".
        public var note: String

        /// A decision in a slot.
        public init(slot: Int?, line: LineInfo?, note: String) {
            self.slot = slot
            self.line = line
            self.note = note
        }
    }
}

extension Rejection {
    /// The place as compilers write it, `file.c:31:9`; without lines the program and the slot.
    public var place: String {
        if let line, line.line > 0 {
            let column = line.column > 0 ? ":\(line.column)" : ""
            return "\(line.file):\(line.line)\(column)"
        }
        guard let slot else { return "program \(program)" }
        return "program \(program), slot \(slot)"
    }

    /// The registers and stack slots that the message or the instruction names.
    public var relevantRegisters: [(name: String, text: String)] {
        let words = (message + " " + instruction).lowercased()
            .split { !($0.isLetter || $0.isNumber) }
            .map { $0.hasPrefix("w") ? "r" + $0.dropFirst() : String($0) }
        let named = Set(words)
        return registers.elements.filter { named.contains($0.key) }
            .map { (name: $0.key, text: $0.value) }
    }
}

extension Rejection: CustomStringConvertible {
    /// As a compiler would print it: the place, the fault, the line, the registers that matter, the
    /// path and what to change.
    public var description: String {
        var lines = ["\(place): error: \(code.summary): \(message) [\(code.number)]"]
        if let line, !line.text.isEmpty {
            lines.append("    " + line.text.drop { $0 == " " || $0 == "\t" })
        }
        if let slot {
            let name = function ?? program
            let text = instruction.isEmpty ? "" : ": \(instruction)"
            lines.append("  in \(name), slot \(slot)\(text)")
        }
        lines += relevantRegisters.map { "  \($0.name) is \($0.text)" }
        if !path.isEmpty {
            lines.append("  the way there:")
            lines += path.suffix(Self.shownSteps).map { "    \($0)" }
        }
        if let suggestion { lines.append("  help: \(suggestion)") }
        lines.append("  more: ebpf explain \(code.number)")
        return lines.joined(separator: "\n")
    }

    private static let shownSteps = 12
}

extension Rejection.Step: CustomStringConvertible {
    /// The line, or the slot, and what happens.
    public var description: String {
        guard let line, line.line > 0 else {
            return slot.map { "slot \($0): \(note)" } ?? note
        }
        let text = line.text.drop { $0 == " " || $0 == "\t" }
        return "\(line.file):\(line.line): \(text)\(text.isEmpty ? "" : "  ")[\(note)]"
    }
}
