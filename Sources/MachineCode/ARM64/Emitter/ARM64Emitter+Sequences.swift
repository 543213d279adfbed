import EBPFBytecode

/// Sequences that one instruction of the processor does.
extension ARM64Emitter {
    /// Translates a sequence that begins at an index; `nil` if none does.
    mutating func emitSequence(_ index: Int) -> Int? {
        switch analysis.steps[index].instruction {
        case .arithmetic(.shiftLeft, .doubleWord, let register, .immediate(let distance)):
            return emitExtension(index, register, register, distance)
                ?? emitScaledSum(index, register, register, distance)
        case .move(let width, let register, .register(let source)) where register != source:
            return emitRotation(index, width, register, source)
                ?? emitCopiedRotation(index, width, register, source)
                ?? emitIntoAnother(index, width, register, source)
        default: return nil
        }
    }

    /// `r <<= n; r >>= n` cuts or extends the lower part.
    private mutating func emitExtension(
        _ index: Int, _ register: Register, _ source: Register, _ distance: Int32
    ) -> Int? {
        guard (1...63).contains(distance), let next = following(index),
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
            case .arithmetic(.add, .doubleWord, register, .register(let base)) = following(index),
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
                following(index), operand != .register(register),
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

    /// `t = x; t <<= n; x >>= 64 - n; x |= t` and its relatives rotate, if `t` is not needed.
    private mutating func emitRotation(
        _ index: Int, _ width: Width, _ copy: Register, _ source: Register
    ) -> Int? {
        guard source != .r10,
            case .arithmetic(let first, width, let firstRegister, .immediate(let near)) =
                following(index),
            case .arithmetic(let second, width, let secondRegister, .immediate(let far)) =
                following(index + 1),
            case .arithmetic(let join, width, let result, .register(let other)) =
                following(index + 2),
            join == .or || join == .xor || join == .add,
            near > 0, far > 0, Int(near) + Int(far) == width.bitCount
        else { return nil }
        let pair = (firstRegister, secondRegister)
        guard pair == (copy, source) || pair == (source, copy),
            (result, other) == (copy, source) || (result, other) == (source, copy),
            !analysis.steps[index + 3].live.contains(other)
        else { return nil }
        let right: Int32
        switch (first, second) {
        case (.shiftLeft, .shiftRight): right = far
        case (.shiftRight, .shiftLeft): right = near
        default: return nil
        }
        code.ror(width, result.arm64, source.arm64, by: Int(right))
        known.write(result, width)
        known.forget(other)
        return index + 4
    }

    /// `t = x; t >>= 32 - n; a = x; a <<= n; a |= t` rotates into another register, if `t` is not
    /// needed.
    private mutating func emitCopiedRotation(
        _ index: Int, _ width: Width, _ part: Register, _ source: Register
    ) -> Int? {
        guard case .arithmetic(let first, width, part, .immediate(let near)) = following(index),
            case .move(let moved, let result, .register(source)) = following(index + 1),
            moved == width || width == .word, result != part, result != source,
            case .arithmetic(let second, width, result, .immediate(let far)) =
                following(index + 2),
            case .arithmetic(let join, width, result, .register(part)) = following(index + 3),
            join == .or || join == .xor || join == .add,
            near > 0, far > 0, Int(near) + Int(far) == width.bitCount,
            !analysis.steps[index + 4].live.contains(part)
        else { return nil }
        let right: Int32
        switch (first, second) {
        case (.shiftLeft, .shiftRight): right = far
        case (.shiftRight, .shiftLeft): right = near
        default: return nil
        }
        code.ror(width, result.arm64, source.arm64, by: Int(right))
        known.write(result, width)
        known.forget(part)
        return index + 5
    }
}
