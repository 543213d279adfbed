import EBPFBytecode

/// Arithmetic and moves.
extension X86Emitter {
    mutating func emitArithmetic(
        _ operation: Arithmetic, _ width: Width, _ register: Register, _ source: Source,
        _ step: Step
    ) {
        let target = register.x86
        switch operation {
        case .add: emitAdd(width, register, source); return
        case .subtract:
            if case .immediate(let value) = source, value != .min {
                emitAdd(width, register, .immediate(-value))
                return
            }
            apply(.subtract, width, target, source)
        case .or: apply(.or, width, target, source)
        case .xor: apply(.xor, width, target, source)
        case .and: emitAnd(width, register, source); return
        case .multiply: emitMultiply(width, target, source)
        case .shiftLeft: emitShift(.left, width, target, source)
        case .shiftRight: emitShift(.right, width, target, source)
        case .shiftRightSigned: emitShift(.rightSigned, width, target, source)
        case .divide, .modulo, .divideSigned, .moduloSigned:
            emitDivision(operation, width, register, source, step)
        }
        known.write(register, width)
    }

    /// `op target, source`; r10 as a source is the program's address of the frame.
    mutating func apply(
        _ operation: X86Operation, _ width: Width, _ target: X86Register, _ source: Source
    ) {
        switch source {
        case .register(.r10): code.apply(operation, width, target, frame.frameAddress)
        case .register(let other): code.apply(operation, width, target, other.x86)
        case .immediate(let value): code.apply(operation, width, target, value)
        }
    }

    private mutating func emitAdd(_ width: Width, _ register: Register, _ source: Source) {
        let offset = known.frameOffset(register)
        switch source {
        case .immediate(let value):
            if value == 0, width == .doubleWord { return }
            code.apply(.add, width, register.x86, value)
            if let offset, width == .doubleWord, abs(Int(offset) + Int(value)) < 0x8000 {
                return known.set(register, frameOffset: offset + value)
            }
        default: apply(.add, width, register.x86, source)
        }
        known.write(register, width)
    }

    private mutating func emitAnd(_ width: Width, _ register: Register, _ source: Source) {
        guard case .immediate(let value) = source else {
            apply(.and, width, register.x86, source)
            return known.write(register, width)
        }
        switch value {
        case 0xff: code.extendZeros(from: .byte, register.x86, register.x86)
        case 0xffff: code.extendZeros(from: .halfWord, register.x86, register.x86)
        // A constant without a sign bit clears the upper half as well.
        default: code.apply(.and, value >= 0 ? .word : width, register.x86, value)
        }
        known.write(register, value >= 0 ? .word : width)
    }

    private mutating func emitMultiply(_ width: Width, _ target: X86Register, _ source: Source) {
        switch source {
        case .register(.r10):
            code.load(.doubleWord, X86Registers.scratch, frame.frameAddress)
            code.multiply(width, target, X86Registers.scratch)
        case .register(let other): code.multiply(width, target, other.x86)
        case .immediate(let value):
            switch value {
            case 0: code.clear(target)
            case 3, 5, 9:
                let scale = UInt8(truncatingIfNeeded: value - 1).trailingZeroBitCount
                code.loadAddress(
                    width, target, X86Place(target, index: target, scale: UInt8(scale)))
            case _ where value > 0 && value & (value - 1) == 0:
                emitShift(.left, width, target, .immediate(Int32(value.trailingZeroBitCount)))
            default: code.multiply(width, target, target, value)
            }
        }
    }

    /// Shifts; the distance counts modulo the width (RFC 9669, section 4.1), as on this processor.
    private mutating func emitShift(
        _ kind: X86Shift, _ width: Width, _ target: X86Register, _ source: Source
    ) {
        switch source {
        case .immediate(let value):
            let distance = UInt8(truncatingIfNeeded: value) & (width == .word ? 31 : 63)
            if distance == 0 {
                if width == .word { code.move(.word, target, target) }
            } else {
                code.shift(kind, width, target, by: distance)
            }
        case .register(let register):
            var distance = register.x86
            if register == .r10 {
                code.load(.doubleWord, X86Registers.scratch2, frame.frameAddress)
                distance = X86Registers.scratch2
            }
            emitShift(kind, width, target, by: distance)
        }
    }

