// Moving through the tokens of a line, and reading the parts that many instructions share.

extension StatementParser {
    var next: Token? { position < tokens.count ? tokens[position] : nil }

    mutating func take() -> Token? {
        defer { position += 1 }
        return next
    }

    func isQuoted(_ token: Token) -> Bool {
        if case .word(_, quoted: true) = token.kind { return true }
        return false
    }

    func nextIs(_ sign: String, after count: Int = 0) -> Bool {
        position + count < tokens.count && tokens[position + count].kind == .sign(sign)
    }

    /// Moves past `sign` if it is next.
    mutating func accept(_ sign: String) -> Bool {
        guard nextIs(sign) else { return false }
        position += 1
        return true
    }

    /// Moves past the keyword `word` if it is next.
    mutating func accept(word: String) -> Bool {
        guard next?.kind == .word(word, quoted: false) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ signs: String...) throws(AssemblyError) {
        for sign in signs {
            guard accept(sign) else { throw expected("'\(sign)'") }
        }
    }

    mutating func expect(word: String) throws(AssemblyError) {
        guard accept(word: word) else { throw expected("'\(word)'") }
    }

    func expectEnd() throws(AssemblyError) {
        guard next == nil else { throw expected("the end of the line") }
    }

    // MARK: Faults

    func fault(_ reason: AssemblyError.Reason, _ token: Token?) -> AssemblyError {
        AssemblyError(line: line, column: token?.column ?? endColumn, reason)
    }

    func expected(_ what: String) -> AssemblyError { expected(what, at: position) }

    func expected(_ what: String, at index: Int) -> AssemblyError {
        let token = index < tokens.count ? tokens[index] : nil
        return fault(.expected(what, found: token?.text), token)
    }

    // MARK: Registers

    /// The name of a register, which need not exist, if it is next.
    func peekRegister() -> RegisterName? {
        guard case .word(let word, quoted: false) = next?.kind else { return nil }
        return RegisterName(word)
    }

    /// A register of either width.
    mutating func anyRegister() throws(AssemblyError) -> (register: Register, width: Width) {
        guard let name = peekRegister() else { throw expected("a register") }
        let token = take()
        guard let register = name.register
        else { throw fault(.noSuchRegister(name.width.prefix + name.number), token) }
        return (register, name.width)
    }

    /// A register that must be called by the name of this width.
    mutating func register(_ width: Width) throws(AssemblyError) -> Register {
        let token = next
        let (register, found) = try anyRegister()
        guard found == width else {
            throw fault(
                .wrongWidth(found: register.name(found), expected: register.name(width)),
                token
            )
        }
        return register
    }

    /// A register beside an access to memory; small ones may be called by either name.
    mutating func register(beside size: MemorySize) throws(AssemblyError) -> Register {
        if size == .doubleWord { return try register(.doubleWord) }
        return try anyRegister().register
    }

    /// An operand that must be the same register as an earlier one.
    mutating func again(_ expected: Register, _ width: Width) throws(AssemblyError) {
        let token = next
        let found = try anyRegister()
        guard found == (expected, width) else {
            throw fault(
                .mustRepeat(expected.name(width), found: found.register.name(found.width)),
                token
            )
        }
    }

    // MARK: Memory

    /// `u32 *)(r1 + 4)`, behind the first bracket.
    mutating func place(
        types: String
    ) throws(AssemblyError) -> (sign: Character, size: MemorySize, place: MemoryOperand) {
        let (sign, size) = try memoryType(types)
        try expect("*", ")", "(")
        let place = try memoryOperand()
        try expect(")")
        return (sign, size, place)
    }

    /// `u32`, `s8`; `signs` holds the letters that may stand first.
    mutating func memoryType(
        _ signs: String
    ) throws(AssemblyError) -> (sign: Character, size: MemorySize) {
        guard case .word(let word, quoted: false) = next?.kind, let sign = word.first,
            signs.contains(sign), let bits = Int(word.dropFirst()),
            let size = MemorySize(bitCount: bits)
        else { throw expected("a type such as \(signs.prefix(1))32") }
        position += 1
        return (sign, size)
    }

    /// `r1 + 4`, `r1 - 4`, `r1`.
    mutating func memoryOperand() throws(AssemblyError) -> MemoryOperand {
        let base = try register(.doubleWord)
        guard nextIs("+") || nextIs("-") else { return MemoryOperand(base) }
        return MemoryOperand(base, try number(.displacement))
    }
}
