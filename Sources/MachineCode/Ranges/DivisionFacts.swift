import EBPFBytecode

/// What is known of the numbers of an unsigned division: processors divide short ones much faster, and
/// what is not zero needs no test.
struct DivisionFacts: Hashable, Sendable {
    /// Whether both numbers have no more than 32 bits.
    var isNarrow = false
    /// Whether the divisor is not zero.
    var hasDivisor = false

    /// Finds out about an instruction, if it is an unsigned division of which something is known.
    init?(_ instruction: Instruction, _ state: RangeState) {
        guard case .arithmetic(let operation, let width, let register, let source) = instruction,
            operation == .divide || operation == .modulo
        else { return nil }
        let whole = state.interval(source, width)
        let divisor = width == .word ? whole.word : whole
        hasDivisor = divisor.least > 0
        isNarrow = max(state[register].greatest, divisor.greatest) >> 32 == 0
        if !hasDivisor, !isNarrow { return nil }
    }
}
