import EBPFBytecode

/// What back ends ask about steps and those that follow them.
extension UnitAnalysis {
    /// The instruction after a step, if control can only come from there.
    @inline(__always)
    func following(_ index: Int) -> Instruction? {
        let next = index + 1
        guard next < steps.count, !steps[next].isTarget else { return nil }
        return steps[next].instruction
    }

    /// The function that a step belongs to.
    func functionIndex(at step: Int) -> Int {
        // Functions lie in the order of their steps.
        var (low, high) = (0, functions.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if functions[middle].steps.lowerBound <= step {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }

    /// The rotation that begins at a step, if one does.
    ///
    /// eBPF cannot rotate: compilers write two shifts in opposite directions and join the parts.
    func rotation(at index: Int) -> Rotation? {
        guard case .move(let width, let copy, .register(let source)) = steps[index].instruction,
            copy != source, source != .r10,
            case .arithmetic(let kind, width, _, .immediate) = following(index),
            kind == .shiftLeft || kind == .shiftRight
        else { return nil }
        return rotationInPlace(index, width, copy, source)
            ?? rotationIntoAnother(index, width, copy, source)
    }

    /// `t = x; t <<= n; x >>= 64 - n; x |= t` and its relatives, if `t` is not needed.
    private func rotationInPlace(
        _ index: Int, _ width: Width, _ copy: Register, _ source: Register
    ) -> Rotation? {
        guard
            case .arithmetic(let first, width, let firstRegister, .immediate(let near)) =
                following(index),
            case .arithmetic(let second, width, let secondRegister, .immediate(let far)) =
                following(index + 1),
            case .arithmetic(let join, width, let result, .register(let other)) =
                following(index + 2),
            let distance = Rotation.distance((first, near), (second, far), join, width)
        else { return nil }
        let pair = (firstRegister, secondRegister)
        guard pair == (copy, source) || pair == (source, copy),
            (result, other) == (copy, source) || (result, other) == (source, copy),
            !steps[index + 3].live.contains(other)
        else { return nil }
        return Rotation(
            width: width, result: result, source: source, distance: distance, lost: other,
            stepCount: 4)
    }

    /// `t = x; t >>= 32 - n; a = x; a <<= n; a |= t`, if `t` is not needed.
    private func rotationIntoAnother(
        _ index: Int, _ width: Width, _ part: Register, _ source: Register
    ) -> Rotation? {
        guard case .arithmetic(let first, width, part, .immediate(let near)) = following(index),
            case .move(let moved, let result, .register(source)) = following(index + 1),
            moved == width || width == .word, result != part, result != source,
            case .arithmetic(let second, width, result, .immediate(let far)) =
                following(index + 2),
            case .arithmetic(let join, width, result, .register(part)) = following(index + 3),
            let distance = Rotation.distance((first, near), (second, far), join, width),
            !steps[index + 4].live.contains(part)
        else { return nil }
        return Rotation(
            width: width, result: result, source: source, distance: distance, lost: part,
            stepCount: 5)
    }
}

/// A sequence of steps that rotates a register.
struct Rotation {
    let width: Width
    let result: Register
    let source: Register
    /// By how many bits to the right.
    let distance: Int
    /// The register that held the other part; nothing is known about it afterwards.
    let lost: Register
    let stepCount: Int

    /// How far two shifts and what joins them rotate to the right, if they do.
    fileprivate static func distance(
        _ first: (kind: Arithmetic, by: Int32), _ second: (kind: Arithmetic, by: Int32),
        _ join: Arithmetic, _ width: Width
    ) -> Int? {
        guard join == .or || join == .xor || join == .add, first.by > 0, second.by > 0,
            Int(first.by) + Int(second.by) == width.bitCount
        else { return nil }
        return switch (first.kind, second.kind) {
        case (.shiftLeft, .shiftRight): Int(second.by)
        case (.shiftRight, .shiftLeft): Int(first.by)
        default: nil
        }
    }
}
