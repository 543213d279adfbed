import EBPFBytecode

/// Puts code behind slots of a function.
///
/// Branches keep their targets: one to the slot behind goes behind what is put there.
struct CodeInsertion {
    private let code: [EncodedInstruction]
    /// What is put behind each slot.
    private let additions: [Int: [EncodedInstruction]]
    /// Where each slot is afterwards.
    let positions: [Int]

    init(_ code: [EncodedInstruction], behind additions: [Int: [EncodedInstruction]]) {
        self.code = code
        self.additions = additions
        var (positions, next): ([Int], Int) = ([], 0)
        for slot in code.indices {
            positions.append(next)
            next += 1 + (additions[slot]?.count ?? 0)
        }
        self.positions = positions
    }

    /// The function with what was put into it.
    ///
    /// - Returns: `nil` if a branch would go farther than it can.
    func edited() -> [EncodedInstruction]? {
        var edited: [EncodedInstruction] = []
        for (slot, instruction) in code.enumerated() {
            var instruction = instruction
            if let target = instruction.branchTarget(at: slot), positions.indices.contains(target),
                !instruction.branch(to: positions[target], from: positions[slot])
            {
                return nil
            }
            edited.append(instruction)
            edited += additions[slot] ?? []
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
}
