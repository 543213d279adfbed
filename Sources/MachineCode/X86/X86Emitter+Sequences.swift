import EBPFBytecode

/// Sequences that one or two instructions of the processor do.
extension X86Emitter {
    /// Translates a sequence that begins at an index; `nil` if none does.
    mutating func emitSequence(_ step: Step, _ index: Int) -> Int? {
        switch step.instruction {
        case .arithmetic(.shiftLeft, .doubleWord, let register, .immediate(let distance)):
            return emitExtension(index, register, register, distance)
                ?? emitScaledSum(index, register, distance)
        case .move(let width, let register, .register(let source))
        where source != .r10 && register != source:
            return emitRotation(index) ?? emitSum(index, width, register, source)
        case .branch(let comparison, let width, let first, let second, _):
            return emitChoice(index, comparison, width, first, second)
                ?? emitBranchOver(index, comparison, width, first, second)
        case .load(let size, let register, let place):
            return emitMemoryOperand(index, size, register, place)
        default: return nil
        }
    }

    /// A branch over a jump is one that goes where the jump goes, if the condition does not hold.
    private mutating func emitBranchOver(
        _ index: Int, _ comparison: Comparison, _ width: Width, _ first: Register,
        _ second: Source
    ) -> Int? {
        guard Int(analysis.steps[index].target) == index + 2,
            case .jump = analysis.following(index)
        else { return nil }
        compare(comparison, width, first, second)
        jump(if: condition(comparison).inverse, index + 1)
        return index + 2
    }

    /// `r <<= n; r >>= n` cuts or extends the lower part.
    private mutating func emitExtension(
        _ index: Int, _ register: Register, _ source: Register, _ distance: Int32
    ) -> Int? {
        let size: MemorySize
        switch distance {
        case 32: size = .word
        case 48: size = .halfWord
        case 56: size = .byte
        default: return nil
        }
        guard let next = analysis.following(index),
            case .arithmetic(let kind, .doubleWord, register, .immediate(distance)) = next
        else { return nil }
        switch kind {
        case .shiftRight:
            code.extendZeros(from: size, register.x86, source.x86)
            known.write(register, .word)
        case .shiftRightSigned:
            code.extendSign(from: size, to: .doubleWord, register.x86, source.x86)
            known.write(register, .doubleWord)
        default: return nil
        }
        return index + 2
    }

    /// `i <<= 2; a = b; a += i` is one `lea`, if `i` is not needed.
    private mutating func emitScaledSum(
        _ index: Int, _ register: Register, _ distance: Int32
    ) -> Int? {
        guard (1...3).contains(distance),
            case .move(.doubleWord, let target, .register(let base)) = analysis.following(index),
            case .arithmetic(.add, .doubleWord, target, .register(register)) =
                analysis.following(index + 1),
            target != register, base != register, base != .r10,
            !analysis.steps[index + 2].live.contains(register)
        else { return nil }
        code.loadAddress(
            .doubleWord, target.x86,
            X86Place(base.x86, index: register.x86, scale: UInt8(distance)))
        known.write(target, .doubleWord)
        known.forget(register)
        return index + 3
    }

    /// `a = b; a += c`, `a = b; a <<= 2; a += c` and the like are one `lea`.
    private mutating func emitSum(
        _ index: Int, _ width: Width, _ register: Register, _ source: Register
    ) -> Int? {
        guard let next = analysis.following(index) else { return nil }
        switch next {
        case .arithmetic(.shiftLeft, .doubleWord, register, .immediate(let distance)):
            if width == .doubleWord,
                let end = emitExtension(index + 1, register, source, distance)
            {
                return end
            }
            guard width == .doubleWord, (1...3).contains(distance),
                case .arithmetic(.add, .doubleWord, register, .register(let base)) =
                    analysis.following(index + 1), base != .r10, base != register
            else { return nil }
            code.loadAddress(
                .doubleWord, register.x86,
                X86Place(base.x86, index: source.x86, scale: UInt8(distance)))
            known.write(register, .doubleWord)
            return index + 3
        case .arithmetic(.add, width, register, .immediate(let value)):
            // Offsets from the frame are followed elsewhere.
            guard known.frameOffset(source) == nil else { return nil }
            code.loadAddress(width, register.x86, X86Place(source.x86, value))
            known.write(register, width)
            return index + 2
        case .arithmetic(.add, width, register, .register(let other))
        where other != .r10 && other != register:
            code.loadAddress(width, register.x86, X86Place(source.x86, index: other.x86))
            known.write(register, width)
            return index + 2
        default: return nil
        }
    }

    /// Translates a rotation; only BMI2 rotates into another register.
    private mutating func emitRotation(_ index: Int) -> Int? {
        guard features.hasBMI2, let rotation = analysis.rotation(at: index) else { return nil }
        code.rotateRight(
            rotation.width, rotation.result.x86, rotation.source.x86,
            by: UInt8(rotation.distance))
        known.write(rotation.result, rotation.width)
        known.forget(rotation.lost)
        return index + rotation.stepCount
    }

    /// `t = *m; a += t` has `m` as its operand, and `t = *m; t += a; *m = t` changes it in place, if
    /// `t` is not needed.
    private mutating func emitMemoryOperand(
        _ index: Int, _ size: MemorySize, _ value: Register, _ operand: MemoryOperand
    ) -> Int? {
        guard size == .word || size == .doubleWord, operand.base != value,
            case .arithmetic(let kind, let width, let target, let source) = analysis.following(
                index),
            width == (size == .word ? .word : .doubleWord),
            let operation = X86Operation(kind), needsNoTest(operand, size, analysis.steps[index])
        else { return nil }
        let step = analysis.steps[index]
        let unused = Detour(.load(size, value), stubs.fault, step)
        if target != value {
            guard source == .register(value), !analysis.steps[index + 1].live.contains(value)
            else { return nil }
            let access = place(operand, size, step, isWrite: false, unused)
            code.apply(operation, width, target.x86, access)
            known.write(target, width)
            known.forget(value)
            return index + 2
        }
        guard case .store(size, operand, .register(value)) = analysis.following(index + 1),
            !analysis.steps[index + 2].live.contains(value),
            needsNoTest(operand, size, analysis.steps[index + 2])
        else { return nil }
        if source == .register(.r10) || source == .register(value) { return nil }
        let access = place(operand, size, analysis.steps[index + 2], isWrite: true, unused)
        switch source {
        case .immediate(let constant): code.apply(operation, width, access, constant)
        case .register(let other): code.apply(operation, width, access, other.x86)
        }
        known.forget(value)
        return index + 3
    }
}

extension X86Operation {
    /// The operation that can have its operand in memory, if there is one.
    fileprivate init?(_ kind: Arithmetic) {
        switch kind {
        case .add: self = .add
        case .subtract: self = .subtract
        case .and: self = .and
        case .or: self = .or
        case .xor: self = .xor
        default: return nil
        }
    }
}
