/// How numbers are written.
public enum NumberNotation: Sendable {
    /// `r1 = 16`, as `llvm-objdump --print-imm-hex=false` prints it.
    case decimal
    /// `r1 = 0x10`, as `llvm-objdump` prints it.
    case hexadecimal

    /// A number; a minus sign stands before the `0x`.
    func text(_ value: some FixedWidthInteger) -> String {
        guard self == .hexadecimal else { return String(value) }
        return (value < 0 ? "-0x" : "0x") + String(value.magnitude, radix: 16)
    }

    /// A number that always has a sign: the distance of a jump.
    func signed(_ value: some FixedWidthInteger) -> String {
        (value < 0 ? "" : "+") + text(value)
    }
}

/// The text of one instruction in LLVM's notation.
///
/// Where LLVM prints two different instructions alike, the text is that of the kernel's tools:
/// `call pc+4` calls a function of the program and `call 4` a helper.
struct InstructionText {
    var numbers = NumberNotation.decimal
    /// What stands in place of the distance of a jump, or of the callee, or of an object.
    var symbol: String?

    // One row an instruction, in the order of their declaration.
    func text(_ instruction: Instruction) -> String {
        switch instruction {
        case .arithmetic(let operation, let width, let register, let source):
            "\(register.name(width)) \(operation.assignment) \(text(source, width))"
        case .negate(let width, let register):
            "\(register.name(width)) = -\(register.name(width))"
        case .move(let width, let register, let source):
            "\(register.name(width)) = \(text(source, width))"
        case .moveSigned(let width, let register, let size, let source):
            "\(register.name(width)) = (s\(size.bitCount))\(source.name(width))"
        case .convert(let register, let order, let size):
            "\(register) = \(order == .big ? "be" : "le")\(size.bitCount) \(register)"
        case .swap(let register, let size):
            "\(register) = bswap\(size.bitCount) \(register)"
        case .castAddressSpace(let register, let source, let to, let from):
            "\(register) = addr_space_cast(\(source), \(numbers.text(to)), \(numbers.text(from)))"
        case .jump(let distance, let long):
            "\(long ? "gotol" : "goto") \(target(distance))"
        case .branch(let comparison, let width, let register, let source, let distance):
            "if \(register.name(width)) \(comparison.sign) \(text(source, width)) "
                + "goto \(target(distance))"
        case .mayJump(let distance): "may_goto \(target(distance))"
        case .call(let callee): text(callee)
        case .exit: "exit"
        case .load(let size, let register, let place):
            "\(register.name(size.width)) = \(text("u", size, place))"
        case .loadSigned(let size, let register, let place):
            "\(register) = \(text("s", size, place))"
        case .store(let size, let place, let source):
            "\(text("u", size, place)) = \(text(source, size.width))"
        case .atomic(let operation, let size, let place, let register):
            text(operation, size, place, register)
        case .loadAcquire(let size, let register, let place):
            "\(register.name(size.width)) = load_acquire(\(pointer(size, place)))"
        case .storeRelease(let size, let place, let register):
            "store_release(\(pointer(size, place)), \(register.name(size.width)))"
        case .loadImmediate(let register, let value): "\(register) = \(text(value)) ll"
        case .loadPacket(let size, let offset): "r0 = *(u\(size.bitCount) *)skb[\(text(offset))]"
        }
    }

    private func target(_ distance: some FixedWidthInteger) -> String {
        symbol ?? numbers.signed(distance)
    }

    private func text(_ source: Source, _ width: Width) -> String {
        switch source {
        case .register(let register): register.name(width)
        case .immediate(let value): numbers.text(value)
        }
    }

    private func text(_ callee: Callee) -> String {
        if case .register(let register) = callee { return "callx \(register)" }
        if let symbol { return "call \(symbol)" }
        return switch callee {
        case .helper(let number): "call \(numbers.text(number))"
        case .local(let distance): "call pc\(numbers.signed(distance))"
        case .kernelFunction(let typeID, let module):
            "call kfunc[id:\(numbers.text(typeID))\(text(module: module))]"
        case .register(let register): "callx \(register)"
        }
    }

    private func text(_ value: WideImmediate) -> String {
        if let symbol { return symbol }
        return switch value {
        case .constant(let number): numbers.text(Int64(bitPattern: number))
        case .map(let descriptor): "map[fd:\(numbers.text(descriptor))]"
        case .mapIndex(let index): "map[idx:\(numbers.text(index))]"
        case .mapValue(let descriptor, let offset):
            "map[fd:\(numbers.text(descriptor))][0]\(numbers.signed(offset))"
        case .mapIndexValue(let index, let offset):
            "map[idx:\(numbers.text(index))][0]\(numbers.signed(offset))"
        case .variable(let typeID, let module):
            "ksym[id:\(numbers.text(typeID))\(text(module: module))]"
        case .function(let distance): "subprog[\(numbers.signed(distance))]"
        }
    }

    private func text(module: some FixedWidthInteger) -> String {
        module == 0 ? "" : ", module:\(numbers.text(module))"
    }

    // MARK: Memory

    private func text(_ place: MemoryOperand) -> String {
        let sign = place.displacement < 0 ? "-" : "+"
        return "\(place.base) \(sign) \(numbers.text(place.displacement.magnitude))"
    }

    private func pointer(_ size: MemorySize, _ place: MemoryOperand) -> String {
        "(u\(size.bitCount) *)(\(text(place)))"
    }

    private func text(_ sign: String, _ size: MemorySize, _ place: MemoryOperand) -> String {
        "*(\(sign)\(size.bitCount) *)(\(text(place)))"
    }

    private func text(
        _ operation: AtomicOperation,
        _ size: MemorySize,
        _ place: MemoryOperand,
        _ register: Register
    ) -> String {
        let name = register.name(size.width)
        if let assignment = operation.assignment {
            return "lock \(text("u", size, place)) \(assignment) \(name)"
        }
        let function = operation.functionName(size)
        return switch operation {
        case .exchange: "\(name) = \(function)(\(text(place)), \(name))"
        case .compareExchange:
            "\(Register.r0.name(size.width)) = \(function)(\(text(place)), "
                + "\(Register.r0.name(size.width)), \(name))"
        case .add, .or, .and, .xor: "\(name) = \(function)(\(pointer(size, place)), \(name))"
        }
    }

    private func text(_ offset: PacketOffset) -> String {
        switch offset {
        case .absolute(let distance): numbers.text(distance)
        case .indirect(let register, 0): "\(register)"
        case .indirect(let register, let distance):
            "\(register) \(distance < 0 ? "-" : "+") \(numbers.text(distance.magnitude))"
        }
    }
}

extension Instruction: CustomStringConvertible {
    /// The instruction in LLVM's notation, which ``Assembler`` reads back.
    public var description: String { InstructionText().text(self) }
}
