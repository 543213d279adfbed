/// Turns text in LLVM's notation into programs.
///
/// ```
/// entry:
///     r0 = 0
///     r1 = 10              # comments begin with '#', ';' or '//'
/// loop:
///     r0 += r1
///     r1 -= 1
///     if r1 != 0 goto loop
///     exit
/// ```
///
/// Jumps and calls take a label or a distance in slots. Numbers are decimal or hexadecimal.
/// The distance of `goto` and of branches must fit 16 bits, and a constant must be what the
/// instruction will see: 64-bit operations extend the sign of a 32-bit constant, so 0xffffffff is
/// refused there.
public struct Assembler: Sendable {
    /// Numbers of helpers that `call` may name.
    public var helpers: [String: Int32]
    /// What names in two-slot loads stand for: `r1 = counts ll`.
    public var objects: [String: WideImmediate]

    /// An assembler that knows labels and, beside them, these names.
    public init(helpers: [String: Int32] = [:], objects: [String: WideImmediate] = [:]) {
        self.helpers = helpers
        self.objects = objects
    }

    /// The program that `text` describes.
    ///
    /// - Throws: ``AssemblyError`` for the first line that cannot be read.
    public func assemble(_ text: String) throws(AssemblyError) -> [EncodedInstruction] {
        var assembly = Assembly(names: self)
        var line = 0
        for content in text.utf8.split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        ) {
            line += 1
            try assembly.read(content, line: line)
        }
        return try assembly.finish()
    }
}

extension Instruction {
    /// The instruction in one line of LLVM's notation, without labels.
    ///
    /// - Throws: ``AssemblyError``, also where the text holds no instruction or several.
    public init(_ text: String) throws(AssemblyError) {
        let slots = try Assembler().assemble(text)
        do throws(InvalidInstruction) {
            guard !slots.isEmpty else { throw InvalidInstruction(slot: 0, .truncated) }
            let instruction = try Instruction(decoding: slots, at: 0)
            guard instruction.slotCount == slots.count
            else { throw InvalidInstruction(slot: 1, .malformedSecondSlot) }
            self = instruction
        } catch {
            throw AssemblyError(line: 1, column: 1, .expected("one instruction", found: text))
        }
    }
}

/// A program that grows line by line.
private struct Assembly {
    let names: Assembler
    private var program: [EncodedInstruction] = []
    private var labels: [String: (slot: Int, line: Int)] = [:]
    private var holes: [(slot: Int, line: Int, fixUp: FixUp)] = []

    init(names: Assembler) { self.names = names }

    mutating func read(_ text: Substring.UTF8View, line: Int) throws(AssemblyError) {
        var scanner = Scanner(text, line: line)
        let tokens = try scanner.tokens()
        var parser = StatementParser(tokens, line: line, endColumn: text.count + 1)
        for (name, column) in parser.labels() {
            try define(name, line: line, column: column)
        }
        guard let statement = try parser.statement() else { return }
        if let fixUp = statement.fixUp { holes.append((program.count, line, fixUp)) }
        program += statement.slots
    }

    private mutating func define(_ name: String, line: Int, column: Int) throws(AssemblyError) {
        if let earlier = labels[name] {
            throw AssemblyError(
                line: line,
                column: column,
                .duplicateLabel(name, firstLine: earlier.line)
            )
        }
        labels[name] = (program.count, line)
    }

    /// Fills the holes, now that all labels are known.
    mutating func finish() throws(AssemblyError) -> [EncodedInstruction] {
        for hole in holes {
            do throws(AssemblyError.Reason) {
                try fill(hole.fixUp, at: hole.slot)
            } catch {
                throw AssemblyError(line: hole.line, column: hole.fixUp.column, error)
            }
        }
        return program
    }

    private mutating func fill(_ fixUp: FixUp, at slot: Int) throws(AssemblyError.Reason) {
        let distance = labels[fixUp.name].map { $0.slot - slot - 1 }
        switch fixUp.kind {
        case .distance:
            program[slot].offset = try fit(try known(distance, fixUp), .distance)
        case .longDistance:
            program[slot].immediate = try fit(try known(distance, fixUp), .longDistance)
        case .call:
            if let distance {
                program[slot].source = 1
                program[slot].immediate = try fit(distance, .longDistance)
            } else if let number = names.helpers[fixUp.name] {
                program[slot].immediate = number
            } else {
                throw .unknownName(fixUp.name)
            }
        case .wideImmediate:
            try fillObject(fixUp, distance, at: slot)
        }
    }

    private mutating func fillObject(
        _ fixUp: FixUp,
        _ distance: Int?,
        at slot: Int
    ) throws(AssemblyError.Reason) {
        let object: WideImmediate
        if let distance {
            object = .function(try fit(distance, .longDistance))
        } else if let known = names.objects[fixUp.name] {
            object = known
        } else {
            throw .unknownName(fixUp.name)
        }
        guard let register = Register(rawValue: program[slot].destination) else { return }
        let slots = Instruction.loadImmediate(register, object).encoded
        program.replaceSubrange(slot..<slot + slots.count, with: slots)
    }

    private func known(_ distance: Int?, _ fixUp: FixUp) throws(AssemblyError.Reason) -> Int {
        guard let distance else { throw .unknownName(fixUp.name) }
        return distance
    }

    private func fit<Value: FixedWidthInteger>(
        _ distance: Int,
        _ field: AssemblyError.Field
    ) throws(AssemblyError.Reason) -> Value {
        guard let value = Value(exactly: distance)
        else { throw .outOfRange(value: "\(distance)", field) }
        return value
    }
}

extension AssemblyError.Reason: Error {}
