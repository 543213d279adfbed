import EBPFBytecode
import EBPFObjectFile

/// The way back: which instructions led to the one that is looked at.
extension Walk {
    /// Goes back over the instructions that led here, beginning with the one that is looked at, and
    /// tells of each which one followed (-1 for the first), until told to stop.
    func walkBack(_ visit: (_ slot: Int, _ next: Int) -> Bool) {
        var history = state.history
        var first = Int(state.firstSlot)
        var parent = state.parent
        var index = slot
        var subsequent = -1
        while true {
            var count = history.count
            while index >= 0 {
                guard visit(index, subsequent) else { return }
                subsequent = index
                guard let next = Self.previous(index, first, history, &count) else { break }
                index = next
            }
            guard parent >= 0 else { return }
            let state = explored.entries[Int(parent)].state
            history = state.history
            first = Int(state.firstSlot)
            index = Int(state.lastSlot)
            parent = state.parent
            if index < 0 { return }
        }
    }

    /// How far back the origin of a value is looked for.
    private static let reach = 10_000

    /// The instruction that made what a register holds; copies, and what is only saved in the stack
    /// meanwhile, are followed; and the last branch that compared it with 0. `nil` if it came through
    /// another function.
    ///
    /// - Parameter throughArithmetic: whether what a value was computed from counts as its origin.
    func origin(
        of register: Register, throughArithmetic: Bool = false
    ) -> (slot: Int, test: Int?)? {
        var place = Place.register(register)
        var found: (slot: Int, test: Int?)?
        var test: Int?
        var steps = 0
        walkBack { index, next in
            steps += 1
            // The second half of a wide constant is no instruction.
            guard next >= 0, let instruction = subject.instructions[index] else { return true }
            if case .branch(_, _, let left, .immediate(0), _) = instruction, test == nil,
                place == .register(left)
            {
                test = index
            }
            if throughArithmetic, let before = place.before(computing: instruction) {
                place = before
                return steps < Self.reach
            }
            switch follow(place, through: instruction) {
            case .goOn(let before): place = before
            case .made:
                found = (index, test)
                return false
            case .lost: return false
            }
            return steps < Self.reach
        }
        return found
    }

    /// Where a value is.
    private enum Place: Equatable {
        case register(Register)
        /// So many bytes from the frame pointer.
        case stack(Int16)

        /// Where the value was from which an instruction computed what is here now; `nil` if it did
        /// not.
        func before(computing instruction: Instruction) -> Place? {
            switch instruction {
            case .arithmetic(_, _, let target, _) where self == .register(target): self
            case .move(.word, let target, .register(let source)) where self == .register(target):
                .register(source)
            default: nil
            }
        }
    }

    private enum Trace {
        /// The value was here before.
        case goOn(Place)
        /// The instruction made it.
        case made
        case lost
    }

    private func follow(_ place: Place, through instruction: Instruction) -> Trace {
        switch instruction {
        case .exit, .call(.local), .call(.register): return .lost
        case .call:
            guard case .register(let register) = place, register.rawValue <= 5 else { break }
            return register == .r0 ? .made : .lost
        case .move(.doubleWord, let target, .register(let source)) where place == .register(target):
            return .goOn(.register(source))
        case .load(.doubleWord, let target, let operand)
        where place == .register(target) && operand.base == .r10:
            return .goOn(.stack(operand.displacement))
        case .store(_, let operand, let source) where operand.base == .r10:
            guard place == .stack(operand.displacement) else { break }
            guard case .register(let register) = source else { return .made }
            return .goOn(.register(register))
        case .arithmetic(_, _, let target, _), .negate(_, let target), .move(_, let target, _),
            .moveSigned(_, let target, from: _, of: _), .convert(let target, to: _, _),
            .swap(let target, _), .castAddressSpace(let target, _, to: _, from: _),
            .load(_, let target, _), .loadSigned(_, let target, _),
            .loadAcquire(_, let target, _), .loadImmediate(let target, _):
            if place == .register(target) { return .made }
        default: break
        }
        return .goOn(place)
    }
}
