import EBPFBytecode

/// Puts code into a function: at its start, before and behind slots.
///
/// Branches keep their targets. One to a slot goes to what is put before it, one to the slot behind
/// goes behind what is put there, and one to the first slot behind what is put at the start.
struct CodeInsertion {
    private let code: [EncodedInstruction]
    private let start: [EncodedInstruction]
    private let before: [Int: [EncodedInstruction]]
    private let behind: [Int: [EncodedInstruction]]
    /// Where each slot is afterwards.
    let positions: [Int]

    init(
        _ code: [EncodedInstruction], start: [EncodedInstruction] = [],
        before: [Int: [EncodedInstruction]] = [:], behind: [Int: [EncodedInstruction]] = [:]
    ) {
        (self.code, self.start, self.before, self.behind) = (code, start, before, behind)
        var (positions, next): ([Int], Int) = ([], start.count)
        for slot in code.indices {
            next += before[slot]?.count ?? 0
            positions.append(next)
            next += 1 + (behind[slot]?.count ?? 0)
        }
        self.positions = positions
    }

    /// The function with what was put into it.
    ///
    /// - Returns: `nil` if a branch would go farther than it can.
    func edited() -> [EncodedInstruction]? {
        var edited = start
        for (slot, instruction) in code.enumerated() {
            var instruction = instruction
            if let target = instruction.branchTarget(at: slot), positions.indices.contains(target),
                !instruction.branch(
                    to: positions[target] - (before[target]?.count ?? 0), from: positions[slot])
            {
                return nil
            }
            edited += before[slot] ?? []
            edited.append(instruction)
            edited += behind[slot] ?? []
        }
        return edited
    }

    /// Things that belong to slots, at their new places.
    func moved<Value>(_ values: [Int: Value]) -> [Int: Value] {
        var moved: [Int: Value] = [:]
        for (slot, value) in values where positions.indices.contains(slot) {
            moved[positions[slot]] = value
        }
        return moved
    }

    /// Where what belongs to a line of source begins afterwards: with what is put before it.
    func line(_ slot: Int) -> Int {
        guard positions.indices.contains(slot), slot > 0 else { return slot }
        return positions[slot] - (before[slot]?.count ?? 0)
    }
}
