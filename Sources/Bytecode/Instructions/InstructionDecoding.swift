extension Instruction {
    /// Reads the instruction at a slot of a program.
    ///
    /// The encoding alone is judged: whether a branch lands inside the program, or a register has
    /// a value, is the verifier's business.
    ///
    /// - Throws: ``InvalidInstruction`` for every bit pattern that RFC 9669 and Linux 6.18 do not
    ///   define.
    public init(
        decoding program: some RandomAccessCollection<EncodedInstruction>, at slot: Int
    ) throws(InvalidInstruction) {
        let start = program.index(program.startIndex, offsetBy: slot)
        let next = program.index(after: start)
        try self.init(
            program[start], followedBy: next < program.endIndex ? program[next] : nil, slot: slot)
    }

    /// Reads an instruction from its slot and, for a 64-bit constant, the one that follows.
    ///
    /// - Throws: ``InvalidInstruction``, at `slot`.
    public init(
        _ encoded: EncodedInstruction, followedBy next: EncodedInstruction?, slot: Int
    ) throws(InvalidInstruction) {
        do throws(InvalidInstruction.Reason) {
            self = try Decoder(encoded: encoded, next: next).instruction()
        } catch {
            throw InvalidInstruction(slot: slot, error)
        }
    }

    /// Reads a whole program; each element comes with the slot it starts at.
    ///
    /// - Throws: ``InvalidInstruction`` at the first slot that holds none.
    public static func decode(
        _ program: [EncodedInstruction]
    ) throws(InvalidInstruction) -> [(slot: Int, instruction: Instruction)] {
        var instructions: [(slot: Int, instruction: Instruction)] = []
        instructions.reserveCapacity(program.count)
        var slot = 0
        while slot < program.count {
            let next = slot + 1 < program.count ? program[slot + 1] : nil
            let instruction = try Instruction(program[slot], followedBy: next, slot: slot)
            instructions.append((slot, instruction))
            slot += instruction.slotCount
        }
        return instructions
    }
}

extension InvalidInstruction.Reason: Error {}

/// One instruction being taken apart; a method a class.
private struct Decoder {
    typealias Invalid = InvalidInstruction.Reason

    let encoded: EncodedInstruction
    let next: EncodedInstruction?

    func instruction() throws(Invalid) -> Instruction {
        switch InstructionClass(opcode: encoded.opcode) {
        case .arithmetic32: try arithmetic(.word)
        case .arithmetic64: try arithmetic(.doubleWord)
        case .jump64: try jump(.doubleWord)
        case .jump32: try jump(.word)
        case .load: try load()
        case .loadRegister: try loadRegister()
        case .store: try store()
        case .storeRegister: try storeRegister()
        }
    }

    private var code: UInt8 { encoded.opcode >> 4 }
    private var mode: UInt8 { encoded.opcode & 0xe0 }
    private var size: MemorySize { MemorySize(opcode: encoded.opcode) }
    private var hasRegisterSource: Bool { encoded.opcode & OpcodeField.registerSource != 0 }
    private var unknown: Invalid { .unknownOpcode(encoded.opcode) }

    // MARK: Classes

    private func arithmetic(_ width: Width) throws(Invalid) -> Instruction {
        switch code {
        case OpcodeField.move: return try move(width)
        case OpcodeField.byteSwap: return try byteSwap(width)
        case OpcodeField.negate:
            guard !hasRegisterSource else { throw unknown }
            try requireZero(.source, .offset, .immediate)
            return .negate(width, try written())
        default:
            guard let unsigned = Arithmetic(code: code) else { throw unknown }
            let source = try operand()
            return .arithmetic(try variant(of: unsigned), width, try written(), source)
        }
    }

    @inline(__always)
    private func variant(of unsigned: Arithmetic) throws(Invalid) -> Arithmetic {
        if encoded.offset == 0 { return unsigned }
        guard let signed = unsigned.signed else { throw .unusedField(.offset) }
        guard encoded.offset == 1 else { throw .unknownVariant(offset: encoded.offset) }
        return signed
    }

