import EBPFBytecode
import EBPFObjectFile

/// What a program holds where a check of Swift's fails: a reservation in a ring buffer, a lock, a
/// socket. The kernel takes no program that ends while it holds something, so it is given back.
///
/// This follows pointers through registers and the stack. Where paths meet, what is not the same on
/// all of them is not known.
struct HeldResources {
    /// What is to be done before a function ends.
    struct Release: Hashable {
        /// Where the pointer is, and how far it is from there.
        let location: Location
        let offset: Int32
        /// Who takes it back.
        let helper: Int32
        /// A second argument, 0, is wanted.
        let hasFlags: Bool
    }

    /// A register, or 8 bytes of the stack.
    enum Location: Hashable {
        case register(UInt8)
        case stack(Int16)
    }

    /// A pointer: where it was made, and how far from there it points.
    private struct Pointer: Hashable {
        let origin: Int
        var offset: Int32 = 0
    }

    private struct Held: Hashable {
        var pointer: Pointer?
        let helper: Int32
    }

    private struct State: Equatable {
        var pointers: [Location: Pointer] = [:]
        var held: Set<Held> = []
    }

    private let function: LinkedFunction
    private var states: [Int: State] = [0: State()]

    /// Follows the function from its start.
    init(_ function: LinkedFunction) {
        self.function = function
        let code = function.raw.instructions
        let helpers = function.calls.values.compactMap { callee -> Int32? in
            guard case .helper(let number) = callee else { return nil }
            return Int32(clamping: number)
        }
        // Most programs hold nothing.
        guard helpers.contains(where: { Self.acquiring[$0] != nil || $0 == Self.lock }) else {
            return
        }
        var work = [0]
        while let slot = work.popLast() {
            guard code.indices.contains(slot), let state = states[slot],
                function.traps[slot] == nil, code[slot].opcode != 0x95
            else { continue }
            for (next, after) in self.after(slot, state, code) where code.indices.contains(next) {
                let joined = states[next].map { Self.join($0, after) } ?? after
                guard joined != states[next] else { continue }
                states[next] = joined
                work.append(next)
            }
        }
    }

    /// What is to be given back at a slot where a check fails; `nil` if it is not known how.
    func releases(at slot: Int) -> [Release]? {
        guard let state = states[slot] else { return [] }
        var releases: [Release] = []
        for held in state.held.sorted(by: { ($0.pointer?.origin ?? 0) > ($1.pointer?.origin ?? 0) })
        {
            guard let pointer = held.pointer,
                let copy = state.pointers.filter({ $0.value.origin == pointer.origin })
                    .min(by: { Self.order($0.key) < Self.order($1.key) })
            else { return nil }
            releases.append(
                Release(
                    location: copy.key, offset: pointer.offset &- copy.value.offset,
                    helper: held.helper, hasFlags: held.helper == 133))
        }
        // The first call clobbers r1 to r5.
        let needsScratch = releases.dropFirst().contains {
            if case .register(let number) = $0.location { number < 6 } else { false }
        }
        return needsScratch ? nil : releases
    }

    private static func order(_ location: Location) -> Int {
        switch location {
        case .register(let number): number > 5 ? Int(number) : 100 + Int(number)
        case .stack(let offset): 50 - Int(offset) / 512
        }
    }

    // MARK: Steps

    /// Helpers that give what must be given back, and the helpers that take it: `bpf_ringbuf_reserve`
    /// and `bpf_ringbuf_discard`, the look-ups of sockets and `bpf_sk_release`.
    private static let acquiring: [Int32: Int32] = [131: 133, 84: 86, 85: 86, 99: 86]
    private static let taking: Set<Int32> = [132, 133, 86, 94]
    /// `bpf_spin_lock` and `bpf_spin_unlock`.
    private static let (lock, unlock): (Int32, Int32) = (93, 94)

    private static func join(_ left: State, _ right: State) -> State {
        var state = State()
        state.pointers = left.pointers.filter { right.pointers[$0.key] == $0.value }
        // Held on one of the paths only: something has to be done, and it is not known what.
        state.held = left.held.intersection(right.held)
        for other in left.held.symmetricDifference(right.held) {
            state.held.insert(Held(pointer: nil, helper: other.helper))
        }
        return state
    }

    private func after(
        _ slot: Int, _ state: State, _ code: [EncodedInstruction]
    ) -> [(Int, State)] {
        let instruction = code[slot]
        var state = state
        if instruction.opcode == 0x85 {
            call(slot, &state)
        } else if let target = instruction.branchTarget(at: slot) {
            guard !instruction.endsPath else { return [(target, state)] }
            return branch(instruction, target, slot, state)
        } else {
            step(instruction, slot, &state)
        }
        return code.successors(of: slot).map { ($0, state) }
    }

