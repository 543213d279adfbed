import EBPFBytecode

/// What steps make of the numbers.
extension RangeState {
    /// Executes a step; branches teach elsewhere.
    mutating func execute(_ index: Int, _ context: RangeAnalysis) {
        switch context.analysis.steps[index].instruction {
        case .arithmetic(let operation, let width, let register, let source):
            compute(operation, width, register, source)
        case .negate(let width, let register):
            self[register] = Interval.result(.subtract, width, Interval(0), self[register])
        case .move(let width, let register, .register(let source))
        where width == .doubleWord || self[source].isNarrow:
            copy(source, to: register, atStep: index)
        case .move(let width, let register, let source):
            let number = interval(source, width)
            self[register] = width == .word ? number.word : number
        case .moveSigned(let width, let register, let size, let source):
            // A number whose sign bit is clear stays what it is.
            let isPositive = self[source].greatest >> UInt64(8 * size.byteCount - 1) == 0
            self[register] =
                isPositive ? self[source] : width == .word ? .anyWord : .any
        case .convert(let register, _, let size), .swap(let register, let size):
            self[register] = Interval(byteCount: size.byteCount)
        case .castAddressSpace(let register, _, _, _): self[register] = .any
        case .loadImmediate(let register, .constant(let value)):
            self[register] = Interval(value)
        case .loadImmediate(let register, _): self[register] = .any
        case .load(let size, let register, let place):
            load(size, register, place, context)
        case .loadSigned(_, let register, _): self[register] = .any
        case .loadAcquire(let size, let register, _):
            self[register] = Interval(byteCount: size.byteCount)
        case .store(let size, let place, let source):
            store(size, place, source, context)
        case .storeRelease(let size, let place, _): overwrite(size, place, context)
        case .atomic(_, let size, let place, _):
            overwrite(size, place, context)
            forget(context.analysis.steps[index].traits.writes)
        case .call, .loadPacket:
            // Whatever is called may write through any address that it finds.
            forgetSpills()
            forget(RegisterSet.arguments.union(RegisterSet(.r0)))
        case .jump, .branch, .mayJump, .exit: break
        }
    }

    private mutating func compute(
        _ operation: Arithmetic, _ width: Width, _ register: Register, _ source: Source
    ) {
        let right = interval(source, width)
        if width == .doubleWord, operation == .add, let constant = right.value {
            add(constant, to: register)
        } else if width == .doubleWord, operation == .subtract, let constant = right.value {
            add(0 &- constant, to: register)
        } else {
            self[register] = Interval.result(operation, width, self[register], right)
        }
    }

    // MARK: Memory

    private mutating func load(
        _ size: MemorySize, _ register: Register, _ place: MemoryOperand,
        _ context: RangeAnalysis
    ) {
        if place.base == .r10, let spill = context.places.index(of: place, size) {
            self[tracked: register] = spills[spill]
        } else {
            self[register] = Interval(byteCount: size.byteCount)
        }
    }

    private mutating func store(
        _ size: MemorySize, _ place: MemoryOperand, _ source: Source, _ context: RangeAnalysis
    ) {
        overwrite(size, place, context)
        guard place.base == .r10, case .register(let register) = source,
            let spill = context.places.index(of: place, size)
        else { return }
        self.spill(self[tracked: register], to: spill)
    }

    /// Forgets what a store may have changed.
    private mutating func overwrite(
        _ size: MemorySize, _ place: MemoryOperand, _ context: RangeAnalysis
    ) {
        if place.base == .r10 {
            for spill in context.places.indices(changedBy: place, size) {
                self.spill(.unknown, to: spill)
            }
            return
        }
        let addresses = self[place.base].adding(place)
        if context.premises.mayTouchStack(addresses, byteCount: size.byteCount) { forgetSpills() }
    }

    // MARK: Branches

    /// Learns that a comparison is true; returns whether it can be.
    mutating func assume(
        _ comparison: Comparison, _ width: Width, _ first: Register, _ second: Source
    ) -> Bool {
        var left = self[first], right = interval(second, width)
        if width == .word {
            // Where upper halves are zero, and signs too, words compare as what they are in.
            guard left.isNarrow, right.isNarrow,
                !comparison.isSigned || left.isPositive(.word) && right.isPositive(.word)
            else { return true }
        }
        guard Interval.assume(comparison, &left, &right), learn(left, of: first) else {
            return false
        }
        guard case .register(let other) = second else { return true }
        return learn(right, of: other)
    }
}

extension Interval {
    /// The addresses of an access, from those in its base.
    func adding(_ place: MemoryOperand) -> Interval {
        adding(Interval(UInt64(bitPattern: Int64(place.displacement))))
    }
}

extension Comparison {
    /// Whether it reads numbers as signed.
    fileprivate var isSigned: Bool {
        switch self {
        case .greaterSigned, .greaterOrEqualSigned, .lessSigned, .lessOrEqualSigned: true
        default: false
        }
    }
}