    private func move(_ width: Width) throws(Invalid) -> Instruction {
        let register = try written()
        guard hasRegisterSource else {
            try requireZero(.source, .offset)
            return .move(width, register, .immediate(encoded.immediate))
        }
        let source = try namedRegister(encoded.source)
        if encoded.offset == OpcodeField.addressSpaceCast, width == .doubleWord {
            let spaces = UInt32(bitPattern: encoded.immediate)
            return .castAddressSpace(
                register, source, to: UInt16(spaces >> 16),
                from: UInt16(truncatingIfNeeded: spaces))
        }
        try requireZero(.immediate)
        guard encoded.offset != 0 else { return .move(width, register, .register(source)) }
        guard [8, 16, 32].contains(encoded.offset), Int(encoded.offset) < width.bitCount,
            let size = MemorySize(bitCount: Int(encoded.offset))
        else { throw .unknownVariant(offset: encoded.offset) }
        return .moveSigned(width, register, from: size, of: source)
    }

    private func byteSwap(_ width: Width) throws(Invalid) -> Instruction {
        let register = try written()
        try requireZero(.source, .offset)
        guard encoded.immediate >= 16, let size = MemorySize(bitCount: Int(encoded.immediate))
        else { throw .unknownSwapWidth(encoded.immediate) }
        if width == .word {
            return .convert(register, to: hasRegisterSource ? .big : .little, size)
        }
        guard !hasRegisterSource else { throw unknown }
        return .swap(register, size)
    }

    private func jump(_ width: Width) throws(Invalid) -> Instruction {
        switch code {
        case OpcodeField.jumpAlways:
            guard !hasRegisterSource else { throw unknown }
            try requireZero(.destination, .source, width == .word ? .offset : .immediate)
            return width == .word
                ? .jump(encoded.immediate, long: true)
                : .jump(Int32(encoded.offset), long: false)
        case OpcodeField.call:
            guard width == .doubleWord else { throw unknown }
            return .call(try callee())
        case OpcodeField.exit:
            guard width == .doubleWord, !hasRegisterSource else { throw unknown }
            try requireZero(.destination, .source, .offset, .immediate)
            return .exit
        case OpcodeField.jumpConditionally:
            guard width == .doubleWord, !hasRegisterSource else { throw unknown }
            try requireZero(.destination, .source, .immediate)
            return .mayJump(encoded.offset)
        default:
            guard let comparison = Comparison(code: code) else { throw unknown }
            return .branch(
                comparison, width, try namedRegister(encoded.destination), try operand(),
                encoded.offset)
        }
    }

    private func callee() throws(Invalid) -> Callee {
        if hasRegisterSource { return .register(try calledRegister()) }
        try requireZero(.destination)
        switch encoded.source {
        case 0:
            try requireZero(.offset)
            return .helper(encoded.immediate)
        case 1:
            try requireZero(.offset)
            return .local(encoded.immediate)
        case 2: return .kernelFunction(encoded.immediate, module: encoded.offset)
        default: throw .unknownCall(encoded.source)
        }
    }

    /// LLVM 19 and GCC put the register of `callx` in the destination, older LLVMs in the immediate.
    private func calledRegister() throws(Invalid) -> Register {
        try requireZero(.source, .offset)
        guard encoded.destination == 0, encoded.immediate != 0 else {
            try requireZero(.immediate)
            return try namedRegister(encoded.destination)
        }
        return try namedRegister(
            UInt8(truncatingIfNeeded: min(UInt32(bitPattern: encoded.immediate), 255)))
    }

    private func load() throws(Invalid) -> Instruction {
        switch mode {
        case OpcodeField.modeImmediate:
            guard size == .doubleWord else { throw unknown }
            return .loadImmediate(try written(), try wideImmediate())
        case OpcodeField.modeAbsolute:
            guard size != .doubleWord else { throw unknown }
            try requireZero(.destination, .source, .offset)
            return .loadPacket(size, .absolute(encoded.immediate))
        case OpcodeField.modeIndirect:
            guard size != .doubleWord else { throw unknown }
            try requireZero(.destination, .offset)
            return .loadPacket(
                size, .indirect(try namedRegister(encoded.source), encoded.immediate))
        default: throw unknown
        }
    }

