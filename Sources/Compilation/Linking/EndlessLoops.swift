import EBPFBytecode
import EBPFObjectFile

/// Loops without a way out, which no verifier takes: `while true {}`.
///
/// Whether another loop ends depends on values; that is for the verifier to find out.
enum EndlessLoops {
    /// Refuses a function from a part of which its end cannot be reached.
    static func check(_ function: LinkedFunction) throws(LinkFailure) {
        let code = function.raw.instructions
        var successors: [Int: [Int]] = [:]
        var work = [0]
        var ends: Set<Int> = []
        while let slot = work.popLast() {
            guard code.indices.contains(slot), successors[slot] == nil else { continue }
            let isEnd = code[slot].opcode == 0x95 || function.traps[slot] != nil
            // What falls off the end is somebody else's mistake.
            let next = isEnd ? [] : code.successors(of: slot)
            if isEnd || next.contains(where: { !code.indices.contains($0) }) { ends.insert(slot) }
            successors[slot] = next
            work += next
        }
        let stuck = Set(successors.keys).subtracting(reaching(ends, successors))
        // The branch backwards is what the user wrote as a loop.
        guard
            let slot = stuck.sorted().first(where: { slot in
                successors[slot]?.contains { $0 <= slot } ?? false
            })
        else { return }
        throw LinkFailure(
            "this loop never ends", at: function.line(slot),
            remedy: "a kernel program must end: leave the loop after a number of turns")
    }

    /// The slots from which one of the ends can be reached.
    private static func reaching(_ ends: Set<Int>, _ successors: [Int: [Int]]) -> Set<Int> {
        var predecessors: [Int: [Int]] = [:]
        for (slot, next) in successors {
            for target in next { predecessors[target, default: []].append(slot) }
        }
        var (reaching, work) = (ends, Array(ends))
        while let slot = work.popLast() {
            for previous in predecessors[slot] ?? [] where reaching.insert(previous).inserted {
                work.append(previous)
            }
        }
        return reaching
    }
}

extension [EncodedInstruction] {
    /// The slots that may run after one.
    func successors(of slot: Int) -> [Int] {
        let instruction = self[slot]
        guard instruction.opcode != 0x18 else { return [slot + 2] }
        let target = instruction.branchTarget(at: slot).map { [$0] } ?? []
        return instruction.endsPath ? target : target + [slot + 1]
    }
}
