import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// What generated programs do not reach: special forms of single instructions, limits, and modes.
@Suite(.enabled(if: ARM64Guest.absence == nil, "\(ARM64Guest.absence ?? "")"))
struct ARM64SemanticsTests {
    private static func run(_ text: String, budget: Int = 4096) throws -> GuestRun {
        GuestRun(program: try Assembler().assemble(text), budget: budget)
    }

    /// Every operation of both widths with edges on both sides, as a register and as a constant.
    @Test func `arithmetic on edges`() throws {
        var runs: [GuestRun] = []
        for operation in Arithmetic.allCases {
            for width in Width.allCases {
                runs.append(
                    Self.onEdges { right in
                        [
                            .move(.doubleWord, .r3, .register(.r1)),
                            .move(.doubleWord, .r4, .register(.r1)),
                            .arithmetic(operation, width, .r3, .register(.r2)),
                            .arithmetic(operation, width, .r4, .immediate(right)),
                        ]
                    })
            }
        }
        try Self.compare(runs)
    }

    @Test func `comparisons of edges`() throws {
        var runs: [GuestRun] = []
        for comparison in Comparison.allCases {
            for width in Width.allCases {
                runs.append(
                    Self.onEdges { right in
                        [
                            .branch(comparison, width, .r1, .register(.r2), 1),
                            .arithmetic(.add, .doubleWord, .r3, .immediate(1)),
                            .branch(comparison, width, .r1, .immediate(right), 1),
                            .arithmetic(.add, .doubleWord, .r4, .immediate(3)),
                        ]
                    })
            }
        }
        try Self.compare(runs)
    }

    private static let edges: [UInt64] = [
        0, 1, 2, 3, 31, 32, 33, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000,
        0xffff_ffff, 0x1_0000_0000, .max >> 1, 1 << 63, .max - 1, .max,
    ]
    private static let narrowEdges: [Int32] = [
        0, 1, 2, 3, 7, 10, 31, 32, 64, 4095, 4096, 0x12345, .max, .min, -1, -2, -4096,
    ]

    /// A program that does something with each two edges in r1 and r2, or with r1 and a constant;
    /// all that it leaves in r3 and r4 goes into r0.
    private static func onEdges(_ body: (_ right: Int32) -> [Instruction]) -> GuestRun {
        var instructions: [Instruction] = [.move(.doubleWord, .r0, .immediate(0))]
        for left in edges {
            for (index, right) in edges.enumerated() {
                instructions += [
                    .loadImmediate(.r1, .constant(left)), .loadImmediate(.r2, .constant(right)),
                ]
                instructions += body(narrowEdges[index % narrowEdges.count])
                for register in [Register.r3, .r4] {
                    instructions += [
                        .arithmetic(.multiply, .doubleWord, .r0, .immediate(31)),
                        .arithmetic(.add, .doubleWord, .r0, .register(register)),
                    ]
                }
            }
        }
        return GuestRun(program: (instructions + [.exit]).flatMap(\.encoded))
    }

    private static func compare(_ runs: [GuestRun]) throws {
        for (run, isDifferent) in try zip(runs, EngineComparison.differ(runs)) where isDifferent {
            let reduced = try ProgramReducer(differ: EngineComparison.differ).reduced(run)
            Issue.record("\(ProgramReducer.text(reduced))")
        }
    }

    /// Constants of all shapes, which take one to four instructions to load.
    @Test func `constants arrive whole`() throws {
        var random = RandomNumbers(seed: 1)
        var constants: [UInt64] = []
        for quarters in 0..<256 {
            var value: UInt64 = 0
            for quarter in 0..<4 {
                let part = [0, 0xffff, 0x8001, random.next() & 0xffff][
                    quarters >> (2 * quarter) & 3]
                value |= part << UInt64(16 * quarter)
            }
            constants.append(value)
        }
        for width in Width.allCases {
            for mask in AssemblyRows.bitMasks(width) where random.oneIn(8) {
                let quarter = UInt64(16 * random.below(4))
                constants += [
                    mask, mask & ~(0xffff << quarter) | random.next() & 0xffff << quarter,
                ]
            }
        }
        let runs = constants.map { constant in
            GuestRun(
                program: [Instruction.loadImmediate(.r0, .constant(constant)), .exit]
                    .flatMap(\.encoded))
        }
        for (constant, outcome) in try zip(constants, EngineComparison.outcomes(runs)) {
            #expect(outcome.compiled.result == constant)
        }
    }

