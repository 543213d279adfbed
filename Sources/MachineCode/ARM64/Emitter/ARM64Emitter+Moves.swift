import EBPFBytecode

/// Moves, constants, and bytes in other orders.
extension ARM64Emitter {
    mutating func emitMove(_ width: Width, _ register: Register, _ source: Source) {
        switch source {
        case .immediate(let value): setConstant(register, Self.constant(value, width))
        case .register(let other): emitMove(width, register, from: other)
        }
    }

    private mutating func emitMove(_ width: Width, _ register: Register, from other: Register) {
        let isNarrow = known.narrow.contains(other)
        if register == other {
            guard width == .word, !isNarrow else { return }
            code.mov(.word, register.arm64, other.arm64)
            return known.write(register, .word)
        }
        code.mov(isNarrow ? .word : width, register.arm64, other.arm64)
        if width == .doubleWord, let offset = known.frameOffset(other) {
            known.set(register, frameOffset: offset)
        } else if width == .doubleWord, let constant = known.constant(other) {
            known.set(register, constant: constant)
        } else {
            known.write(register, isNarrow ? .word : width)
        }
    }

    mutating func emitMoveSigned(
        _ width: Width, _ register: Register, _ size: MemorySize, _ source: Register
    ) {
        code.sxt(size, width, register.arm64, source.arm64)
        known.write(register, width)
    }

    mutating func emitConstant(_ register: Register, _ value: WideImmediate, _ step: Step) {
        switch value {
        case .constant(let number): setConstant(register, number)
        case .function:
            setConstant(register, analysis.unit.functionAddresses[Int(step.slot)] ?? 0)
        // The analysis refuses what does not stand for an address.
        default: setConstant(register, 0)
        }
    }

    private mutating func setConstant(_ register: Register, _ constant: UInt64) {
        code.loadConstant(register.arm64, constant)
        known.set(register, constant: constant)
    }

    /// Reverses the bytes of the low part, and cuts the rest off.
    mutating func emitSwap(_ register: Register, _ size: MemorySize) {
        let target = register.arm64
        switch size {
        case .doubleWord: code.rev(.doubleWord, target, target)
        case .word: code.rev(.word, target, target)
        case .byte, .halfWord:
            code.rev16(.word, target, target)
            code.uxt(.halfWord, target, target)
        }
        known.write(register, size == .doubleWord ? .doubleWord : .word)
    }

    /// The host's order is the little one: nothing to reverse.
    mutating func emitCut(_ register: Register, _ size: MemorySize) {
        guard size != .doubleWord else { return }
        code.uxt(size == .word ? .word : .halfWord, register.arm64, register.arm64)
        known.write(register, .word)
    }
}
