import EBPFBytecode

/// Arithmetic and moves.
extension ARM64Emitter {
    /// `register = left op source`; bytecode knows `register = register op source` only, but moves
    /// before it go into the same instruction here.
    mutating func emitArithmetic(
        _ operation: Arithmetic, _ width: Width, _ register: Register, _ left: Register,
        _ source: Source
    ) {
        let target = register.arm64
        switch operation {
        case .add, .subtract: return emitSum(operation, width, register, left, source)
        case .or: emitLogic(.orr, width, target, left.arm64, source)
        case .and: return emitAnd(width, register, left, source)
        case .xor: emitLogic(.eor, width, target, left.arm64, source)
        case .multiply: emitProduct(width, target, left.arm64, source)
        case .shiftLeft, .shiftRight, .shiftRightSigned:
            emitShift(operation, width, target, left.arm64, source)
        case .divide, .modulo, .divideSigned, .moduloSigned:
            emitDivision(operation, width, target, left.arm64, source)
        }
        known.write(register, width)
    }

    /// The register with a source's value: its own, or `free` with the constant.
    mutating func operand(_ source: Source, _ width: Width, _ free: ARM64Register) -> ARM64Register
    {
        switch source {
        case .register(let register): return register.arm64
        case .immediate(0): return .zero
        case .immediate(let value):
            code.loadConstant(free, Self.constant(value, width))
            return free
        }
    }

    /// A constant of an instruction, as wide as the operation.
    static func constant(_ value: Int32, _ width: Width) -> UInt64 {
        width == .word ? UInt64(UInt32(bitPattern: value)) : UInt64(bitPattern: Int64(value))
    }

    // MARK: Sums and logic

    private mutating func emitSum(
        _ operation: Arithmetic, _ width: Width, _ register: Register, _ left: Register,
        _ source: Source
    ) {
        let target = register.arm64
        guard case .immediate(let value) = source else {
            let right = operand(source, width, ARM64Registers.scratch)
            code.sum(
                operation == .add ? .add : .sub, width, target, left.arm64, .register(right))
            return known.write(register, width)
        }
        let change = operation == .add ? Int64(value) : -Int64(value)
        let offset = known.frameOffset(left)
        if change != 0 || width == .word || register != left {
            code.addConstant(
                width, target, left.arm64, change, scratch: ARM64Registers.scratch)
        }
        if let offset, width == .doubleWord,
            let moved = Int32(exactly: Int64(offset) + change), abs(Int(moved)) < 0x8000
        {
            return known.set(register, frameOffset: moved)
        }
        known.write(register, width)
    }

    private mutating func emitLogic(
        _ logic: ARM64Logic, _ width: Width, _ target: ARM64Register, _ left: ARM64Register,
        _ source: Source
    ) {
        switch source {
        case .register(let other): code.logic(logic, width, target, left, .register(other.arm64))
        case .immediate(let value):
            code.logicConstant(
                logic, width, target, left, Int64(value), scratch: ARM64Registers.scratch)
        }
    }

    private mutating func emitAnd(
        _ width: Width, _ register: Register, _ left: Register, _ source: Source
    ) {
        // A constant without a sign bit clears the upper half as well.
        let isNarrow = if case .immediate(let value) = source { value >= 0 } else { false }
        emitLogic(.and, isNarrow ? .word : width, register.arm64, left.arm64, source)
        known.write(register, isNarrow ? .word : width)
    }

    // MARK: Products and shifts

    private mutating func emitProduct(
        _ width: Width, _ target: ARM64Register, _ left: ARM64Register, _ source: Source
    ) {
        if case .immediate(let value) = source {
            if value > 0, value & (value - 1) == 0 {
                return code.lsl(width, target, left, by: value.trailingZeroBitCount)
            }
            // 3, 5, 9 …: itself and a multiple by a power of two.
            let rest = value &- 1
            if value > 2, rest & (rest - 1) == 0 {
                return code.add(
                    width, target, left, .shifted(left, .lsl, by: rest.trailingZeroBitCount))
            }
        }
        code.mul(width, target, left, operand(source, width, ARM64Registers.scratch))
    }

    /// Shifts; the distance counts modulo the width (RFC 9669, section 4.1), as on this processor.
    private mutating func emitShift(
        _ operation: Arithmetic, _ width: Width, _ target: ARM64Register, _ left: ARM64Register,
        _ source: Source
    ) {
        switch (operation, source) {
        case (.shiftLeft, .register(let other)): code.lsl(width, target, left, other.arm64)
        case (.shiftRight, .register(let other)): code.lsr(width, target, left, other.arm64)
        case (_, .register(let other)): code.asr(width, target, left, other.arm64)
        case (_, .immediate(let value)):
            let distance = Int(value) & (width.bitCount - 1)
            switch operation {
            case _ where distance == 0: code.mov(width, target, left)
            case .shiftLeft: code.lsl(width, target, left, by: distance)
            case .shiftRight: code.lsr(width, target, left, by: distance)
            default: code.asr(width, target, left, by: distance)
            }
        }
    }

    // MARK: Division

    /// Division never traps, neither in eBPF nor on this processor: by zero, the quotient is zero
    /// and so the remainder the dividend; the least number divided by −1 is itself.
    private mutating func emitDivision(
        _ operation: Arithmetic, _ width: Width, _ target: ARM64Register, _ left: ARM64Register,
        _ source: Source
    ) {
        let isQuotient = operation == .divide || operation == .divideSigned
        let isSigned = operation == .divideSigned || operation == .moduloSigned
        if case .immediate(let divisor) = source,
            emitSimpleDivision(by: divisor, isQuotient, isSigned, width, target, left)
        {
            return
        }
        let divisor = operand(source, width, ARM64Registers.scratch)
        let quotient = isQuotient ? target : ARM64Registers.scratch2
        if isSigned {
            code.sdiv(width, quotient, left, divisor)
        } else {
            code.udiv(width, quotient, left, divisor)
        }
        if !isQuotient { code.msub(width, target, quotient, divisor, left) }
    }

    /// Divisors that need no division; `false` if this is none.
    private mutating func emitSimpleDivision(
        by divisor: Int32, _ isQuotient: Bool, _ isSigned: Bool, _ width: Width,
        _ target: ARM64Register, _ left: ARM64Register
    ) -> Bool {
        switch (divisor, isQuotient) {
        case (0, true), (1, false): code.movz(.word, target, 0)
        case (0, false), (1, true): code.mov(width, target, left)
        case (-1, true) where isSigned: code.neg(width, target, left)
        case (-1, false) where isSigned: code.movz(.word, target, 0)
        case _ where !isSigned && divisor > 0 && divisor & (divisor - 1) == 0:
            if isQuotient {
                code.lsr(width, target, left, by: divisor.trailingZeroBitCount)
            } else {
                code.and(.word, target, left, .immediate(UInt64(divisor - 1)))
            }
        default: return false
        }
        return true
    }
}
