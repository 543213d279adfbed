import EBPFBytecode

/// Writes a program that does what programs do, and most of the time only what they may.
///
/// It keeps track of what registers and the stack hold, as a programmer would, and says the wrong
/// thing now and then: those programs must be refused, or do no harm.
struct ProgramWriter {
    let type: ProgramType
    var numbers: Numbers
    var lines: [String] = []
    /// What r0 to r9 hold.
    var registers: [Holding] = Array(repeating: .nothing, count: 10)
    /// What the slots at r10 - 8, r10 - 16 … hold.
    var slots: [Holding] = Array(repeating: .number, count: Self.slotCount)
    /// Registers and slots that must keep what they hold.
    var pinned: Set<Int> = [], pinnedSlots: Set<Int> = []
    /// The functions that can be called from here.
    var functions: [FunctionShape] = []
    /// Whether packets may be loaded from in the old manner: not beside functions.
    var loadsOldPackets = false
    /// Whether this path has ended.
    var isDead = false
    private var labelCount = 0
    /// How many statements are still to come, and how deep they nest.
    var budget: Int
    var depth = 0
    var isInLoop = false

    static let slotCount = 8
    /// Below the slots: bytes in which only numbers are kept, for keys and helpers.
    static let bufferSize = 64
    static let bufferOffset = slotCount * 8 + bufferSize

    init(_ type: ProgramType, _ numbers: Numbers, budget: Int) {
        self.type = type
        self.numbers = numbers
        self.budget = budget
    }

    mutating func emit(_ line: String) { lines.append(line) }

    mutating func label(_ prefix: String = "L") -> String {
        labelCount += 1
        return "\(prefix)\(labelCount)"
    }

    mutating func place(_ label: String) { emit("\(label):") }

    /// The labels of another function begin where these end.
    var usedLabels: Int {
        get { labelCount }
        set { labelCount = newValue }
    }
}

// MARK: - Registers

extension ProgramWriter {
    /// A register that may be overwritten.
    mutating func free(but taken: Set<Int> = []) -> Int {
        let candidates = (0...9).filter { !pinned.contains($0) && !taken.contains($0) }
        let empty = candidates.filter { registers[$0] == .nothing }
        return numbers.pick(empty.isEmpty || numbers.chance(40) ? candidates : empty)
    }

    /// A register that calls preserve, if one may be overwritten.
    mutating func preserved() -> Int? {
        let candidates = (6...9).filter { !pinned.contains($0) }
        return candidates.isEmpty ? nil : numbers.pick(candidates)
    }

    /// A register that holds a number; if there is none, one is made.
    mutating func number(but taken: Set<Int> = []) -> Int {
        let found = (0...9).filter { registers[$0].isNumber && !taken.contains($0) }
        if !found.isEmpty, numbers.chance(90) { return numbers.pick(found) }
        return newNumber(but: taken)
    }

    /// A register that holds a number and may be changed.
    mutating func changeable(but taken: Set<Int> = []) -> Int {
        let found = (0...9).filter {
            registers[$0].isNumber && !pinned.contains($0) && !taken.contains($0)
        }
        if !found.isEmpty, numbers.chance(90) { return numbers.pick(found) }
        return newNumber(but: taken)
    }

    /// A register that points to memory.
    mutating func pointer() -> Int? {
        let found = (0...9).filter { registers[$0].size != nil }
        return found.isEmpty ? nil : numbers.pick(found)
    }

    /// Calls leave nothing in r1 to r5, and a number in r0.
    mutating func forgetArguments() {
        for register in 1...5 { registers[register] = .nothing }
        registers[0] = .number
    }
}

// MARK: - Paths

extension ProgramWriter {
    /// What is known at a place.
    struct Knowledge {
        var registers: [Holding]
        var slots: [Holding]
        var isDead: Bool
    }

    var knowledge: Knowledge {
        get { Knowledge(registers: registers, slots: slots, isDead: isDead) }
        set {
            registers = newValue.registers
            slots = newValue.slots
            isDead = newValue.isDead
        }
    }

    /// What is known where another way comes in.
    mutating func join(_ other: Knowledge) {
        if other.isDead { return }
        if isDead { return knowledge = other }
        for index in registers.indices where registers[index] != other.registers[index] {
            registers[index] = joined(registers[index], other.registers[index])
        }
        for index in slots.indices where slots[index] != other.slots[index] {
            let both = joined(slots[index], other.slots[index])
            slots[index] = both.limit == nil ? .number : both
        }
    }

    private func joined(_ first: Holding, _ second: Holding) -> Holding {
        if let one = first.limit, let other = second.limit { return .small(max(one, other)) }
        if first.isNumber, second.isNumber { return .number }
        guard let one = first.size, let other = second.size else { return .nothing }
        switch (first, second) {
        case (.value, .value), (.stack, .stack): return .value(size: min(one, other))
        case (.packet, .packet): return .packet(size: min(one, other))
        default: return .nothing
        }
    }

    /// Some statements.
    mutating func block() {
        depth += 1
        for _ in 0..<numbers.pick(1...5) where budget > 0 && !isDead { statement() }
        depth -= 1
    }

    /// Returns a number.
    mutating func end() {
        guard !isDead else { return }
        let result = number()
        if result != 0 { emit("r0 = r\(result)") }
        emit("exit")
        isDead = true
    }
}
