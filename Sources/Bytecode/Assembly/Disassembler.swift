/// Turns programs into text in LLVM's notation.
///
/// Whatever the bytes are, ``Assembler`` makes the same bytes of the text again: a slot that holds
/// no instruction becomes an `.8byte` directive with the reason beside it.
///
/// ```swift
/// print(Disassembler().text(program))
/// ```
public struct Disassembler: Sendable {
    /// Names that replace numbers in the text.
    public struct Symbols: Sendable {
        /// The functions, and other named places, by the slot they start at.
        public var labels: [Int: String] = [:]
        /// What an instruction refers to, by its slot: the map of a 64-bit load, the callee.
        public var references: [Int: String] = [:]
        /// The helpers by number.
        public var helpers: [Int32: String] = [:]

        /// No names, or those given.
        public init(
            labels: [Int: String] = [:],
            references: [Int: String] = [:],
            helpers: [Int32: String] = [:]
        ) {
            self.labels = labels
            self.references = references
            self.helpers = helpers
        }
    }

    /// One row of a listing.
    public struct Line: Hashable, Sendable {
        /// The slot at which the instruction starts.
        public let slot: Int
        /// How many slots the row covers: 1 or 2.
        public let slotCount: Int
        /// The name of the place, when something jumps to it or it begins a function.
        public let label: String?
        /// The instruction, or the directive that keeps its bytes.
        public let text: String
        /// Why the bytes are no instruction, if they are none.
        public let fault: InvalidInstruction?
    }

    /// How numbers are written.
    public var numbers: NumberNotation
    /// Names for places, objects and helpers.
    public var symbols: Symbols
    /// Whether targets of jumps inside the program become labels, `L7`, in place of distances.
    public var labelsJumps: Bool

    /// A disassembler; without arguments it prints what `Instruction.description` does.
    public init(
        numbers: NumberNotation = .decimal,
        symbols: Symbols = Symbols(),
        labelsJumps: Bool = false
    ) {
        self.numbers = numbers
        self.symbols = symbols
        self.labelsJumps = labelsJumps
    }

    /// The whole program, a line each, labels in lines of their own.
    public func text(_ program: [EncodedInstruction]) -> String {
        var text = ""
        for line in lines(program) {
            if let label = line.label { text += SymbolName.quoted(label) + ":\n" }
            text += "    " + line.text + "\n"
        }
        return text
    }

    /// The rows of the program's listing, in order.
    public func lines(_ program: [EncodedInstruction]) -> [Line] {
        let rows = decode(program)
        let places = PlaceNames(rows, symbols.labels, namesTargets: labelsJumps)
        return rows.map { line($0, places) }
    }

    private func decode(_ program: [EncodedInstruction]) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(program.count)
        var slot = 0
        while slot < program.count {
            let row = Row(program, slot)
            rows.append(row)
            slot += row.slotCount
        }
        return rows
    }

    private func line(_ row: Row, _ places: PlaceNames) -> Line {
        let text =
            switch row.meaning {
            case .instruction(let instruction):
                InstructionText(numbers: numbers, symbol: symbol(instruction, row.slot, places))
                    .text(instruction)
            case .respelled(let instruction): "\(row.directive)  # \(instruction)"
            case .invalid(let fault): "\(row.directive)  # \(fault.reason)"
            }
        return Line(
            slot: row.slot,
            slotCount: row.slotCount,
            label: places.names[row.slot],
            text: text,
            fault: row.fault
        )
    }

    private func symbol(
        _ instruction: Instruction,
        _ slot: Int,
        _ places: PlaceNames
    ) -> String? {
        var name = instruction.target(from: slot).flatMap { places.names[$0] }
        if instruction.canNameReference, let reference = symbols.references[slot] {
            name = reference
        } else if case .call(.helper(let number)) = instruction {
            name = symbols.helpers[number].flatMap { places.taken.contains($0) ? nil : $0 }
        }
        return name.map(SymbolName.quoted)
    }
}

/// A slot, or two, taken apart.
private struct Row {
    enum Meaning {
        case instruction(Instruction)
        /// Valid, but in an encoding that the assembler would not choose.
        case respelled(Instruction)
        case invalid(InvalidInstruction)
    }

    let slot: Int
    let first: EncodedInstruction
    let meaning: Meaning

    init(_ program: [EncodedInstruction], _ slot: Int) {
        self.slot = slot
        first = program[slot]
        do throws(InvalidInstruction) {
            let instruction = try Instruction(decoding: program, at: slot)
            let isUsual = instruction.slotCount == 2 || instruction.encoded == [first]
            meaning = isUsual ? .instruction(instruction) : .respelled(instruction)
        } catch {
            meaning = .invalid(error)
        }
    }

    var slotCount: Int {
        if case .instruction(let instruction) = meaning { return instruction.slotCount }
        return 1
    }

    var fault: InvalidInstruction? {
        if case .invalid(let fault) = meaning { return fault }
        return nil
    }

    var target: Int? {
        guard case .instruction(let instruction) = meaning else { return nil }
        return instruction.target(from: slot)
    }

    var directive: String {
        let digits = String(first.word, radix: 16)
        return ".8byte 0x" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// The names of the places in a program: each has at most one, and no two have the same.
private struct PlaceNames {
    private(set) var names: [Int: String] = [:]
    private(set) var taken: Set<String> = []

    init(_ rows: [Row], _ labels: [Int: String], namesTargets: Bool) {
        let starts = Set(rows.map(\.slot))
        for (slot, name) in labels.sorted(by: { $0.key < $1.key }) where starts.contains(slot) {
            add(name, slot)
        }
        guard namesTargets else { return }
        for target in Set(rows.compactMap(\.target)).sorted()
        where starts.contains(target) && names[target] == nil {
            add("L\(target)", target)
        }
    }

    private mutating func add(_ name: String, _ slot: Int) {
        var unique = name
        while !taken.insert(unique).inserted { unique += "_\(slot)" }
        names[slot] = unique
    }
}

extension Instruction {
    /// The slot that a jump, a call or a function address in `slot` leads to.
    public func target(from slot: Int) -> Int? {
        let distance: Int
        switch self {
        case .jump(let far, _): distance = Int(far)
        case .branch(_, _, _, _, let near), .mayJump(let near): distance = Int(near)
        case .call(.local(let far)), .loadImmediate(_, .function(let far)): distance = Int(far)
        default: return nil
        }
        return slot + 1 + distance
    }

    /// Whether a name can stand for what the instruction refers to.
    var canNameReference: Bool {
        switch self {
        case .loadImmediate: true
        case .call(.register): false
        case .call: true
        default: false
        }
    }
}