    private func call(_ slot: Int, _ state: inout State) {
        let argument = state.pointers[.register(1)]
        for number in UInt8(0)...5 { state.pointers[.register(number)] = nil }
        guard case .helper(let number) = function.calls[slot] else { return }
        let helper = Int32(clamping: number)
        if let release = Self.acquiring[helper] {
            Self.forget(slot, &state)
            state.pointers[.register(0)] = Pointer(origin: slot)
            state.held.insert(Held(pointer: Pointer(origin: slot), helper: release))
        } else if helper == Self.lock {
            state.held.insert(Held(pointer: argument, helper: Self.unlock))
        } else if Self.taking.contains(helper) {
            state.held = state.held.filter { held in
                // An unknown one is taken to be the one that is meant.
                let isSame = held.pointer == nil || held.pointer?.origin == argument?.origin
                return !(isSame || argument == nil)
            }
        } else {
            Self.forget(slot, &state)
            state.pointers[.register(0)] = Pointer(origin: slot)
        }
    }

    /// A pointer made here in a former turn of a loop is another one.
    private static func forget(_ slot: Int, _ state: inout State) {
        state.pointers = state.pointers.filter { $0.value.origin != slot }
        let stale = state.held.filter { $0.pointer?.origin == slot }
        for held in stale {
            state.held.remove(held)
            state.held.insert(Held(pointer: nil, helper: held.helper))
        }
    }

    /// `if r6 == 0`: there, nothing was acquired.
    private func branch(
        _ instruction: EncodedInstruction, _ target: Int, _ slot: Int, _ state: State
    ) -> [(Int, State)] {
        let operation = instruction.opcode & 0xf0
        guard instruction.opcode & 0x08 == 0, instruction.immediate == 0,
            operation == 0x10 || operation == 0x50,
            let pointer = state.pointers[.register(instruction.destination)], pointer.offset == 0
        else { return [(target, state), (slot + 1, state)] }
        var without = state
        without.held = state.held.filter { $0.pointer?.origin != pointer.origin }
        return operation == 0x10
            ? [(target, without), (slot + 1, state)] : [(target, state), (slot + 1, without)]
    }

    private func step(_ instruction: EncodedInstruction, _ slot: Int, _ state: inout State) {
        let destination = Location.register(instruction.destination)
        let isToStack = instruction.destination == 10
        switch instruction.opcode {
        case 0xbf where instruction.offset == 0:
            state.pointers[destination] = state.pointers[.register(instruction.source)]
        case 0x07: state.pointers[destination]?.offset &+= instruction.immediate
        case 0x79 where instruction.source == 10:
            state.pointers[destination] = state.pointers[.stack(instruction.offset)]
        case 0x61, 0x69, 0x71, 0x79, 0x18:
            Self.forget(slot, &state)
            state.pointers[destination] = Pointer(origin: slot)
        case 0x7b where isToStack:
            let value = state.pointers[.register(instruction.source)]
            overwrite(instruction.offset, 8, &state)
            state.pointers[.stack(instruction.offset)] = value
        case _ where instruction.opcode & 0x07 == 2 || instruction.opcode & 0x07 == 3:
            if isToStack { overwrite(instruction.offset, 8, &state) }
            // Atomic operations may fetch what was there.
            if instruction.opcode & 0xe0 == 0xc0 {
                state.pointers[.register(instruction.source)] = nil
                state.pointers[.register(0)] = nil
            }
        default: state.pointers[destination] = nil
        }
    }

    private func overwrite(_ offset: Int16, _ count: Int, _ state: inout State) {
        for near in Int(offset) - 7..<Int(offset) + count {
            state.pointers[.stack(Int16(clamping: near))] = nil
        }
    }
}

extension HeldResources.Release {
    /// `r1 = pointer; r2 = 0; call helper`
    var code: [EncodedInstruction] {
        var code: [EncodedInstruction] = []
        switch location {
        case .register(1): break
        case .register(let number):
            code.append(EncodedInstruction(opcode: 0xbf, destination: 1, source: number))
        case .stack(let place):
            code.append(
                EncodedInstruction(opcode: 0x79, destination: 1, source: 10, offset: place))
        }
        if offset != 0 {
            code.append(EncodedInstruction(opcode: 0x07, destination: 1, immediate: offset))
        }
        if hasFlags { code.append(EncodedInstruction(opcode: 0xb7, destination: 2)) }
        code.append(EncodedInstruction(opcode: 0x85, immediate: helper))
        return code
    }
}
