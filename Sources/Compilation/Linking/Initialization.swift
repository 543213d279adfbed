import EBPFBytecode
import EBPFObjectFile

/// Runs the initialisers of globals, most of which the optimiser has reduced to constant stores.
///
/// This is a small machine for numbers, globals and the stack; tables are filled in loops. What calls
/// a helper, or takes too long, has an initial value that is not known before the program runs.
struct Initialization {
    private let object: RawObject
    /// The bytes of the sections of data, initialised.
    private(set) var sections: [Int: [UInt8]] = [:]

    /// A value in a register: a number, or the address of a place.
    private enum Value {
        case number(UInt64)
        case address(section: Int, offset: Int)
        case stack(Int)
    }

    init(_ object: RawObject) { self.object = object }

    /// The bytes of a section of data.
    func contents(of section: Int) -> [UInt8] {
        sections[section] ?? object.elf.contents(object.elf.sections[section])
    }

    /// Runs every initialiser.
    ///
    /// - Throws: ``Unknown`` if an initial value is not a constant.
    mutating func run() throws(Unknown) {
        for function in object.functions.values.sorted(by: { $0.symbol < $1.symbol })
        where function.sectionName == LazyGlobals.section {
            // The optimiser has taken out what nobody reads: without a global nothing is left to do.
            let hasGlobal = function.references.values.contains { $0.kind == .constant64 }
            if hasGlobal { try run(function) }
        }
    }

    private mutating func run(_ function: RawFunction) throws(Unknown) {
        var registers = [Value](repeating: .number(0), count: 11)
        registers[10] = .stack(Self.stackSize)
        var stack = [UInt8](repeating: 0, count: Self.stackSize)
        var (slot, steps) = (0, 0)
        while slot < function.instructions.count {
            steps += 1
            guard steps <= Self.greatestSteps, slot >= 0 else { throw unknown(function, slot) }
            let instruction = function.instructions[slot]
            let (to, from) = (Int(instruction.destination), Int(instruction.source))
            guard to < 11, from < 11 else { throw unknown(function, slot) }
            let immediate = UInt64(bitPattern: Int64(instruction.immediate))
            switch instruction.opcode {
            case 0x95: return
            case 0x18:
                registers[to] = load(function, slot)
                slot += 1
            case 0xb7: registers[to] = .number(immediate)
            case 0xb4: registers[to] = .number(immediate & 0xffff_ffff)
            case 0xbf where instruction.offset == 0: registers[to] = registers[from]
            case 0x07: registers[to] = Self.sum(registers[to], Int(instruction.immediate))
            case 0x62, 0x6a, 0x72, 0x7a:
                try store(.number(immediate), registers[to], function, slot, &stack)
            case 0x63, 0x6b, 0x73, 0x7b:
                try store(registers[from], registers[to], function, slot, &stack)
            case 0x61, 0x69, 0x71, 0x79, 0x81, 0x89, 0x91:
                registers[to] = try read(registers[from], function, slot, stack)
            default:
                guard let next = calculate(instruction, slot, &registers) else {
                    throw unknown(function, slot)
                }
                slot = next - 1
            }
            slot += 1
        }
    }

    /// How many bytes of local values an initialiser may have.
    static let stackSize = 1 << 16

    /// How many instructions an initialiser may take: a table of 64 KB in a few each.
    private static let greatestSteps = 4_000_000

    /// Arithmetic and branches.
    ///
    /// - Returns: the next slot; `nil` for other instructions, and where addresses are no operands.
    private func calculate(
        _ instruction: EncodedInstruction, _ slot: Int, _ registers: inout [Value]
    ) -> Int? {
        let (to, from) = (Int(instruction.destination), Int(instruction.source))
        let usesRegister = instruction.opcode & 0x08 != 0
        let immediate = UInt64(bitPattern: Int64(instruction.immediate))
        let operand = usesRegister ? registers[from] : .number(immediate)
        let arithmetic = NumberArithmetic(instruction)
        switch instruction.opcode & 0x07 {
        case 4, 7:
            if instruction.opcode == 0x0f, case .number(let addend) = operand {
                registers[to] = Self.sum(registers[to], Int(truncatingIfNeeded: addend))
            } else if instruction.opcode == 0x0f, case .number(let first) = registers[to] {
                registers[to] = Self.sum(operand, Int(truncatingIfNeeded: first))
            } else if case .number(let first) = registers[to], case .number(let second) = operand,
                let result = arithmetic.result(first, second)
            {
                registers[to] = .number(result)
            } else {
                return nil
            }
            return slot + 1
        case 5, 6:
            guard let target = instruction.branchTarget(at: slot) else { return nil }
            if instruction.endsPath { return target }
            guard let (first, second) = Self.comparable(registers[to], operand),
                let isTaken = arithmetic.comparison(first, second)
            else { return nil }
            return isTaken ? target : slot + 1
        default: return nil
        }
    }

