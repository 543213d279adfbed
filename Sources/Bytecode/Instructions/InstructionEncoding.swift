extension Instruction {
    /// The instruction's slots: one, or two for a 64-bit constant.
    public var encoded: [EncodedInstruction] {
        if case .loadImmediate(let register, let value) = self {
            return Self.encode(value, into: register)
        }
        return [firstSlot]
    }

    private var firstSlot: EncodedInstruction {
        switch self {
        case .arithmetic(let operation, let width, let register, let source):
            .make(
                .arithmetic(width), operation.code, register, source, offset: operation.variant)
        case .negate(let width, let register):
            .make(.arithmetic(width), OpcodeField.negate, register, .immediate(0))
        case .move(let width, let register, let source):
            .make(.arithmetic(width), OpcodeField.move, register, source)
        case .moveSigned(let width, let register, let size, let source):
            .make(
                .arithmetic(width), OpcodeField.move, register, .register(source),
                offset: Int16(size.byteCount * 8))
        case .castAddressSpace(let register, let source, let to, let from):
            .make(
                .arithmetic64, OpcodeField.move, register, .register(source),
                offset: OpcodeField.addressSpaceCast,
                immediate: Int32(bitPattern: UInt32(to) << 16 | UInt32(from)))
        case .convert(let register, let order, let size):
            EncodedInstruction(
                opcode: OpcodeField.byteSwap << 4 | (order == .big ? 0x08 : 0)
                    | InstructionClass.arithmetic32.rawValue,
                destination: register.rawValue, immediate: Int32(size.byteCount * 8))
        case .swap(let register, let size):
            EncodedInstruction(
                opcode: OpcodeField.byteSwap << 4 | InstructionClass.arithmetic64.rawValue,
                destination: register.rawValue, immediate: Int32(size.byteCount * 8))
        case .jump(let distance, let long):
            EncodedInstruction(
                opcode: (long ? InstructionClass.jump32 : .jump64).rawValue,
                offset: long ? 0 : Int16(truncatingIfNeeded: distance),
                immediate: long ? distance : 0)
        case .branch(let comparison, let width, let register, let source, let distance):
            .make(.jump(width), comparison.code, register, source, offset: distance)
        case .mayJump(let distance):
            EncodedInstruction(
                opcode: OpcodeField.jumpConditionally << 4 | InstructionClass.jump64.rawValue,
                offset: distance)
        case .call(let callee):
            Self.encode(callee)
        case .exit:
            EncodedInstruction(opcode: OpcodeField.exit << 4 | InstructionClass.jump64.rawValue)
        case .load(let size, let register, let place):
            .make(.loadRegister, OpcodeField.modeMemory, size, register, place)
        case .loadSigned(let size, let register, let place):
            .make(.loadRegister, OpcodeField.modeSigned, size, register, place)
        case .store(let size, let place, .register(let source)):
            .make(.storeRegister, OpcodeField.modeMemory, size, place, source)
        case .store(let size, let place, .immediate(let value)):
            .make(.store, OpcodeField.modeMemory, size, place, .r0, immediate: value)
        case .atomic(let operation, let size, let place, let source):
            .make(
                .storeRegister, OpcodeField.modeAtomic, size, place, source,
                immediate: operation.code)
        case .loadAcquire(let size, let register, let place):
            .make(
                .storeRegister, OpcodeField.modeAtomic, size, register, place,
                immediate: AtomicOperation.loadAcquireCode)
        case .storeRelease(let size, let place, let source):
            .make(
                .storeRegister, OpcodeField.modeAtomic, size, place, source,
                immediate: AtomicOperation.storeReleaseCode)
        case .loadPacket(let size, .absolute(let offset)):
            EncodedInstruction(
                opcode: OpcodeField.modeAbsolute | size.code, immediate: offset)
        case .loadPacket(let size, .indirect(let register, let offset)):
            EncodedInstruction(
                opcode: OpcodeField.modeIndirect | size.code, source: register.rawValue,
                immediate: offset)
        case .loadImmediate(let register, let value):
            Self.encode(value, into: register)[0]
        }
    }

    private static func encode(_ callee: Callee) -> EncodedInstruction {
        let opcode = OpcodeField.call << 4 | InstructionClass.jump64.rawValue
        return switch callee {
        case .helper(let number):
            EncodedInstruction(opcode: opcode, source: 0, immediate: number)
        case .local(let distance):
            EncodedInstruction(opcode: opcode, source: 1, immediate: distance)
        case .kernelFunction(let typeID, let module):
            EncodedInstruction(opcode: opcode, source: 2, offset: module, immediate: typeID)
        case .register(let register):
            EncodedInstruction(
                opcode: opcode | OpcodeField.registerSource, destination: register.rawValue)
        }
    }

    private static func encode(
        _ value: WideImmediate, into register: Register
    ) -> [EncodedInstruction] {
        let (source, low, high): (UInt8, Int32, Int32) =
            switch value {
            case .constant(let number):
                (
                    0, Int32(truncatingIfNeeded: number),
                    Int32(truncatingIfNeeded: number >> 32)
                )
            case .map(let descriptor): (1, descriptor, 0)
            case .mapValue(let descriptor, let offset): (2, descriptor, offset)
            case .variable(let typeID, let module): (3, typeID, module)
            case .function(let distance): (4, distance, 0)
            case .mapIndex(let index): (5, index, 0)
            case .mapIndexValue(let index, let offset): (6, index, offset)
            }
        return [
            EncodedInstruction(
                opcode: OpcodeField.modeImmediate | MemorySize.doubleWord.code,
                destination: register.rawValue, source: source, immediate: low),
            EncodedInstruction(opcode: 0, immediate: high),
        ]
    }
}

extension EncodedInstruction {
    /// Arithmetic, a move or a branch.
    fileprivate static func make(
        _ group: InstructionClass, _ code: UInt8, _ register: Register, _ source: Source,
        offset: Int16 = 0, immediate: Int32 = 0
    ) -> EncodedInstruction {
        switch source {
        case .register(let source):
            EncodedInstruction(
                opcode: code << 4 | OpcodeField.registerSource | group.rawValue,
                destination: register.rawValue, source: source.rawValue, offset: offset,
                immediate: immediate)
        case .immediate(let value):
            EncodedInstruction(
                opcode: code << 4 | group.rawValue, destination: register.rawValue,
                offset: offset, immediate: value)
        }
    }

    /// A load into a register.
    fileprivate static func make(
        _ group: InstructionClass, _ mode: UInt8, _ size: MemorySize, _ register: Register,
        _ place: MemoryOperand, immediate: Int32 = 0
    ) -> EncodedInstruction {
        EncodedInstruction(
            opcode: mode | size.code | group.rawValue, destination: register.rawValue,
            source: place.base.rawValue, offset: place.displacement, immediate: immediate)
    }

    /// A store, or an operation on memory.
    fileprivate static func make(
        _ group: InstructionClass, _ mode: UInt8, _ size: MemorySize, _ place: MemoryOperand,
        _ source: Register, immediate: Int32 = 0
    ) -> EncodedInstruction {
        EncodedInstruction(
            opcode: mode | size.code | group.rawValue, destination: place.base.rawValue,
            source: source.rawValue, offset: place.displacement, immediate: immediate)
    }
}