    private mutating func emitShift(
        _ kind: X86Shift, _ width: Width, _ target: X86Register, by distance: X86Register
    ) {
        let scratch = X86Registers.scratch
        if features.hasBMI2 {
            code.shift(kind, width, target, target, by: distance)
        } else if target == .rcx {
            code.move(.doubleWord, scratch, target)
            if distance != .rcx { code.move(.word, .rcx, distance) }
            code.shiftByCL(kind, width, scratch)
            code.move(width, .rcx, scratch)
        } else if distance == .rcx {
            code.shiftByCL(kind, width, target)
        } else {
            code.move(.doubleWord, scratch, .rcx)
            code.move(.word, .rcx, distance)
            code.shiftByCL(kind, width, target)
            code.move(.doubleWord, .rcx, scratch)
        }
    }

    // MARK: Moves

    mutating func emitMove(_ width: Width, _ register: Register, _ source: Source) {
        switch source {
        case .immediate(0):
            code.clear(register.x86)
            known.set(register, constant: 0)
        case .immediate(let value):
            let constant =
                width == .word
                ? UInt64(UInt32(bitPattern: value)) : UInt64(bitPattern: Int64(value))
            code.move(register.x86, constant: constant)
            known.set(register, constant: constant)
        case .register(.r10):
            code.load(width == .word ? .word : .doubleWord, register.x86, frame.frameAddress)
            width == .word
                ? known.write(register, .word) : known.set(register, frameOffset: 0)
        case .register(let other): emitMove(width, register, from: other)
        }
    }

    private mutating func emitMove(_ width: Width, _ register: Register, from other: Register) {
        let isNarrow = known.narrow.contains(other)
        if register == other {
            if width == .word, !isNarrow {
                code.move(.word, register.x86, other.x86)
                known.write(register, .word)
            }
            return
        }
        code.move(isNarrow ? .word : width, register.x86, other.x86)
        if let offset = known.frameOffset(other), width == .doubleWord {
            known.set(register, frameOffset: offset)
        } else if let constant = known.constant(other), width == .doubleWord {
            known.set(register, constant: constant)
        } else {
            known.write(register, isNarrow ? .word : width)
        }
    }

    mutating func emitMoveSigned(
        _ width: Width, _ register: Register, _ size: MemorySize, _ source: Register
    ) {
        var from = source.x86
        if source == .r10 {
            code.load(.doubleWord, X86Registers.scratch, frame.frameAddress)
            from = X86Registers.scratch
        }
        code.extendSign(from: size, to: width, register.x86, from)
        known.write(register, width)
    }

    mutating func emitConstant(_ register: Register, _ value: WideImmediate, _ step: Step) {
        var constant: UInt64 = 0
        switch value {
        case .constant(let number): constant = number
        case .function: constant = analysis.unit.functionAddresses[Int(step.slot)] ?? 0
        default: break
        }
        if constant == 0 {
            code.clear(register.x86)
        } else {
            code.move(register.x86, constant: constant)
        }
        known.set(register, constant: constant)
    }

    /// Reverses the bytes of the low part, and cuts the rest off.
    mutating func emitSwap(_ register: Register, _ size: MemorySize) {
        switch size {
        case .doubleWord: code.swapBytes(.doubleWord, register.x86)
        case .word: code.swapBytes(.word, register.x86)
        case .byte, .halfWord:
            code.swapLowBytes(register.x86)
            code.extendZeros(from: .halfWord, register.x86, register.x86)
        }
        known.write(register, size == .doubleWord ? .doubleWord : .word)
    }

    /// The host's order is the little one: nothing to reverse.
    mutating func emitCut(_ register: Register, _ size: MemorySize) {
        guard size != .doubleWord else { return }
        code.extendZeros(from: size == .word ? .word : .halfWord, register.x86, register.x86)
        known.write(register, .word)
    }
}
