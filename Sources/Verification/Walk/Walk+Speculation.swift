import EBPFBytecode
import EBPFObjectFile

/// What a processor might do on a wrong guess, where the kernel guards against it.
extension Walk {
    /// Puts aside the way that a branch cannot go; there nothing is known of what was compared.
    mutating func guess(
        _ register: Register, _ source: Source, at target: Int
    ) throws(Fault) {
        guard privileges.guardsSpeculation else { return }
        var other = state
        other.isSpeculative = true
        other[Int(register.rawValue)] = .unknown
        if case .register(let second) = source { other[Int(second.rawValue)] = .unknown }
        try putAside(other, at: target)
    }

    /// Executes on a path that is only guessed: where it fails, a barrier ends the guess.
    mutating func executeGuessed(_ instruction: Instruction) throws(Fault) -> Continuation {
        if speculation.hasBarrier[slot] { return .end }
        let continuation: Continuation
        do throws(Fault) {
            continuation = try execute(instruction)
        } catch  where error.endsOnlyGuesses {
            speculation.putBarrier(before: slot)
            return .end
        }
        return speculation.endsGuesses[slot] ? .end : continuation
    }

    // MARK: Arithmetic

    /// What is known of arithmetic with a pointer before it happens.
    struct Movement {
        var mask = SpeculationNotes.Mask()
        var goesDown = false
    }

    private var isMasked: Bool {
        privileges.guardsSpeculation && !speculation.hasBarrier[slot]
    }

    /// An addition or subtraction of numbers, at an instruction that must not move pointers on other
    /// paths.
    mutating func guardNumbers(_ operation: Arithmetic, _ source: Source) throws(Fault) {
        guard case .register = source, operation == .add || operation == .subtract, isMasked
        else { return }
        guard speculation.mask(slot, .init()) else { throw otherPath(operation) }
    }

    /// Before a pointer is moved by a register; `nil` if nothing has to be done afterwards.
    mutating func guardMovement(
        _ operation: Arithmetic, _ source: Source, _ target: Register, _ pointer: RegisterState,
        _ number: RegisterState, isReversed: Bool
    ) throws(Fault) -> Movement? {
        guard case .register(let register) = source, operation == .add || operation == .subtract,
            isMasked
        else { return nil }
        let scalar = number.number
        let isNegative = scalar.leastSigned < 0
        var movement = Movement()
        if !state.isSpeculative {
            let offset = isReversed ? target : register
            guard scalar.isConstant || isNegative == (scalar.greatestSigned < 0) else {
                throw guessed(
                    "\(offset), which may be negative and may be not, moves \(pointer.title)",
                    "test first that \(offset) is not negative, or make it unsigned")
            }
            movement.goesDown = isNegative == (operation == .add)
            movement.mask = .init(
                movesPointer: true, isNegative: isNegative, isConstant: scalar.isConstant,
                isPointerFirst: !isReversed,
                limit: try reach(of: pointer, movement.goesDown, operation))
            if !scalar.isConstant {
                speculation.tellsNumbersApart = true
                comparison.demands = demands
            }
        }
        if !scalar.isConstant {
            // The masked offset may be 0.
            var other = state
            other.isSpeculative = true
            if isReversed { other[Int(target.rawValue)] = pointer }
            try putAside(other, at: slot + 1)
        }
        return state.isSpeculative ? nil : movement
    }

    /// After it was moved: how far it may have got decides about the mask.
    mutating func guardMoved(
        _ operation: Arithmetic, _ target: Register, _ movement: Movement?
    ) throws(Fault) {
        guard var movement else { return }
        let after = try reach(
            of: state[Int(target.rawValue)], movement.goesDown, operation)
        movement.mask.limit = abs(movement.mask.limit - after)
        guard speculation.mask(slot, movement.mask) else { throw otherPath(operation) }
    }

