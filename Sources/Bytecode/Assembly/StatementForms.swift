// Registers and jumps: one method a form of instruction.

extension StatementParser {
    /// Everything that begins with a register.
    mutating func assignment() throws(AssemblyError) -> Instruction {
        let token = next
        let (register, width) = try anyRegister()
        if accept("=") { return try value(for: register, width, token) }
        guard case .sign(let sign) = next?.kind, let operation = Arithmetic(assignment: sign)
        else { throw expected("'=' or an operator such as '+='") }
        position += 1
        return .arithmetic(operation, width, register, try source(width))
    }

    /// What stands behind `r1 =`.
    private mutating func value(
        for register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        if nextIs("*") {
            position += 1
            return try load(into: register, width, token)
        }
        if nextIs("(") { return try moveSigned(register, width) }
        if nextIs("-"), position + 1 < tokens.count, isRegister(tokens[position + 1]) {
            position += 1
            try again(register, width)
            return .negate(width, register)
        }
        if peekRegister() != nil { return .move(width, register, try source(width)) }
        guard case .word(let word, let isQuoted) = next?.kind else {
            return try constant(for: register, width, token)
        }
        if !isQuoted, nextIs("(", after: 1) {
            position += 1
            return try function(word, into: register, width, token)
        }
        try require(.doubleWord, register, width, token)
        if !isQuoted, position + 1 < tokens.count, isRegister(tokens[position + 1]),
            let instruction = Self.byteSwap(word, register)
        {
            position += 1
            try again(register, .doubleWord)
            return instruction
        }
        return .loadImmediate(register, try reference(word, isQuoted))
    }

    private func isRegister(_ token: Token) -> Bool {
        guard case .word(let word, quoted: false) = token.kind else { return false }
        return RegisterName(word) != nil
    }

    /// Refuses `w1` where the whole register is meant, and the reverse.
    func require(
        _ width: Width,
        _ register: Register,
        _ found: Width,
        _ token: Token?
    ) throws(AssemblyError) {
        guard width != found else { return }
        throw fault(.wrongWidth(found: register.name(found), expected: register.name(width)), token)
    }

    private mutating func source(_ width: Width) throws(AssemblyError) -> Source {
        if peekRegister() != nil { return .register(try register(width)) }
        return .immediate(try immediate(width))
    }

    /// `5`, `5 ll`.
    private mutating func constant(
        for register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        guard tokens.last?.kind == .word("ll", quoted: false)
        else { return .move(width, register, .immediate(try immediate(width))) }
        try require(.doubleWord, register, width, token)
        let value = try wideNumber()
        try expect(word: "ll")
        return .loadImmediate(register, .constant(value))
    }

    /// `(s8)r2`.
    private mutating func moveSigned(
        _ register: Register,
        _ width: Width
    ) throws(AssemblyError) -> Instruction {
        try expect("(")
        let size = try memoryType("s").size
        try expect(")")
        return .moveSigned(width, register, from: size, of: try self.register(width))
    }

    private static func byteSwap(_ word: String, _ register: Register) -> Instruction? {
        for size in [MemorySize.halfWord, .word, .doubleWord] {
            switch word {
            case "le\(size.bitCount)": return .convert(register, to: .little, size)
            case "be\(size.bitCount)": return .convert(register, to: .big, size)
            case "bswap\(size.bitCount)": return .swap(register, size)
            default: continue
            }
        }
        return nil
    }

    // MARK: Jumps

    /// Behind `if`.
    mutating func branch() throws(AssemblyError) -> Instruction {
        let (register, width) = try anyRegister()
        guard case .sign(let sign) = next?.kind, let comparison = Comparison(sign: sign)
        else { throw expected("a comparison such as '=='") }
        position += 1
        let source = try source(width)
        try expect(word: "goto")
        return .branch(comparison, width, register, source, try distance())
    }

    /// Behind `call`.
    mutating func callee() throws(AssemblyError) -> Callee {
        if next?.kind == .word("pc", quoted: false), nextIs("+", after: 1) || nextIs("-", after: 1)
        {
            position += 1
            return .local(try number(.longDistance))
        }
        if next?.kind == .word("kfunc", quoted: false), nextIs("[", after: 1) {
            position += 1
            return try kernelFunction()
        }
        if label(.call) { return .helper(0) }
        return .helper(try number(.number))
    }

    private mutating func kernelFunction() throws(AssemblyError) -> Callee {
        try expect("[")
        let typeID: Int32 = try field("id")
        let module: Int16 = accept(",") ? try field("module", .halfWord) : 0
        try expect("]")
        return .kernelFunction(typeID, module: module)
    }

    // MARK: Two-slot constants

    /// `map[fd:3] ll`, `main ll`, at the word.
    private mutating func reference(
        _ word: String,
        _ isQuoted: Bool
    ) throws(AssemblyError) -> WideImmediate {
        guard !isQuoted, nextIs("[", after: 1) else {
            _ = label(.wideImmediate)
            try expect(word: "ll")
            return .constant(0)
        }
        let token = take()
        try expect("[")
        let value: WideImmediate
        switch word {
        case "map": value = try map()
        case "ksym":
            let typeID: Int32 = try field("id")
            value = .variable(
                typeID: typeID,
                module: accept(",") ? try field("module") : 0
            )
            try expect("]")
        case "subprog":
            value = .function(try number(.longDistance))
            try expect("]")
        default: throw fault(.expected("map[, ksym[ or subprog[", found: word), token)
        }
        _ = accept(word: "ll")
        return value
    }

    /// `fd:3]`, `idx:3][0]+8`.
    private mutating func map() throws(AssemblyError) -> WideImmediate {
        let isIndex = next?.kind == .word("idx", quoted: false)
        let number: Int32 = try field(isIndex ? "idx" : "fd")
        try expect("]")
        guard accept("[") else {
            return isIndex ? .mapIndex(number) : .map(descriptor: number)
        }
        let _: UInt8 = try self.number(.number)
        try expect("]")
        let offset: Int32 = nextIs("+") || nextIs("-") ? try self.number(.number) : 0
        return isIndex
            ? .mapIndexValue(number, offset: offset)
            : .mapValue(descriptor: number, offset: offset)
    }

    /// `name:5`.
    private mutating func field<Value: FixedWidthInteger>(
        _ name: String,
        _ field: AssemblyError.Field = .number
    ) throws(AssemblyError) -> Value {
        try expect(word: name)
        try expect(":")
        return try number(field)
    }

    /// `ld_pseudo r1, 1, 5`: LLVM's own spelling of a load by kind.
    mutating func pseudoLoad() throws(AssemblyError) -> Instruction {
        let register = try register(.doubleWord)
        try expect(",")
        let token = next
        let kind: UInt8 = try number(.halfWord)
        try expect(",")
        let value: Int32 = try number(.number)
        switch kind {
        case 1: return .loadImmediate(register, .map(descriptor: value))
        case 2: return .loadImmediate(register, .mapValue(descriptor: value, offset: 0))
        case 3: return .loadImmediate(register, .variable(typeID: value, module: 0))
        case 4: return .loadImmediate(register, .function(value))
        case 5: return .loadImmediate(register, .mapIndex(value))
        case 6: return .loadImmediate(register, .mapIndexValue(value, offset: 0))
        default: throw fault(.invalid(.unknownWideImmediate(kind)), token)
        }
    }
}
