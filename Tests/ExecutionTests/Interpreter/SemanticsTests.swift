import EBPFBytecode
import EBPFExecution
import Testing

/// Every instruction that computes, at edge values, in both widths and with both kinds of operands,
/// against an independent oracle.
@Suite struct SemanticsTests {
    /// Runs one instruction on many pairs of r0 and r1; gives r0 of each.
    typealias Engine = (Instruction, [(UInt64, UInt64)]) throws -> [UInt64]

    static let values: [UInt64] = [
        0, 1, 2, .max, .max - 1, 7, 31, 32, 33, 63, 64, 65, 0x7f, 0x80, 0xff, 0x7fff, 0x8000,
        0xffff, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0x1234_5678_9abc_def0,
    ]
    static let constants: [Int32] = [
        0, 1, 2, -1, -2, 7, 31, 32, 33, 63, 64, 127, -128, 0x7fff, .max, .min, .min + 1,
    ]
    private static let sources: [Source] = [.register(.r1)] + constants.map { .immediate($0) }

    static let computing: [Instruction] =
        Width.allCases.flatMap { width -> [Instruction] in
            sources.flatMap { source -> [Instruction] in
                Arithmetic.allCases.map { .arithmetic($0, width, .r0, source) }
                    + Comparison.allCases.map { .branch($0, width, .r0, source, 2) }
                    + [.move(width, .r0, source)]
            }
                + [.negate(width, .r0)]
                + [MemorySize.byte, .halfWord].map { .moveSigned(width, .r0, from: $0, of: .r1) }
        } + [.moveSigned(.doubleWord, .r0, from: .word, of: .r1)]
        + [MemorySize.halfWord, .word, .doubleWord].flatMap { size -> [Instruction] in
            [.convert(.r0, to: .little, size), .convert(.r0, to: .big, size), .swap(.r0, size)]
        }

    private static func pairs(for instruction: Instruction) -> [(UInt64, UInt64)] {
        switch instruction {
        case .arithmetic(_, _, _, .immediate), .branch(_, _, _, .immediate, _),
            .move(_, _, .immediate), .negate, .convert, .swap:
            values.map { ($0, 0xdead_beef_dead_beef) }
        default: values.flatMap { first in values.map { (first, $0) } }
        }
    }

    /// What an engine gets wrong, one line each.
    static func mismatches(_ engine: Engine, _ instructions: [Instruction]) throws -> [String] {
        var found: [String] = []
        for instruction in instructions {
            let pairs = pairs(for: instruction)
            let results = try engine(instruction, pairs)
            for ((r0, r1), result) in zip(pairs, results) {
                let truth = SemanticsOracle.result(of: instruction, r0, r1)
                if truth != result {
                    found.append("\(instruction), r0 \(r0), r1 \(r1): \(result), not \(truth)")
                }
            }
        }
        return found
    }

    /// The interpreter, in a loop over the pairs in memory.
    static func interpreter(_ host: UserSpaceHost) -> Engine {
        { instruction, pairs in
            var body: [Instruction] = [
                .load(.doubleWord, .r0, MemoryOperand(.r6)),
                .load(.doubleWord, .r1, MemoryOperand(.r6, 8)),
                instruction,
            ]
            if case .branch = instruction {
                body += [
                    .move(.doubleWord, .r0, .immediate(0)), .jump(1, long: false),
                    .move(.doubleWord, .r0, .immediate(1)),
                ]
            }
            body += [
                .store(.doubleWord, MemoryOperand(.r6), .register(.r0)),
                .arithmetic(.add, .doubleWord, .r6, .immediate(16)),
                .arithmetic(.subtract, .doubleWord, .r7, .immediate(1)),
            ]
            let program: [Instruction] =
                [
                    .move(.doubleWord, .r6, .register(.r1)),
                    .move(.doubleWord, .r7, .immediate(Int32(pairs.count))),
                ] + body
                + [
                    .branch(
                        .notEqual,
                        .doubleWord,
                        .r7,
                        .immediate(0),
                        -Int16(body.count) - 1
                    ),
                    .exit,
                ]
            let loaded = try host.load(bytecode: program.flatMap(\.encoded))
            let result = try loaded.run(memory: pairs.flatMap { bytes($0.0) + bytes($0.1) })
            return pairs.indices.map { word(result.context, at: $0 * 16) }
        }
    }

