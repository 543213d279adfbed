import EBPFBytecode
import EBPFExecution
import EBPFVerification
import Synchronization

/// Compares what a program does, instruction by instruction, with what was proved of it.
final class Watch: Sendable {
    private let state: Mutex<State>
    private let instructions: [Int: Instruction]

    private struct State {
        var facts: Facts
        var ranges: Facts?
        var contradictions: [String] = []
        var steps = 0
        var previous: Observation?
    }

    /// - Parameters:
    ///   - facts: what was proved on the paths that Linux would walk.
    ///   - ranges: what was proved of numbers, if that could be found out.
    init(_ program: [EncodedInstruction], _ facts: Facts, ranges: Facts?) throws {
        var instructions: [Int: Instruction] = [:]
        for (slot, instruction) in try Instruction.decode(program) {
            instructions[slot] = instruction
        }
        self.instructions = instructions
        state = Mutex(State(facts: facts, ranges: ranges))
    }

    /// What did not agree, and how many instructions were watched.
    var result: (contradictions: [String], steps: Int) {
        state.withLock { ($0.contradictions, $0.steps) }
    }

    /// A new run begins.
    func begin() { state.withLock { $0.previous = nil } }

    func see(_ step: Observation) {
        guard let instruction = instructions[step.slot] else { return }
        state.withLock { state in
            state.steps += 1
            defer { state.previous = step }
            guard state.contradictions.count < 4 else { return }
            if !state.facts.isReachable(step.slot) {
                state.contradictions.append(
                    "slot \(step.slot) is reached, but was called dead code")
            }
            if let wrong = wrongBranch(state.previous, step, state.facts) {
                state.contradictions.append(wrong)
            }
            if let wrong = wrongAccess(instruction, step, state.facts) {
                state.contradictions.append("slot \(step.slot): \(instruction): \(wrong)")
            }
            for register in Register.allCases where register != .r10 {
                guard let known = state.ranges?.number(in: register, at: step.slot),
                    !known.contains(step[register])
                else { continue }
                state.contradictions.append(
                    "slot \(step.slot): \(instruction): \(register) is \(step[register]) "
                        + "(0x\(String(step[register], radix: 16))), not \(known)")
            }
        }
    }

    /// The branch before this step went a way that it was said never to go.
    private func wrongBranch(
        _ previous: Observation?, _ step: Observation, _ facts: Facts
    ) -> String? {
        guard let previous, previous.depth == step.depth,
            case .branch(_, _, _, _, let distance)? = instructions[previous.slot], distance != 0
        else { return nil }
        let isTaken = step.slot != previous.slot + 1
        let isKnown =
            isTaken ? facts.isEverTaken(previous.slot) : facts.isEverPassed(previous.slot)
        return isKnown
            ? nil
            : "the branch in slot \(previous.slot) is \(isTaken ? "" : "not ")taken, never said"
    }

    /// The access in this step touches something else than was said.
    private func wrongAccess(
        _ instruction: Instruction, _ step: Observation, _ facts: Facts
    ) -> String? {
        guard let place = instruction.place else { return nil }
        guard let memory = facts.memory(at: step.slot) else { return "nothing is known of it" }
        let address = step[place.base] &+ UInt64(bitPattern: Int64(place.displacement))
        // The machine's regions: see its ``Address``.
        let region = address >> 32
        let isRight: Bool
        switch memory {
        case .stack(let place):
            let distance = Int64(bitPattern: address &- step[.r10])
            isRight =
                (8..<16).contains(region) && (!place.isOwnFrame || (-512..<0).contains(distance))
                && (place.offset == nil || !place.isOwnFrame
                    || Int64(place.offset ?? 0) == distance)
        case .context: isRight = region == 2
        case .packet, .packetMetadata: isRight = region == 0 && address >= 0x1_0000
        case .mapValue: isRight = region >= 64
        case .memory, .kernelObject: isRight = true
        }
        return isRight ? nil : "0x\(String(address, radix: 16)) is not \(memory)"
    }
}

extension Instruction {
    /// The memory that it touches.
    fileprivate var place: MemoryOperand? {
        switch self {
        case .load(_, _, let place), .loadSigned(_, _, let place), .loadAcquire(_, _, let place),
            .store(_, let place, _), .storeRelease(_, let place, _), .atomic(_, _, let place, _):
            place
        default: nil
        }
    }
}
