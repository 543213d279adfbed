import EBPFBytecode

/// Puts other code in the place where a function ends, and leaves out what is no longer reached.
///
/// Branches keep their targets; a branch to an end goes to what is there instead.
struct CodeEditor {
    private let code: [EncodedInstruction]
    /// Where each slot is afterwards; `nil` if it is left out.
    private(set) var positions: [Int?]
    /// How many slots are left.
    private(set) var count = 0

    /// Looks through a function.
    ///
    /// - Parameter ends: slots after which nothing of the function runs.
    init(_ code: [EncodedInstruction], ends: Set<Int>) {
        self.code = code
        positions = Array(repeating: nil, count: code.count)
        let (reached, fallenInto) = Self.flow(code, ends)
        for slot in code.indices where reached[slot] {
            // An end that is only branched to is not needed: the branches go elsewhere.
            guard !ends.contains(slot) || fallenInto[slot] else { continue }
            positions[slot] = count
            count += 1
        }
    }

    /// Which slots are reached, and which of them by the slot before.
    private static func flow(
        _ code: [EncodedInstruction], _ ends: Set<Int>
    ) -> (reached: [Bool], fallenInto: [Bool]) {
        var reached = Array(repeating: false, count: code.count)
        var fallenInto = reached
        var work = [0]
        if !code.isEmpty { fallenInto[0] = true }
        while let slot = work.popLast() {
            guard code.indices.contains(slot), !reached[slot] else { continue }
            reached[slot] = true
            guard !ends.contains(slot) else { continue }
            let instruction = code[slot]
            if let target = instruction.branchTarget(at: slot) { work.append(target) }
            guard !instruction.endsPath else { continue }
            work.append(slot + 1)
            if slot + 1 < code.count { fallenInto[slot + 1] = true }
        }
        return (reached, fallenInto)
    }

    /// The function without what is left out.
    ///
    /// - Parameter replacements: where branches to the ends go, by the ends' slots.
    /// - Returns: `nil` if a branch would go farther than it can.
    func edited(_ replacements: [Int: Int]) -> [EncodedInstruction]? {
        var edited: [EncodedInstruction] = []
        for (slot, instruction) in code.enumerated() {
            guard let position = positions[slot] else { continue }
            var instruction = instruction
            var target = instruction.branchTarget(at: slot)
            if let replacement = replacements[slot] {
                instruction = EncodedInstruction(opcode: 0x05)
                target = replacement
            } else {
                target = target.flatMap { code.indices.contains($0) ? $0 : nil }
                    .flatMap { replacements[$0] ?? positions[$0] }
            }
            if let target, !instruction.branch(to: target, from: position) { return nil }
            edited.append(instruction)
        }
        return edited
    }

    /// Things that belong to slots, at their new places.
    func moved<Value>(_ values: [Int: Value]) -> [Int: Value] {
        var moved: [Int: Value] = [:]
        for (slot, value) in values where positions.indices.contains(slot) {
            if let position = positions[slot] { moved[position] = value }
        }
        return moved
    }
}

extension EncodedInstruction {
    private var isBranch: Bool {
        // JMP and JMP32 but for calls and exits.
        (opcode & 0x7 == 5 || opcode & 0x7 == 6) && ![0x80, 0x90].contains(opcode & 0xf0)
    }

    /// Whether the next slot is reached only by branches: after `exit` and `goto`.
    var endsPath: Bool { [0x95, 0x05, 0x06].contains(opcode) }

    /// The slot that a branch goes to.
    func branchTarget(at slot: Int) -> Int? {
        guard isBranch else { return nil }
        return slot + 1 + (opcode == 0x06 ? Int(immediate) : Int(offset))
    }

    /// Makes a branch go to a slot; returns whether it can.
    mutating func branch(to target: Int, from slot: Int) -> Bool {
        let distance = target - slot - 1
        if opcode == 0x06 {
            immediate = Int32(clamping: distance)
            return true
        }
        offset = Int16(clamping: distance)
        return Int(offset) == distance
    }
}
