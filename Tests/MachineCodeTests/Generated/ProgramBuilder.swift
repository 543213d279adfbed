import EBPFBytecode

/// Instructions whose branches name labels until all is there.
struct ProgramBuilder {
    /// A place in the program.
    struct Label: Hashable { fileprivate let index: Int }

    private var instructions: [(instruction: Instruction, target: Label?)] = []
    private var places: [Int] = []

    mutating func label() -> Label {
        places.append(-1)
        return Label(index: places.count - 1)
    }

    mutating func bind(_ label: Label) { places[label.index] = instructions.count }

    mutating func add(_ instruction: Instruction) { instructions.append((instruction, nil)) }

    /// An instruction whose distance is that of a label.
    mutating func add(_ instruction: Instruction, to label: Label) {
        instructions.append((instruction, label))
    }

    /// How many instructions there are.
    var count: Int { instructions.count }

    /// The program, with all distances filled in.
    var program: [EncodedInstruction] {
        var slots: [Int] = []
        var slot = 0
        for (instruction, _) in instructions {
            slots.append(slot)
            slot += instruction.slotCount
        }
        return instructions.enumerated().flatMap { index, entry -> [EncodedInstruction] in
            guard let target = entry.target else { return entry.instruction.encoded }
            let distance = slots[places[target.index]] - slots[index] - 1
            return entry.instruction.with(distance: distance).encoded
        }
    }
}

extension Instruction {
    fileprivate func with(distance: Int) -> Instruction {
        switch self {
        case .jump(_, let long): .jump(Int32(distance), long: long)
        case .branch(let comparison, let width, let first, let second, _):
            .branch(comparison, width, first, second, Int16(distance))
        case .mayJump: .mayJump(Int16(distance))
        case .call(.local): .call(.local(Int32(distance)))
        case .loadImmediate(let register, .function):
            .loadImmediate(register, .function(Int32(distance)))
        default: self
        }
    }
}