    @Test func `the interpreter computes what the standard says`() throws {
        let host = UserSpaceHost(.init(cpuCount: 1))
        let found = try Self.mismatches(Self.interpreter(host), Self.computing)
        #expect(found.isEmpty, "\(found.count), the first: \(found.first ?? "")")
    }

    /// Engines with one mistake each, such as engines have had.
    static let mistakes: [(String, @Sendable (Instruction, UInt64, UInt64) -> UInt64?)] = [
        (
            "a signed shift that does not keep the sign",
            { instruction, r0, r1 in
                guard case .arithmetic(.shiftRightSigned, .doubleWord, _, .register) = instruction
                else { return nil }
                return r0 &>> r1
            }
        ),
        (
            "32-bit sums that keep the upper half",
            { instruction, r0, r1 in
                guard case .arithmetic(.add, .word, _, .register) = instruction else { return nil }
                return r0 & ~0xffff_ffff | (r0 &+ r1) & 0xffff_ffff
            }
        ),
        (
            "a remainder by zero that is zero",
            { instruction, r0, r1 in
                guard case .arithmetic(.modulo, .doubleWord, _, .register) = instruction
                else { return nil }
                return r1 == 0 ? 0 : r0 % r1
            }
        ),
        (
            "64-bit constants without their sign",
            { instruction, r0, _ in
                guard case .branch(.equal, .doubleWord, _, .immediate(let value), _) = instruction
                else { return nil }
                return r0 == UInt64(UInt32(bitPattern: value)) ? 1 : 0
            }
        ),
        (
            "bytes that are swapped but not cut",
            { instruction, r0, _ in
                guard case .swap(_, .halfWord) = instruction else { return nil }
                return r0 & ~0xffff | UInt64(UInt16(truncatingIfNeeded: r0).byteSwapped)
            }
        ),
    ]

    @Test(arguments: mistakes.indices)
    func `an engine with a mistake is caught`(index: Int) throws {
        let (name, mistake) = Self.mistakes[index]
        let wrong: Engine = { instruction, pairs in
            pairs.map {
                mistake(instruction, $0.0, $0.1)
                    ?? SemanticsOracle.result(of: instruction, $0.0, $0.1)
            }
        }
        let affected = Self.computing.filter { mistake($0, 1, 1) != nil }
        #expect(try !Self.mismatches(wrong, affected).isEmpty, "\(name)")
    }

    // MARK: Sequences

