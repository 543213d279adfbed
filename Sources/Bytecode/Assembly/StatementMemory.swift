// Loads, stores and atomic operations: one method a form of instruction.

extension StatementParser {
    /// Behind `r1 = *`.
    mutating func load(
        into register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        try expect("(")
        if nextIs("*", after: 1), nextIs(")", after: 2), position + 3 < tokens.count,
            tokens[position + 3].kind == .word("skb", quoted: false)
        {
            return try loadPacket(into: register, token)
        }
        let (sign, size, place) = try place(types: "us")
        if sign == "s" || size == .doubleWord { try require(.doubleWord, register, width, token) }
        return sign == "s" ? .loadSigned(size, register, place) : .load(size, register, place)
    }

    private mutating func loadPacket(
        into register: Register,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        guard register == .r0
        else { throw fault(.mustRepeat("r0", found: register.description), token) }
        let size = try memoryType("u").size
        try expect("*", ")")
        try expect(word: "skb")
        try expect("[")
        let offset = try packetOffset()
        try expect("]")
        return .loadPacket(size, offset)
    }

    private mutating func packetOffset() throws(AssemblyError) -> PacketOffset {
        guard peekRegister() != nil else { return .absolute(try number(.number)) }
        let register = try register(.doubleWord)
        return .indirect(register, nextIs("]") ? 0 : try number(.number))
    }

    /// A store, `*(u32 *)(r1 + 4) = …`.
    mutating func store() throws(AssemblyError) -> Instruction {
        try expect("*", "(")
        let (_, size, place) = try place(types: "u")
        try expect("=")
        if peekRegister() != nil {
            return .store(size, place, .register(try register(beside: size)))
        }
        return .store(size, place, .immediate(try immediate(size.width)))
    }

    /// Behind `lock`.
    mutating func locked() throws(AssemblyError) -> Instruction {
        try expect("*", "(")
        let (_, size, place) = try place(types: "u")
        guard let sign = next,
            let operation = AtomicOperation.locked.first(where: { $0.assignment == sign.text })
        else { throw expected("'+=', '|=', '&=' or '^='") }
        position += 1
        return .atomic(operation, size, place, try register(beside: size))
    }

    /// Behind `store_release`.
    mutating func storeRelease() throws(AssemblyError) -> Instruction {
        try expect("(", "(")
        let (_, size, place) = try place(types: "u")
        try expect(",")
        let register = try register(beside: size)
        try expect(")")
        return .storeRelease(size, place, register)
    }

    /// `r1 = name(…)`, at the bracket.
    mutating func function(
        _ name: String,
        into register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        let nameToken = tokens[position - 1]
        try expect("(")
        let instruction: Instruction
        switch name {
        case "addr_space_cast":
            try require(.doubleWord, register, width, token)
            instruction = try castAddressSpace(register)
        case "load_acquire":
            instruction = try loadAcquire(register, width, token)
        case "xchg_64": instruction = try exchange(.doubleWord, register, width, token)
        case "xchg32_32": instruction = try exchange(.word, register, width, token)
        case "cmpxchg_64": instruction = try compareExchange(.doubleWord, register, width, token)
        case "cmpxchg32_32": instruction = try compareExchange(.word, register, width, token)
        default:
            guard
                let operation = AtomicOperation.fetching.first(where: {
                    $0.functionName(.word) == name
                })
            else { throw fault(.unknownInstruction(name), nameToken) }
            instruction = try fetch(operation, register, width)
        }
        try expect(")")
        return instruction
    }

    private mutating func castAddressSpace(
        _ register: Register
    ) throws(AssemblyError) -> Instruction {
        let source = try self.register(.doubleWord)
        try expect(",")
        let to: UInt16 = try number(.halfWord)
        try expect(",")
        return .castAddressSpace(register, source, to: to, from: try number(.halfWord))
    }

    private mutating func loadAcquire(
        _ register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        try expect("(")
        let (_, size, place) = try place(types: "u")
        if size == .doubleWord { try require(.doubleWord, register, width, token) }
        return .loadAcquire(size, register, place)
    }

    private mutating func fetch(
        _ operation: AtomicOperation,
        _ register: Register,
        _ width: Width
    ) throws(AssemblyError) -> Instruction {
        try expect("(")
        let (_, size, place) = try place(types: "u")
        try expect(",")
        let token = next
        try again(register, width)
        if size == .doubleWord { try require(.doubleWord, register, width, token) }
        return .atomic(operation, size, place, register)
    }

    private mutating func exchange(
        _ size: MemorySize,
        _ register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        try require(size.width, register, width, token)
        let place = try memoryOperand()
        try expect(",")
        try again(register, width)
        return .atomic(.exchange, size, place, register)
    }

    private mutating func compareExchange(
        _ size: MemorySize,
        _ register: Register,
        _ width: Width,
        _ token: Token?
    ) throws(AssemblyError) -> Instruction {
        guard register == .r0 else {
            throw fault(
                .mustRepeat(Register.r0.name(size.width), found: register.name(width)),
                token
            )
        }
        try require(size.width, register, width, token)
        let place = try memoryOperand()
        try expect(",")
        try again(.r0, size.width)
        try expect(",")
        return .atomic(.compareExchange, size, place, try self.register(size.width))
    }
}