    /// How far a pointer is from the end towards which it is moved.
    private func reach(
        of pointer: RegisterState, _ goesDown: Bool, _ operation: Arithmetic
    ) throws(Fault) -> Int64 {
        let reach: Int64
        let size: Int64
        switch pointer.kind {
        case .stack:
            size = Self.stackSize + (goesDown ? 1 : 0)
            reach = -(Int64(bitPattern: pointer.number.bits.value) &+ Int64(pointer.offset))
        case .mapValue:
            size = Int64(subject.maps[Int(pointer.detail)].valueSize)
            let variable =
                goesDown
                ? pointer.number.leastSigned : Int64(bitPattern: pointer.number.greatest)
            reach = variable &+ Int64(pointer.offset)
        default:
            throw guessed(
                "\(pointer.title) is moved by a register",
                "copy the bytes first, or add constants only")
        }
        // Only 32 bits of it are looked at.
        let bits = Int64(UInt32(truncatingIfNeeded: reach))
        guard bits < size else {
            throw guessed(
                "\(pointer.title) may be moved past its end",
                "test the offset before it is added")
        }
        return bits
    }

    /// Wherever a pointer is moved, it must stay in what it points to, or a wrong guess goes further.
    func checkMoved(_ target: Register) throws(Fault) {
        guard privileges.guardsSpeculation else { return }
        let pointer = state[Int(target.rawValue)]
        switch pointer.kind {
        case .stack:
            guard let variable = pointer.number.constant else {
                throw guessed(
                    "\(target) points to an unknown place on the stack",
                    "keep arrays that are indexed by variables in a map")
            }
            let offset = Int64(pointer.offset) &+ Int64(bitPattern: variable)
            guard offset < 0, offset >= -Self.stackSize else {
                throw guessed(
                    "\(target) points \(offset) bytes from the frame pointer, out of the stack",
                    "let pointers to the stack always point into it")
            }
        case .mapValue:
            let map = subject.maps[Int(pointer.detail)]
            do throws(Fault) {
                try checkMapValue(pointer, target, 0, 1, map)
            } catch {
                throw guessed(
                    "\(target) may point out of the value of map \(map.name)",
                    "test the offset before it is added to the pointer, not after that")
            }
            if specialField(pointer, 0, 1, map.record) != nil {
                throw guessed(
                    "\(target) may point to a part of the value that only its own functions may touch",
                    nil)
            }
        default: break
        }
    }

    /// The index of a tail call is masked with the number of programs in its map.
    mutating func guardTailCall(_ facts: CallFacts) {
        guard privileges.guardsSpeculation, let map = facts.map else { return }
        speculation.noteTailCall(slot, map)
    }

    private func otherPath(_ operation: Arithmetic) -> Fault {
        guessed(
            "this instruction \(operation == .add ? "adds" : "subtracts") with other pointers, "
                + "directions or limits on another path",
            "use an instruction of its own in each branch: compute with the pointer inside of it")
    }

    private func guessed(_ what: String, _ suggestion: String?) -> Fault {
        Fault(
            .speculation,
            "\(what): a processor that guesses wrongly could read anything so; that takes CAP_PERFMON",
            suggestion: suggestion)
    }

    // MARK: Stores

    /// A load that a processor runs before the store could still read what was there: a pointer, or
    /// nothing at all.
    mutating func guardStore(
        _ slot: StackSlot, _ size: Int, _ value: RegisterState?
    ) {
        guard privileges.guardsSpeculation else { return }
        let isSensitive =
            value?.isPointer ?? false
            || (0..<size).contains { index in
                switch slot.bytes[7 - index] {
                case .number, .zero: false
                case .invalid, .saved, .dynptr, .iterator, .interruptFlag: true
                }
            }
        if isSensitive { speculation.putBarrier(after: self.slot) }
    }
}

extension Fault {
    /// Whether it only ends what a processor guesses: limits end everything.
    fileprivate var endsOnlyGuesses: Bool {
        switch code {
        case .tooComplex, .callDepth: false
        default: true
        }
    }
}
