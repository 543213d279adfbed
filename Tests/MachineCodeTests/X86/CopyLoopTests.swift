import EBPFBytecode
import EBPFExecution
import Testing

@testable import EBPFMachineCode

/// Loops that copy, which become one instruction of the processor.
struct CopyLoopTests {
    private static let loop = """
        r0 = *(u32 *)(r6 + 4)
        *(u32 *)(r7 + 0) = r0
        r6 += 4
        r7 += 4
        r8 += 1
        if r8 < r9 goto -6
        r0 = 0
        exit
        """

    /// What makes another loop of it.
    static let changes: [(what: String, from: String, to: String, isCopy: Bool)] = [
        ("nothing", "", "", true),
        ("another limit", "r8 < r9", "r8 < 100", true),
        ("while another number", "r8 < r9", "r8 != r9", true),
        ("a counter by eights", "r8 += 1", "r8 += 8", true),
        ("no counter", "if r8", "if r5", false),
        ("signed numbers", "r8 < r9", "r8 s< r9", false),
        ("lower halves", "if r8 < r9", "if w8 < w9", false),
        ("a counter by threes", "r8 += 1", "r8 += 3", false),
        ("backwards", "r6 += 4", "r6 += -4", false),
        ("gaps", "r7 += 4", "r7 += 8", false),
        ("two sizes", "*(u32 *)(r7", "*(u16 *)(r7", false),
        ("another value", "(r7 + 0) = r0", "(r7 + 0) = r1", false),
        ("a value that is changed", "r8 += 1", "r0 += 1", false),
        ("a value that is needed", "r0 = 0\n", "", false),
        ("a limit that moves", "r8 += 1", "r9 += 1", false),
        ("the frame", "*(u32 *)(r6 + 4)", "*(u32 *)(r10 - 4)", false),
    ]

    @Test(arguments: changes)
    func `only loops that do nothing else are taken for copies`(
        _ row: (what: String, from: String, to: String, isCopy: Bool)
    ) throws {
        let text = row.from.isEmpty ? Self.loop : Self.loop.replacing(row.from, with: row.to)
        let analysis = try UnitAnalysis(CodeUnit(try Assembler().assemble(text)))
        #expect((analysis.copyLoop(at: 0) != nil) == row.isCopy)
    }

    @Test func `places are those at the loop's head`() throws {
        let text = Self.loop.replacing("r6 += 4\n", with: "").replacing(
            "r0 = *(u32 *)(r6 + 4)", with: "r6 += 4\nr0 = *(u32 *)(r6 + 4)")
        let analysis = try UnitAnalysis(CodeUnit(try Assembler().assemble(text)))
        let loop = try #require(analysis.copyLoop(at: 0))
        #expect(loop.source == MemoryOperand(.r6, 8))
        #expect(loop.target == MemoryOperand(.r7, 0))
        #expect(loop.end == 6)
    }

    @Test(arguments: [true, false])
    func `only what is proved is copied at once`(_ isProved: Bool) throws {
        let start = "r6 = r1\nr7 = r1\nr7 += \(isProved ? 32 : 40)\nr8 = 0\nr9 = 7\n"
        var unit = CodeUnit(try Assembler().assemble(start + Self.loop))
        unit.window = 2
        unit.premises = GuestMemory.premises(budget: 1 << 20)
        let code = try Compiler.compile(unit, for: .x86(X86Features(hasBMI2: true))).code
        let copies = zip(code, code.dropFirst()).contains { $0 == 0xf3 && $1 == 0xa4 }
        #expect(copies == isProved)
    }

    @Test(
        .enabled(if: Compiler.Processor.current != nil, "no machine code for this processor"),
        arguments: 0..<8)
    func `copies of all lengths and distances are those of the interpreter`(_ seed: Int) throws {
        var numbers = RandomNumbers(seed: UInt64(seed))
        let interpreter = MachineOracle(budget: 1 << 20)
        let machine = MachineOracle(.machineCode, budget: 1 << 20, runCount: 3)
        for _ in 0..<60 {
            let text = Self.program(&numbers)
            var run = GuestRun(program: try Assembler().assemble(text))
            run.context = (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: $0 * 7 ^ $0 >> 3) }
            let (expected, found) = (try interpreter.run(run), try machine.run(run))
            #expect(expected == found, "\(text)")
        }
    }

    private static let byteCount = 4096

    /// A program that copies elements inside of the context, and shows where its registers ended.
    private static func program(_ numbers: inout RandomNumbers) -> String {
        let size = 1 << numbers.below(4)
        let count = 1 + numbers.below(256)
        let room = byteCount - size * count - 16
        let source = numbers.below(room)
        let near = source + numbers.below(64) - 32
        let target = numbers.below(2) == 0 ? min(max(near, 0), room) : numbers.below(room)
        let stride = 1 << numbers.below(5)
        let start = numbers.below(3) * 8
        let limit = start + stride * count + (numbers.below(4) == 0 ? numbers.below(stride) : 0)
        let isExact = limit == start + stride * count
        let displacement = numbers.below(16)
        var body = [
            "r0 = *(u\(size * 8) *)(r6 + \(displacement))", "*(u\(size * 8) *)(r7 + 0) = r0",
            "r6 += \(size)", "r7 += \(size)", "r8 += \(stride)",
        ]
        if numbers.below(2) == 0 { body.append("r5 += 3") }
        let comparison = isExact && numbers.below(2) == 0 ? "!=" : "<"
        let right = numbers.below(2) == 0 ? "\(limit)" : "r9"
        let inverse = comparison == "<" ? ">=" : "=="
        let end =
            numbers.below(2) == 0
            ? "if r8 \(comparison) \(right) goto -\(body.count + 1)"
            : "if r8 \(inverse) \(right) goto +1\ngoto -\(body.count + 2)"
        return """
            r6 = r1
            r6 += \(source)
            r7 = r1
            r7 += \(target)
            r8 = \(start)
            r9 = \(limit)
            r5 = 0
            \(body.joined(separator: "\n"))
            \(end)
            r0 = r6
            r0 *= 31
            r0 += r7
            r0 *= 31
            r0 += r8
            r0 *= 31
            r0 += r5
            exit
            """
    }
}