    private static let endings: [(String, Int?, String)] = [
        ("a loop without end", nil, "r0 = 0\nr0 += 1\ngoto -2"),
        ("a loop without end, by a condition", nil, "r0 = 0\nr0 += 1\nif r0 != 0 goto -2\nexit"),
        ("calls that never end", 2, "call f\nexit\nf:\ncall f\nexit"),
        ("a read of nothing", 1, "r1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit"),
        ("a read beyond the frame", 0, "r0 = *(u64 *)(r10 - 520)\nexit"),
        ("a read across the frame's end", 0, "r0 = *(u64 *)(r10 - 4)\nexit"),
        ("a write of constants", 2, "r1 = 0x4100000100 ll\n*(u8 *)(r1 + 0) = 1\nexit"),
        ("no function", 1, "r3 = -1\ncallx r3\nexit"),
        (
            "an atomic operation between words", 1,
            "r1 = 1\nr1 = atomic_fetch_add((u64 *)(r10 - 12), r1)\nexit"
        ),
        ("an address beyond all regions", 2, "r1 = 0x1000000000000 ll\nr0 = *(u8 *)(r1 + 0)\nexit"),
    ]

    @Test(arguments: endings)
    func `what is forbidden stops the program where it is`(
        _ name: String, _ slot: Int?, _ text: String
    ) throws {
        let (interpreted, compiled) = try EngineComparison.outcomes([Self.run(text)])[0]
        #expect(compiled.result == nil, "\(name)")
        #expect(compiled == interpreted, "\(name)")
        if let slot { #expect(compiled.slot == slot, "\(name)") }
    }

    private static func verified(_ unit: inout CodeUnit) { unit.isVerified = true }

    @Test func `code of a verified program neither counts nor differs`() throws {
        let oracle = MachineOracle()
        // A verifier would have refused those that do not end, and such that read what calls leave
        // in the registers of their arguments.
        let runs = try GeneratedPrograms.runs(Array(1...500)).filter { run in
            let decoded = try Instruction.decode(run.program)
            return try !decoded.contains { $0.instruction.isCall } && oracle.run(run).result != nil
        }
        #expect(runs.count > 100)
        for outcome in try EngineComparison.outcomes(runs, Self.verified) {
            #expect(outcome.compiled == outcome.interpreted)
        }
        let loop = try Self.run(
            "r0 = 0\nr1 = 100000\nr0 += r1\nr1 += -1\nif r1 != 0 goto -3\nexit", budget: 10)
        #expect(try EngineComparison.outcomes([loop], Self.verified)[0].compiled.result != nil)
        #expect(try EngineComparison.outcomes([loop])[0].compiled.result == nil)
    }

    @Test func `programs too long for short branches get long ones`() throws {
        // The loop's budget is counted here, and its end is behind a megabyte of code.
        let start: [Instruction] = [
            .move(.doubleWord, .r0, .immediate(0)),
            .arithmetic(.add, .doubleWord, .r0, .immediate(1)),
            .branch(.notEqual, .doubleWord, .r0, .immediate(3), -2),
        ]
        let filling = (0..<90_000).map { index in
            Instruction.arithmetic(.xor, .doubleWord, .r0, .immediate(0x1234_567 + Int32(index)))
        }
        let program = (start + filling + [.exit]).flatMap(\.encoded)
        let outcomes = try EngineComparison.outcomes(
            [GuestRun(program: program), GuestRun(program: program, budget: 1)])
        #expect(outcomes[0].compiled.result != nil)
        #expect(outcomes[0].compiled == outcomes[0].interpreted)
        #expect(outcomes[1].compiled.slot == 2)
    }
}

extension Instruction {
    fileprivate var isCall: Bool {
        if case .call = self { true } else { false }
    }
}
