import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Instructions that compute.
extension Walk {
    mutating func compute(_ instruction: Instruction) throws(Fault) {
        switch instruction {
        case .arithmetic(let operation, let width, let target, let source):
            try arithmetic(operation, width, target, source)
        case .negate(let width, let target):
            let operand = try readable(target)
            try requireWhole(operand, target)
            guard operand.kind == .scalar else { return state[Int(target.rawValue)].forget() }
            var number = operand.number
            width == .word ? number.negateWord() : number.negate()
            setResult(number, of: operand, in: target)
        case .convert(let target, let order, let size):
            try convert(target, size, swaps: order == .big)
        case .swap(let target, let size): try convert(target, size, swaps: true)
        case .move(let width, let target, let source): try move(width, target, source)
        case .moveSigned(let width, let target, let size, let source):
            try moveSigned(width, target, size, source)
        case .castAddressSpace(let target, let source, _, _): try castAddress(target, source)
        case .loadImmediate(let target, let value): try loadImmediate(target, value)
        default: break
        }
    }

    /// What was computed of a number takes its place.
    mutating func setResult(
        _ number: Scalar, of operand: RegisterState, in target: Register
    ) {
        var result = RegisterState.scalar(number)
        result.isPrecise = operand.isPrecise
        state[Int(target.rawValue)] = result
    }

    // MARK: Moves

    private mutating func move(
        _ width: Width, _ target: Register, _ source: Source
    ) throws(Fault) {
        switch source {
        case .immediate(let number):
            state[Int(target.rawValue)] =
                width == .word
                ? .constant(UInt64(UInt32(bitPattern: number)))
                : .constant(UInt64(bitPattern: Int64(number)))
        case .register(let register):
            var value = try readable(register)
            if width == .doubleWord {
                linkBeforeCopy(Int(register.rawValue), &value)
                state[Int(target.rawValue)] = value
                return
            }
            try requireWhole(value, register)
            guard value.kind == .scalar else {
                // Half of an address is just a number.
                state[Int(target.rawValue)] = .scalar(halfUnknown)
                return
            }
            if value.number.greatest <= UInt64(UInt32.max) {
                linkBeforeCopy(Int(register.rawValue), &value)
            } else {
                unlink(&value)
                value.number = Self.zeroExtendedWord(value.number)
            }
            state[Int(target.rawValue)] = value
        }
    }

    private var halfUnknown: Scalar {
        var number = Scalar.unknown
        number.extendWordWithZeros()
        return number
    }

    static func zeroExtendedWord(_ number: Scalar) -> Scalar {
        var number = number
        number.extendWordWithZeros()
        return number
    }

    func unlink(_ value: inout RegisterState) {
        guard value.kind == .scalar else { return }
        value.id = 0
        value.offset = 0
        value.traits.subtract(.linkedBySomeOffset)
    }

    /// Gives a number of which a copy is made an id, so that what is learnt of one is known of both.
    mutating func linkBeforeCopy(_ register: Int, _ value: inout RegisterState) {
        guard value.kind == .scalar else { return }
        if value.isLinkedByOffset { unlink(&value) }
        if value.id == 0, !value.number.isConstant { value.id = newID() }
        state[register] = value
    }

    private mutating func moveSigned(
        _ width: Width, _ target: Register, _ size: MemorySize, _ register: Register
    ) throws(Fault) {
        var value = try readable(register)
        try requireWhole(value, register)
        guard value.kind == .scalar else {
            // A part of an address is just a number.
            state[Int(target.rawValue)] = width == .word ? .scalar(halfUnknown) : .unknown
            return
        }
        let limit: UInt64 = 1 << UInt64(size.byteCount * 8 - 1)
        let isUnchanged = value.number.greatest < limit
        if isUnchanged { linkBeforeCopy(Int(register.rawValue), &value) } else { unlink(&value) }
        if width == .doubleWord {
            value.number.extendSign(ofBytes: size.byteCount)
        } else {
            value.number.extendSignOfWord(ofBytes: size.byteCount)
        }
        state[Int(target.rawValue)] = value
    }

    private mutating func castAddress(_ target: Register, _ source: Register) throws(Fault) {
        _ = try readable(source)
        guard subject.maps.contains(where: { $0.type == .arena }) else {
            throw Fault(
                .invalidInstruction, "only a program with an arena can cast between address spaces")
        }
        var result = RegisterState.unknown
        if case .castAddressSpace(_, _, to: 0, from: 1)? = subject.instructions[slot] {
            result = .pointer(.arena)
        }
        state[Int(target.rawValue)] = result
    }

    // MARK: Wide constants

