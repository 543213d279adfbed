/// What one line of assembly puts into a program.
struct Statement {
    /// The slots, complete but for what ``fixUp`` has to fill in.
    var slots: [EncodedInstruction]
    /// A name whose place is known only when the whole text is read.
    var fixUp: FixUp?
}

/// A hole in an instruction that waits for a name to be found.
struct FixUp {
    /// What the hole is, and with that how far it reaches.
    enum Kind {
        /// The offset field, a distance in slots.
        case distance
        /// The immediate field, a distance in slots.
        case longDistance
        /// The immediate field and the source, which tells functions from helpers.
        case call
        /// The constant of a two-slot load.
        case wideImmediate
    }

    let kind: Kind
    let name: String
    let column: Int
}

/// Reads the instruction on one line.
struct StatementParser {
    let tokens: [Token]
    let line: Int
    /// The column behind the last character.
    let endColumn: Int
    var position = 0
    var fixUp: FixUp?

    init(_ tokens: [Token], line: Int, endColumn: Int) {
        self.tokens = tokens
        self.line = line
        self.endColumn = endColumn
    }

    /// The labels in front of the instruction.
    mutating func labels() -> [(name: String, column: Int)] {
        var labels: [(name: String, column: Int)] = []
        while case .word(let name, _) = next?.kind, let column = next?.column,
            position + 1 < tokens.count, tokens[position + 1].kind == .sign(":")
        {
            labels.append((name, column))
            position += 2
        }
        return labels
    }

    /// The instruction or directive, up to the end of the line; `nil` where nothing is left.
    mutating func statement() throws(AssemblyError) -> Statement? {
        guard let first = next else { return nil }
        if first.text.hasPrefix("."), !isQuoted(first) {
            return Statement(slots: try directive())
        }
        let instruction = try instruction()
        try expectEnd()
        try validate(instruction, first)
        return Statement(slots: instruction.encoded, fixUp: fixUp)
    }

    /// The rules that the notation does not express: r10 is never written, atomics have two sizes.
    private func validate(_ instruction: Instruction, _ token: Token) throws(AssemblyError) {
        let slots = instruction.encoded
        do throws(InvalidInstruction) {
            _ = try Instruction(decoding: slots, at: 0)
        } catch {
            throw fault(.invalid(error.reason), token)
        }
    }

    private mutating func directive() throws(AssemblyError) -> [EncodedInstruction] {
        guard let token = take(), case .word(let name, _) = token.kind else { return [] }
        guard name == ".8byte" || name == ".quad"
        else { throw fault(.unknownDirective(name), token) }
        var slots: [EncodedInstruction] = []
        repeat {
            slots.append(EncodedInstruction(word: try wideNumber()))
        } while accept(",")
        try expectEnd()
        return slots
    }

    private mutating func instruction() throws(AssemblyError) -> Instruction {
        if peekRegister() != nil { return try assignment() }
        if nextIs("*") { return try store() }
        guard let token = take(), case .word(let word, false) = token.kind else {
            throw expected("an instruction", at: position == 0 ? 0 : position - 1)
        }
        switch word {
        case "if": return try branch()
        case "goto": return .jump(Int32(try distance()), long: false)
        case "gotol": return .jump(try longDistance(), long: true)
        case "may_goto": return .mayJump(try distance())
        case "call": return .call(try callee())
        case "callx": return .call(.register(try register(.doubleWord)))
        case "exit": return .exit
        case "lock": return try locked()
        case "store_release": return try storeRelease()
        case "ld_pseudo": return try pseudoLoad()
        default: throw fault(.unknownInstruction(word), token)
        }
    }
}
