import EBPFBytecode

/// Sequences that one instruction of the processor does.
extension ARM64Emitter {
    /// Translates a sequence that begins at an index; `nil` if none does.
    mutating func emitSequence(_ step: Step, _ index: Int) -> Int? {
        switch step.instruction {
        case .arithmetic(.shiftLeft, .doubleWord, let register, .immediate(let distance)):
            return emitExtension(index, register, register, distance)
                ?? emitScaledSum(index, register, register, distance)
        case .move(let width, let register, .register(let source)) where register != source:
            return emitRotation(index) ?? emitIntoAnother(index, width, register, source)
        default: return nil
        }
    }

    /// `r <<= n; r >>= n` cuts or extends the lower part.
    private mutating func emitExtension(
        _ index: Int, _ register: Register, _ source: Register, _ distance: Int32
    ) -> Int? {
        guard (1...63).contains(distance), let next = analysis.following(index),
            case .arithmetic(let kind, .doubleWord, register, .immediate(distance)) = next
        else { return nil }
        let count = 64 - Int(distance)
        switch kind {
        case .shiftRight:
            if count <= 32 {
                // Of the whole lower half, the move of a word.
                code.ubfm(.word, register.arm64, source.arm64, 0, count - 1)
            } else {
                code.ubfm(.doubleWord, register.arm64, source.arm64, 0, count - 1)
            }
            known.write(register, count <= 32 ? .word : .doubleWord)
        case .shiftRightSigned:
            code.sbfm(.doubleWord, register.arm64, source.arm64, 0, count - 1)
            known.write(register, .doubleWord)
        default: return nil
        }
        return index + 2
    }

    /// `a <<= 2; a += b` is one addition.
    private mutating func emitScaledSum(
        _ index: Int, _ register: Register, _ source: Register, _ distance: Int32
    ) -> Int? {
        guard (1...63).contains(distance),
            case .arithmetic(.add, .doubleWord, register, .register(let base)) = analysis.following(
                index),
            base != register
        else { return nil }
        code.add(
            .doubleWord, register.arm64, base.arm64,
            .shifted(source.arm64, .lsl, by: Int(distance)))
        known.write(register, .doubleWord)
        return index + 2
    }

    /// `a = b; a += c`: the operation has a destination of its own here.
    private mutating func emitIntoAnother(
        _ index: Int, _ width: Width, _ register: Register, _ source: Register
    ) -> Int? {
        guard
            case .arithmetic(let operation, let operationWidth, register, let operand) =
                analysis.following(index), operand != .register(register),
            // Operations on the lower half do not care how the upper one was moved.
            width == .doubleWord || operationWidth == .word
        else { return nil }
        if operation == .shiftLeft, operationWidth == .doubleWord, width == .doubleWord,
            case .immediate(let distance) = operand,
            let next = emitExtension(index + 1, register, source, distance)
                ?? emitScaledSum(index + 1, register, source, distance)
        {
            return next
        }
        emitArithmetic(operation, operationWidth, register, source, operand)
        return index + 2
    }

    private mutating func emitRotation(_ index: Int) -> Int? {
        guard let rotation = analysis.rotation(at: index) else { return nil }
        code.ror(
            rotation.width, rotation.result.arm64, rotation.source.arm64, by: rotation.distance)
        known.write(rotation.result, rotation.width)
        known.forget(rotation.lost)
        return index + rotation.stepCount
    }
}