    /// Straight programs of random instructions, so that what an engine makes of several at once
    /// is tested too.
    @Test func `random sequences compute what the standard says`() throws {
        let host = UserSpaceHost(.init(cpuCount: 1))
        var random = SplitMix(state: 42)
        for _ in 0..<400 {
            let sequence = (0..<24).map { _ in randomInstruction(&random) }
            let start = (0..<6).map { _ in Self.values[random.below(Self.values.count)] }
            var truth = start
            for instruction in sequence { apply(instruction, to: &truth) }
            #expect(try run(sequence, from: start, on: host) == truth, "\(sequence)")
        }
    }

    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }

        mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
    }

    private static let registers: [Register] = [.r0, .r1, .r2, .r3, .r4, .r5]

    /// Few registers and many moves and shifts: what compilers emit in patterns.
    private func randomInstruction(_ random: inout SplitMix) -> Instruction {
        let width: Width = random.below(2) == 0 ? .word : .doubleWord
        let target = Self.registers[random.below(3)]
        let other = Self.registers[random.below(6)]
        let constant = Self.constants[random.below(Self.constants.count)]
        let source: Source = random.below(2) == 0 ? .register(other) : .immediate(constant)
        switch random.below(8) {
        case 0, 1: return .move(width, target, source)
        case 2: return .moveSigned(.doubleWord, target, from: .word, of: other)
        case 3: return .swap(target, .word)
        case 4:
            let shifts: [Arithmetic] = [.shiftLeft, .shiftRight, .shiftRightSigned]
            return .arithmetic(shifts[random.below(3)], width, target, source)
        default:
            let operations = Arithmetic.allCases
            return .arithmetic(operations[random.below(operations.count)], width, target, source)
        }
    }

    private func apply(_ instruction: Instruction, to registers: inout [UInt64]) {
        let target: Register
        var other = Register.r0
        switch instruction {
        case .arithmetic(_, _, let register, let source), .move(_, let register, let source):
            target = register
            if case .register(let register) = source { other = register }
        case .moveSigned(_, let register, _, let source):
            target = register
            other = source
        case .swap(let register, _): target = register
        default: return
        }
        registers[Int(target.rawValue)] = SemanticsOracle.result(
            of: instruction, registers[Int(target.rawValue)], registers[Int(other.rawValue)])
    }

    private func run(
        _ sequence: [Instruction], from start: [UInt64], on host: UserSpaceHost
    ) throws -> [UInt64] {
        let save = Instruction.move(.doubleWord, .r6, .register(.r1))
        let places = Self.registers.map { MemoryOperand(.r6, Int16($0.rawValue) * 8) }
        let loads = zip(Self.registers, places).map { Instruction.load(.doubleWord, $0, $1) }
        let stores = zip(Self.registers, places).map {
            Instruction.store(.doubleWord, $1, .register($0))
        }
        let program: [Instruction] = [save] + loads + sequence + stores + [.exit]
        let result = try host.load(bytecode: program.flatMap(\.encoded))
            .run(memory: start.flatMap { bytes($0) })
        return Self.registers.indices.map { word(result.context, at: $0 * 8) }
    }

    // MARK: Memory

    static let sizes: [MemorySize] = [.byte, .halfWord, .word, .doubleWord]

    @Test(arguments: sizes)
    func `loads extend and stores cut`(size: MemorySize) throws {
        let host = UserSpaceHost(.init(cpuCount: 1))
        let mask = size == .doubleWord ? UInt64.max : 1 << UInt64(size.byteCount * 8) - 1
        for value in Self.values {
            let place = MemoryOperand(.r1, 3)
            let memory = [UInt8](repeating: 0xa5, count: 16)
            let expected =
                Array(memory[..<3]) + bytes(value).prefix(size.byteCount)
                + memory[(3 + size.byteCount)...]
            var program: [Instruction] = [
                .loadImmediate(.r2, .constant(value)), .store(size, place, .register(.r2)),
                .load(size, .r0, place), .exit,
            ]
            var result = try host.load(bytecode: program.flatMap(\.encoded)).run(memory: memory)
            #expect(result.context == expected)
            #expect(result.returned == value & mask)

            program[2] = size == .doubleWord ? program[2] : .loadSigned(size, .r0, place)
            result = try host.load(bytecode: program.flatMap(\.encoded)).run(memory: memory)
            let shift = UInt64(64 - size.byteCount * 8)
            #expect(
                Int64(bitPattern: result.returned) == Int64(bitPattern: value << shift) >> shift
            )
        }
        for constant in Self.constants {
            let program: [Instruction] = [
                .store(size, MemoryOperand(.r1), .immediate(constant)),
                .load(size, .r0, MemoryOperand(.r1)), .exit,
            ]
            let result = try host.load(bytecode: program.flatMap(\.encoded))
                .run(memory: [UInt8](repeating: 0, count: 8))
            #expect(result.returned == UInt64(bitPattern: Int64(constant)) & mask)
        }
    }
}
