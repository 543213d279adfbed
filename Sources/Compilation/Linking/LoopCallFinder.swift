import EBPFBytecode

/// Finds out what is called back at the loops of a function, by following the addresses of closures
/// and of the frame through registers and the stack.
struct LoopCallFinder {
    /// The calls, by slots.
    private(set) var loops: [Int: LoopCall] = [:]
    /// Where the part of the stack begins that the function uses: 0, or less.
    private(set) var lowest = 0

    private enum Value: Hashable {
        case functions(Set<RawObject.Place>)
        case frame(Int)
        case zero
    }

    private typealias State = [HeldResources.Location: Value]

    private let function: LinkedFunction
    private let callbacks: [Int: RawObject.Place]

    /// Follows a function.
    ///
    /// - Parameter callbacks: the functions whose address is taken, by slots.
    init(_ function: LinkedFunction, callbacks: [Int: RawObject.Place]) {
        self.function = function
        self.callbacks = callbacks
        let code = function.raw.instructions
        var states: [Int: State] = [0: [.register(10): .frame(0)]]
        var work = [0]
        while let slot = work.popLast() {
            guard code.indices.contains(slot), var state = states[slot] else { continue }
            note(slot, state)
            guard function.traps[slot] == nil, code[slot].opcode != 0x95 else { continue }
            step(code[slot], slot, &state)
            for next in code.successors(of: slot) where code.indices.contains(next) {
                let joined = states[next].map { Self.join($0, state) } ?? state
                guard joined != states[next] else { continue }
                states[next] = joined
                work.append(next)
            }
        }
    }

    private mutating func note(_ slot: Int, _ state: State) {
        let instruction = function.raw.instructions[slot]
        let isStore = [2, 3].contains(instruction.opcode & 0x07)
        let base = isStore ? instruction.destination : instruction.source
        if isStore || instruction.opcode & 0x07 == 1, base == 10 {
            lowest = min(lowest, Int(instruction.offset))
        }
        for case .frame(let offset) in state.values { lowest = min(lowest, offset) }
        guard case .helper(let number) = function.calls[slot],
            let register = LoopCall.registers[number]
        else { return }
        var bodies = Set(callbacks.values)
        if case .functions(let places) = state[.register(2)] { bodies = places }
        let context: LoopCall.Context =
            switch state[.register(3)] {
            case .frame(let offset): .frame(Int16(clamping: offset))
            case .zero: .none
            default: .unknown
            }
        loops[slot] = LoopCall(bodies: bodies, context: context, register: register)
    }

    // MARK: Steps

    private static func join(_ left: State, _ right: State) -> State {
        var state: State = [:]
        for (location, value) in left {
            switch (value, right[location]) {
            case (.functions(let some), .functions(let others)):
                state[location] = .functions(some.union(others))
            case (_, let other) where other == value: state[location] = value
            default: break
            }
        }
        return state
    }

    private func step(_ instruction: EncodedInstruction, _ slot: Int, _ state: inout State) {
        let destination = HeldResources.Location.register(instruction.destination)
        switch instruction.opcode {
        case 0x85: for number in UInt8(0)...5 { state[.register(number)] = nil }
        case 0xbf where instruction.offset == 0:
            state[destination] = state[.register(instruction.source)]
        case 0xb7 where instruction.immediate == 0, 0xb4 where instruction.immediate == 0:
            state[destination] = .zero
        case 0x07:
            var sum: Value?
            if case .frame(let offset) = state[destination] {
                sum = .frame(offset + Int(instruction.immediate))
            }
            state[destination] = sum
        case 0x18: state[destination] = callbacks[slot].map { .functions([$0]) }
        case 0x79 where instruction.source == 10:
            state[destination] = state[.stack(instruction.offset)]
        case _ where [2, 3].contains(instruction.opcode & 0x07): store(instruction, &state)
        case _ where [5, 6].contains(instruction.opcode & 0x07): break
        default: state[destination] = nil
        }
    }

    private func store(_ instruction: EncodedInstruction, _ state: inout State) {
        // Atomic operations may fetch what was there.
        if instruction.opcode & 0xe0 == 0xc0 {
            state[.register(instruction.source)] = nil
            state[.register(0)] = nil
        }
        guard case .frame(let base) = state[.register(instruction.destination)] else { return }
        let offset = base + Int(instruction.offset)
        let value = instruction.opcode == 0x7b ? state[.register(instruction.source)] : nil
        for near in offset - 7..<offset + 8 { state[.stack(Int16(clamping: near))] = nil }
        state[.stack(Int16(clamping: offset))] = value
    }
}