    /// Two numbers, or how far two addresses in one place are from its beginning.
    private static func comparable(_ first: Value, _ second: Value) -> (UInt64, UInt64)? {
        switch (first, second) {
        case (.number(let first), .number(let second)): (first, second)
        case (.stack(let first), .stack(let second)):
            (UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second)))
        case (.address(let place, let first), .address(let other, let second)) where place == other:
            (UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second)))
        default: nil
        }
    }

    private func load(_ function: RawFunction, _ slot: Int) -> Value {
        let low = UInt32(bitPattern: function.instructions[slot].immediate)
        let next = slot + 1 < function.instructions.count ? function.instructions[slot + 1] : nil
        let high = UInt32(bitPattern: next?.immediate ?? 0)
        guard let reference = function.references[slot],
            case .section(let section) = reference.symbol.place
        else { return .number(UInt64(high) << 32 | UInt64(low)) }
        let base = reference.symbol.kind == .section ? 0 : Int(clamping: reference.symbol.value)
        return .address(section: section, offset: base + Int(Int32(bitPattern: low)))
    }

    private static func sum(_ value: Value, _ addend: Int) -> Value {
        switch value {
        case .number(let number): .number(number &+ UInt64(bitPattern: Int64(addend)))
        case .address(let section, let offset): .address(section: section, offset: offset &+ addend)
        case .stack(let offset): .stack(offset &+ addend)
        }
    }

    private static func size(_ opcode: UInt8) -> Int {
        switch opcode & 0x18 {
        case 0x00: 4
        case 0x08: 2
        case 0x10: 1
        default: 8
        }
    }

    private mutating func store(
        _ value: Value, _ target: Value, _ function: RawFunction, _ slot: Int,
        _ stack: inout [UInt8]
    ) throws(Unknown) {
        guard case .number(let number) = value else { throw unknown(function, slot) }
        let instruction = function.instructions[slot]
        let bytes = (0..<Self.size(instruction.opcode)).map {
            UInt8(truncatingIfNeeded: number >> UInt64(8 * $0))
        }
        switch Self.sum(target, Int(instruction.offset)) {
        case .address(let section, let offset):
            if sections[section] == nil { sections[section] = contents(of: section) }
            guard offset >= 0, offset + bytes.count <= sections[section]?.count ?? 0
            else { throw unknown(function, slot) }
            sections[section]?.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        case .stack(let offset) where offset >= 0 && offset + bytes.count <= stack.count:
            stack.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        default: throw unknown(function, slot)
        }
    }

    private func read(
        _ source: Value, _ function: RawFunction, _ slot: Int, _ stack: [UInt8]
    ) throws(Unknown) -> Value {
        let instruction = function.instructions[slot]
        let count = Self.size(instruction.opcode)
        let bytes: [UInt8]
        let start: Int
        switch Self.sum(source, Int(instruction.offset)) {
        case .address(let section, let offset): (bytes, start) = (contents(of: section), offset)
        case .stack(let offset): (bytes, start) = (stack, offset)
        case .number: throw unknown(function, slot)
        }
        guard start >= 0, start + count <= bytes.count else { throw unknown(function, slot) }
        let number = bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        guard instruction.opcode & 0xe0 == 0x80 else { return .number(number) }
        // A load that keeps the sign.
        let room = UInt64(64 - 8 * count)
        return .number(UInt64(bitPattern: Int64(bitPattern: number << room) >> Int64(room)))
    }

    private func unknown(_ function: RawFunction, _ slot: Int) -> Unknown {
        Unknown(function: function, line: function.lines.last { $0.slot <= slot && $0.line > 0 })
    }

    /// An initial value is not a constant.
    struct Unknown: Error {
        let function: RawFunction
        let line: LineInfo?
    }
}

extension Initialization.Unknown {
    /// The failure at the line of the global, or where one of Swift's library is used.
    func failure(_ object: RawObject, _ names: SourceNames) -> LinkFailure {
        let symbols = function.references.sorted { $0.key < $1.key }.map(\.value.symbol.name)
        let place = line ?? symbols.lazy.compactMap { names.global($0).place }.first
        guard place == nil else {
            return LinkFailure(
                "the initial value of a global is not known before the program runs", at: place,
                remedy: "give it a constant, or set it from the application before loading")
        }
        return LinkFailure(
            "this needs a part of Swift's library that is made when a program starts",
            at: user(of: Set(symbols), object), remedy: "write what is needed of it with numbers")
    }

    /// The first line of a program that refers to one of the symbols.
    private func user(of symbols: Set<String>, _ object: RawObject) -> LineInfo? {
        for function in object.functions.values.sorted(by: { $0.symbol < $1.symbol })
        where function.isProgram {
            for (slot, reference) in function.references.sorted(by: { $0.key < $1.key })
            where symbols.contains(reference.symbol.name) {
                return function.lines.last { $0.slot <= slot && $0.line > 0 }
                    ?? function.lines.first { $0.line > 0 }
            }
        }
        return nil
    }
}