    private func wideImmediate() throws(Invalid) -> WideImmediate {
        guard let next else { throw .truncated }
        guard next.opcode == 0, next.registers == 0, next.offset == 0
        else { throw .malformedSecondSlot }
        try requireZero(.offset)
        let low = encoded.immediate
        let high = next.immediate
        switch encoded.source {
        case 0:
            return .constant(
                UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
        case 1 where high == 0: return .map(descriptor: low)
        case 2: return .mapValue(descriptor: low, offset: high)
        case 3: return .variable(typeID: low, module: high)
        case 4 where high == 0: return .function(low)
        case 5 where high == 0: return .mapIndex(low)
        case 6: return .mapIndexValue(low, offset: high)
        case 1, 4, 5: throw .malformedSecondSlot
        default: throw .unknownWideImmediate(encoded.source)
        }
    }

    private func loadRegister() throws(Invalid) -> Instruction {
        let register = try written()
        try requireZero(.immediate)
        switch mode {
        case OpcodeField.modeMemory: return .load(size, register, try source())
        case OpcodeField.modeSigned where size != .doubleWord:
            return .loadSigned(size, register, try source())
        default: throw unknown
        }
    }

    private func store() throws(Invalid) -> Instruction {
        guard mode == OpcodeField.modeMemory else { throw unknown }
        try requireZero(.source)
        return .store(size, try destination(), .immediate(encoded.immediate))
    }

    private func storeRegister() throws(Invalid) -> Instruction {
        switch mode {
        case OpcodeField.modeMemory:
            try requireZero(.immediate)
            return .store(size, try destination(), .register(try namedRegister(encoded.source)))
        case OpcodeField.modeAtomic: return try atomic()
        default: throw unknown
        }
    }

    private func atomic() throws(Invalid) -> Instruction {
        switch encoded.immediate {
        case AtomicOperation.loadAcquireCode:
            return .loadAcquire(size, try written(), try source())
        case AtomicOperation.storeReleaseCode:
            return .storeRelease(size, try destination(), try namedRegister(encoded.source))
        default:
            guard let operation = AtomicOperation(code: encoded.immediate)
            else { throw .unknownAtomic(encoded.immediate) }
            guard size == .word || size == .doubleWord else { throw .atomicSize(size) }
            return .atomic(
                operation, size, try destination(), try namedRegister(encoded.source))
        }
    }

    // MARK: Fields

    @inline(__always)
    private func namedRegister(_ number: UInt8) throws(Invalid) -> Register {
        guard let register = Register(rawValue: number) else { throw .noSuchRegister(number) }
        return register
    }

    /// The destination, where the instruction writes it.
    @inline(__always)
    private func written() throws(Invalid) -> Register {
        let register = try namedRegister(encoded.destination)
        guard register != .r10 else { throw .writesFramePointer }
        return register
    }

    @inline(__always)
    private func operand() throws(Invalid) -> Source {
        guard hasRegisterSource else {
            try requireZero(.source)
            return .immediate(encoded.immediate)
        }
        try requireZero(.immediate)
        return .register(try namedRegister(encoded.source))
    }

    @inline(__always)
    private func source() throws(Invalid) -> MemoryOperand {
        MemoryOperand(try namedRegister(encoded.source), encoded.offset)
    }

    @inline(__always)
    private func destination() throws(Invalid) -> MemoryOperand {
        MemoryOperand(try namedRegister(encoded.destination), encoded.offset)
    }

    /// Refuses a field that holds something and means nothing. It is asked of every instruction,
    /// so there is no list of fields to make.
    @inline(__always)
    private func requireZero(
        _ first: InvalidInstruction.Field, _ second: InvalidInstruction.Field? = nil,
        _ third: InvalidInstruction.Field? = nil, _ fourth: InvalidInstruction.Field? = nil
    ) throws(Invalid) {
        try requireZero(one: first)
        if let second { try requireZero(one: second) }
        if let third { try requireZero(one: third) }
        if let fourth { try requireZero(one: fourth) }
    }

    @inline(__always)
    private func requireZero(one field: InvalidInstruction.Field) throws(Invalid) {
        let isZero =
            switch field {
            case .destination: encoded.destination == 0
            case .source: encoded.source == 0
            case .offset: encoded.offset == 0
            case .immediate: encoded.immediate == 0
            }
        guard isZero else { throw .unusedField(field) }
    }
}