    private mutating func loadImmediate(
        _ target: Register, _ value: WideImmediate
    ) throws(Fault) {
        let result: RegisterState
        switch subject.names[slot] {
        case .map(let index)?:
            result = .pointer(.map, detail: UInt32(index))
        case .mapValue(let index, let offset)?: result = try mapValue(index, offset)
        case .kernelVariable(_, let type)?, .kernelFunction(_, let type)?:
            guard let type else {
                result = .constant(0)
                break
            }
            result = try typeQuestions.variable(type)
        case .address?: result = .unknown
        case nil:
            switch value {
            case .constant(let number): result = .constant(number)
            case .function(let distance):
                let function = subject.functionOfSlot[slot + 1 + Int(distance)]
                result = .pointer(.function, detail: UInt32(bitPattern: function))
            case .map, .mapIndex, .mapValue, .mapIndexValue:
                throw Fault(.invalidInstruction, "it names no map that is known")
            case .variable(let id, _):
                result = try typeQuestions.variable(.init(UInt32(bitPattern: id)))
            }
        }
        state[Int(target.rawValue)] = result
    }

    private func mapValue(_ index: Int, _ offset: Int) throws(Fault) -> RegisterState {
        let map = subject.maps[index]
        if map.type == .arena { return .unknown }
        guard map.type == .array else {
            throw Fault(
                .invalidInstruction, "a program can take the address of an array's values only")
        }
        guard offset >= 0, offset < map.valueSize * Int(max(map.maxEntries, 1)) else {
            throw Fault(
                .outOfBounds,
                "byte \(offset) is past the value of map \(map.name), which has \(map.valueSize)")
        }
        var pointer = RegisterState.pointer(.mapValue, detail: UInt32(index))
        pointer.offset = Int32(clamping: offset)
        return pointer
    }
}

// MARK: - Arithmetic

extension Walk {
    private mutating func arithmetic(
        _ operation: Arithmetic, _ width: Width, _ target: Register, _ source: Source
    ) throws(Fault) {
        let right = try value(of: source)
        let left = try readable(target)
        if case .immediate(let number) = source { try checkConstant(operation, width, number) }
        if left.kind == .scalar, right.kind == .scalar {
            if left.isPrecise, case .register(let register) = source {
                try requirePrecision(of: register)
            }
            try guardNumbers(operation, source)
            let left = try splitMask(operation, target, left, right)
            scalarArithmetic(operation, width, target, left, right)
            if source != .register(target) { link(operation, width, target, left, right) }
            return
        }
        // Whatever is computed with a pointer into an arena stays inside of it.
        if left.kind == .arena { return }
        if right.kind == .arena, left.kind == .scalar, operation == .add {
            state[Int(target.rawValue)] = .pointer(.arena)
            return
        }
        if left.isPointer, right.isPointer {
            // The difference of two pointers is a number that nobody can misuse.
            guard operation == .subtract, privileges.seesKernel else {
                throw Fault(
                    .pointerArithmetic,
                    "\(target) is \(left.title), and the other operand \(right.title): "
                        + (privileges.seesKernel
                            ? "only differences of pointers can be computed"
                            : "differences of pointers take CAP_PERFMON"))
            }
            state[Int(target.rawValue)] = .unknown
            return
        }
        if left.isPointer {
            if case .register(let register) = source { try requirePrecision(of: register) }
            try addToPointer(operation, width, target, source, left, right, isReversed: false)
        } else {
            try requirePrecision(of: target)
            try addToPointer(operation, width, target, source, right, left, isReversed: true)
        }
    }

    /// What is 0 or -1, as a sign shifted all the way down, is looked at as both, one by one, where
    /// it masks a constant: so compilers choose between two numbers.
    private mutating func splitMask(
        _ operation: Arithmetic, _ target: Register, _ left: RegisterState, _ right: RegisterState
    ) throws(Fault) -> RegisterState {
        guard operation == .and || operation == .or, right.number.isConstant else { return left }
        let number = left.number
        let isLong = number.leastSigned == -1 && number.greatestSigned == 0
        guard isLong || number.leastSignedWord == -1 && number.greatestSignedWord == 0 else {
            return left
        }
        var zero = left
        var ones = left
        if isLong {
            unlink(&zero)
            zero.number = Scalar(0)
            ones.number = Scalar(.max)
        } else {
            zero.number.settleWord(on: 0)
            ones.number.settleWord(on: .max)
        }
        var other = state
        other[Int(target.rawValue)] = zero
        // The other way begins with this instruction once more.
        try putAside(other, at: slot)
        return ones
    }

    private func checkConstant(
        _ operation: Arithmetic, _ width: Width, _ number: Int32
    ) throws(Fault) {
        switch operation {
        case .divide, .modulo, .divideSigned, .moduloSigned:
            guard number != 0 else { throw Fault(.invalidInstruction, "it divides by zero") }
        case .shiftLeft, .shiftRight, .shiftRightSigned:
            guard number >= 0, number < width.bitCount else {
                throw Fault(
                    .invalidInstruction, "\(width.bitCount) bits cannot be shifted by \(number)")
            }
        default: break
        }
    }

    private mutating func scalarArithmetic(
        _ operation: Arithmetic, _ width: Width, _ target: Register, _ left: RegisterState,
        _ right: RegisterState
    ) {
        var result = left
        if width == .word {
            result.number.applyToWord(operation, right.number)
        } else {
            result.number.apply(operation, right.number)
        }
        unlink(&result)
        state[Int(target.rawValue)] = result
    }

