public import EBPFBytecode
public import EBPFObjectFile

/// A program that was made up, with its maps.
public struct RandomProgram: Sendable {
    /// What it was made from: the same seed makes the same program.
    public let seed: UInt64
    /// The kind of program.
    public let type: ProgramType
    /// Its text in LLVM's notation.
    public let assembly: String
    /// Whether a helper calls a function of it: the kernel wants types for that.
    public let callsBack: Bool

    /// The program that a seed makes.
    public init(seed: UInt64) {
        var numbers = Numbers(seed: seed)
        let type: ProgramType = numbers.chance(50) ? .xdp : .socketFilter
        let shapes = Self.functions(&numbers)
        var writer = ProgramWriter(
            type, numbers, budget: numbers.pick(8...numbers.pick([20, 40, 80])))
        writer.functions = shapes
        writer.loadsOldPackets = shapes.isEmpty
        writer.registers[1] = .context
        writer.registers[6] = .context
        writer.pinned = [6]
        writer.emit("r6 = r1")
        while writer.budget > 0, !writer.isDead { writer.statement() }
        writer.end()
        var lines = writer.lines
        for (index, shape) in shapes.enumerated() {
            var function = ProgramWriter(type, writer.numbers, budget: numbers.pick(2...12))
            function.usedLabels = writer.usedLabels
            function.functions = Array(shapes[(index + 1)...]).filter { !$0.isCallback }
            function.write(shape)
            lines += function.lines
            writer.numbers = function.numbers
            writer.usedLabels = function.usedLabels
        }
        self.init(
            seed: seed, type: type, assembly: Self.withoutUnused(lines, shapes),
            callsBack: shapes.contains(where: \.isCallback))
    }

    /// A program in assembly, with the same maps.
    public init(seed: UInt64 = 0, type: ProgramType, assembly: String, callsBack: Bool = false) {
        self.seed = seed
        self.type = type
        self.assembly = assembly
        self.callsBack = callsBack
    }

    /// The lines of the text.
    public var lines: [Substring] { assembly.split(separator: "\n") }

    /// The program without some lines.
    public func without(_ range: Range<Int>) -> RandomProgram {
        var lines = lines
        lines.removeSubrange(range)
        return RandomProgram(
            seed: seed, type: type, assembly: lines.joined(separator: "\n"), callsBack: callsBack)
    }

    private static func functions(_ numbers: inout Numbers) -> [FunctionShape] {
        let kinds: [Holding] = [
            .number, .small(15), .stack(size: 32), .value(size: 48), .context,
        ]
        var shapes = (0..<numbers.pick([0, 0, 1, 2])).map { index in
            FunctionShape(
                name: "f\(index)",
                parameters: (0..<numbers.pick(0...3)).map { _ in numbers.pick(kinds) })
        }
        if numbers.chance(12) {
            shapes.append(
                FunctionShape(
                    name: "turn", parameters: [.number, .stack(size: 32)], isCallback: true))
        }
        return shapes
    }

    /// Leaves out functions that nobody calls: they would be unreachable.
    private static func withoutUnused(_ lines: [String], _ shapes: [FunctionShape]) -> String {
        var sections: [(name: String, lines: [String])] = [("", [])]
        for line in lines {
            if shapes.contains(where: { "\($0.name):" == line }) {
                sections.append((String(line.dropLast()), []))
            }
            sections[sections.count - 1].lines.append(line)
        }
        var kept = [sections[0]]
        for section in sections.dropFirst() {
            let isUsed = kept.contains { other in
                other.lines.contains {
                    $0.hasSuffix(" \(section.name)") || $0.hasSuffix("= \(section.name) ll")
                }
            }
            if isUsed { kept.append(section) }
        }
        return kept.flatMap(\.lines).joined(separator: "\n")
    }
}

extension ProgramWriter {
    /// A function as a whole.
    fileprivate mutating func write(_ shape: FunctionShape) {
        place(shape.name)
        for (index, parameter) in shape.parameters.enumerated() {
            registers[index + 1] = parameter
            guard parameter == .context else { continue }
            // It is looked for there.
            emit("r6 = r\(index + 1)")
            registers[6] = .context
            pinned.insert(6)
        }
        while budget > 0, !isDead { statement() }
        guard !isDead else { return }
        if shape.isCallback {
            let result = number()
            if result != 0 { emit("r0 = r\(result)") }
            emit("r0 &= 1")
            emit("exit")
            isDead = true
        }
        end()
    }
}

extension RandomProgram {
    /// The object: the program "test", a hash "values" and an array "table".
    public func specs() throws -> ObjectSpecs {
        let objects: [String: WideImmediate] = [
            "values": .map(descriptor: 1), "table": .map(descriptor: 2),
        ]
        var program = ProgramSpec(
            name: "test", type: type,
            instructions: try Assembler(objects: objects).assemble(assembly))
        for (slot, instruction) in try Instruction.decode(program.instructions) {
            guard case .loadImmediate(_, .map(let descriptor)) = instruction else { continue }
            program.references.append(
                ProgramReference(
                    slot: slot, target: .map(descriptor == 1 ? "values" : "table")))
        }
        return ObjectSpecs(
            name: "test", programs: ["test": program],
            maps: [
                "values": MapSpec(
                    name: "values", type: .hash, keySize: 4, valueSize: 48, maxEntries: 8),
                "table": MapSpec(
                    name: "table", type: .array, keySize: 4, valueSize: 64,
                    maxEntries: UInt32(ProgramWriter.tableCount)),
            ], license: "GPL")
    }
}