    /// Adds a number to a pointer, or subtracts it.
    private mutating func addToPointer(
        _ operation: Arithmetic, _ width: Width, _ target: Register, _ source: Source,
        _ pointer: RegisterState, _ number: RegisterState, isReversed: Bool
    ) throws(Fault) {
        // A number that cannot exist belongs to a branch that is never taken.
        guard !number.number.isEmpty else { return state[Int(target.rawValue)].forget() }
        guard width == .doubleWord else {
            guard operation == .subtract, privileges.seesKernel else {
                throw Fault(
                    .pointerArithmetic,
                    "\(target) is \(pointer.title): 32-bit arithmetic would cut the address")
            }
            return state[Int(target.rawValue)].forget()
        }
        guard !pointer.isNullable else {
            throw Fault(
                .possiblyNull,
                "\(target) is \(pointer.title) or null: nothing can be added before that is known")
        }
        try checkArithmetic(operation, on: pointer, number, target)
        let movement = try guardMovement(
            operation, source, target, pointer, number, isReversed: isReversed)
        switch operation {
        case .add: try sum(target, pointer, number)
        case .subtract:
            guard !isReversed else {
                throw Fault(
                    .pointerArithmetic, "\(pointer.title) cannot be subtracted from a number")
            }
            guard pointer.kind != .stack else {
                throw Fault(
                    .pointerArithmetic, "nothing can be subtracted from a pointer to the stack",
                    suggestion: "add a negative number instead")
            }
            try difference(target, pointer, number)
        default:
            throw Fault(
                .pointerArithmetic,
                "\(target) is \(pointer.title): only addition and subtraction are possible")
        }
        try checkReach(of: state[Int(target.rawValue)], "\(target)")
        try checkMoved(target)
        try guardMoved(operation, target, movement)
    }

    private func checkArithmetic(
        _ operation: Arithmetic, on pointer: RegisterState, _ number: RegisterState,
        _ target: Register
    ) throws(Fault) {
        let isKnown = number.number.isConstant
        switch pointer.kind {
        case .context, .mapValue, .mapKey, .stack, .packet, .packetMetadata, .tracepointBuffer,
            .structure, .memory, .buffer, .function, .arena:
            break
        case .flowKeys where isKnown: break
        case .map where number.isZero && operation == .add: break
        default:
            throw Fault(
                .pointerArithmetic, "\(target) is \(pointer.title): nothing can be added to it")
        }
        try checkReach(of: number, "the number that is added to \(pointer.title)")
        try checkReach(of: pointer, "\(target)")
    }

    private func checkReach(
        of value: RegisterState, _ name: @autoclosure () -> String
    ) throws(Fault) {
        let limit = Self.offsetLimit
        let number = value.number
        if let constant = number.constant.map(Int64.init(bitPattern:)) {
            guard constant > -limit, constant < limit else {
                throw Fault(.pointerArithmetic, "\(name()) is \(constant), which is too far away")
            }
        }
        guard Int64(value.offset) > -limit, Int64(value.offset) < limit else {
            throw Fault(
                .pointerArithmetic, "\(name()) has an offset of \(value.offset): too far away")
        }
        guard number.leastSigned != .min else {
            throw Fault(.possiblyNegative, "nothing is known of how small \(name()) may be")
        }
        guard number.leastSigned > -limit, number.leastSigned < limit else {
            throw Fault(
                number.leastSigned < 0 ? .possiblyNegative : .outOfBounds,
                "\(name()) may be \(number.leastSigned): too far away")
        }
    }

    private mutating func sum(
        _ target: Register, _ pointer: RegisterState, _ number: RegisterState
    ) throws(Fault) {
        var result = pointer
        if number.number.isConstant,
            let offset = Self.addition(
                pointer.offset, Int64(bitPattern: number.number.bits.value))
        {
            result.offset = offset
            state[Int(target.rawValue)] = result
            return
        }
        result.number.forgetWordRanges()
        result.number.apply(.add, number.number.withoutWordRanges)
        if pointer.isPacketData {
            result.id = newID()
            // What was known of the bytes after it holds no longer.
            result.detail = 0
        }
        state[Int(target.rawValue)] = result
    }

    private mutating func difference(
        _ target: Register, _ pointer: RegisterState, _ number: RegisterState
    ) throws(Fault) {
        var result = pointer
        if number.number.isConstant,
            let value = Optional(Int64(bitPattern: number.number.bits.value)), value != .min,
            let offset = Self.addition(pointer.offset, -value)
        {
            result.offset = offset
            state[Int(target.rawValue)] = result
            return
        }
        result.number.forgetWordRanges()
        result.number.apply(.subtract, number.number.withoutWordRanges)
        if pointer.isPacketData {
            result.id = newID()
            // Subtracting what may be negative adds.
            if number.number.leastSigned < 0 { result.detail = 0 }
        }
        state[Int(target.rawValue)] = result
    }

    private static func addition(_ offset: Int32, _ value: Int64) -> Int32? {
        let (sum, overflow) = Int64(offset).addingReportingOverflow(value)
        return overflow ? nil : Int32(exactly: sum)
    }
}
