import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// What the arm64 back end makes of what it is told about a unit: proved accesses, arrays, programs
/// that take another's place.
@Suite(.enabled(if: ARM64Guest.absence == nil, "\(ARM64Guest.absence ?? "")"))
struct ARM64PlanTests {
    /// Generated programs that run to their end, with what is known about their accesses.
    private static func provedRuns(_ seeds: [Int]) throws -> [(run: GuestRun, plans: [AccessPlan])]
    {
        let oracle = MachineOracle()
        return try GeneratedPrograms.runs(seeds).compactMap { run in
            guard let plans = try GeneratedPlans.plans(of: run.program),
                try oracle.run(run).result != nil
            else { return nil }
            return (run, plans)
        }
    }

    @Test(arguments: [false, true])
    func `proved accesses need no tests`(_ regionsAreKnown: Bool) throws {
        let runs = try Self.provedRuns(Array(1...600))
        #expect(runs.count > 300)
        let oracle = MachineOracle()
        var guest = ARM64Guest()
        var expected: [GuestOutcome] = []
        for (run, plans) in runs {
            var functions: [Int: UInt64] = [:]
            expected.append(try oracle.run(run) { functions[$0] = $1 })
            try guest.add(run, functions: functions) { unit in
                unit.accesses =
                    regionsAreKnown ? plans : plans.map { $0 == .checked ? $0 : .proved }
            }
        }
        for (index, outcome) in try guest.run().enumerated() {
            #expect(outcome == expected[index], "\(ProgramReducer.text(runs[index].run))")
        }
    }

    @Test func `what is proved from the start of a run needs no tests`() throws {
        let seeds = Array(1...500)
        let runs =
            GeneratedPrograms.runs(seeds)
            + GeneratedPrograms.runs(seeds, LoopGenerator.program(seed:))
        let outcomes = try EngineComparison.outcomes(runs) { unit in
            unit.premises = GuestMemory.premises(budget: 4096)
        }
        for (index, outcome) in outcomes.enumerated() {
            #expect(
                outcome.compiled == outcome.interpreted, "\(ProgramReducer.text(runs[index]))")
        }
    }

    @Test func `proved places in the frame are reached from its address`() throws {
        let program = try Assembler().assemble(
            """
            r1 = r10
            r1 += -500
            *(u64 *)(r1 + 4) = 77
            goto +0
            r0 = *(u64 *)(r1 + 4)
            exit
            """)
        let outcome = try EngineComparison.outcomes([GuestRun(program: program)]) { unit in
            unit.accesses = Array(repeating: .checked, count: program.count)
            unit.accesses[4] = .frameByte(-496)
        }[0]
        #expect(outcome.compiled == outcome.interpreted)
        #expect(outcome.compiled.result == 77)
    }

    private static let lookups: [(index: Int32, stride: UInt32, offset: Int?)] = [
        (0, 8, 0), (1, 8, 8), (4, 8, 32), (5, 8, nil), (-1, 8, nil), (1, 12, 12), (2, 12, 24),
        (3, 16, 48), (0, 1, 0), (4, 1, 4),
    ]

    @Test(arguments: lookups)
    func `elements of arrays are found in place`(
        _ index: Int32, _ stride: UInt32, _ offset: Int?
    ) throws {
        for place in [4, 8, 9, 300, 301] {
            let program = try Assembler().assemble(
                """
                *(u32 *)(r10 - \(place)) = \(index)
                r2 = r10
                r2 += -\(place)
                r1 = 0x4d41505300000007 ll
                call 1
                exit
                """)
            let outcome = try Self.compiled(program) { unit in
                unit.arrays[0x4d41_5053_0000_0007] = CodeUnit.ArrayShape(
                    start: GuestMemory.objectAddress, count: 5, stride: stride)
            }
            let address = offset.map { GuestMemory.objectAddress + UInt64($0) } ?? 0
            #expect(outcome.result == address, "key at -\(place)")
        }
    }

    private static let packetLoads: [(String, UInt64)] = [
        ("r0 = *(u32 *)skb[4096]", 0x10004), ("r0 = *(u8 *)skb[8191]", 0x1fff1),
        ("r3 = 0xffffffff00000ff0 ll\nr0 = *(u16 *)skb[r3 + 32]", 0x10102),
        ("r3 = 8192\nr0 = *(u16 *)skb[r3 - 4000]", 0x10602),
        ("r0 = 5\nr0 = *(u16 *)skb[64]", 0),
    ]

    /// The driver returns the offset and the size that it was asked for.
    @Test(arguments: packetLoads)
    func `packets are read at a sum of 32 bits`(_ text: String, _ result: UInt64) throws {
        let program = try Assembler().assemble(text + "\nexit")
        #expect(try Self.compiled(program) { _ in }.result == result)
    }

    /// The driver's `bpf_tail_call` goes to the function whose address is in r2, unless r3 is 33 or
    /// more; r1 is left alone.
    private static let tailCalls: [(String, UInt64)] = [
        ("r6 = 5\nr2 = TARGET ll\nr3 = 0\ncall 12\nr0 = 7\nexit", 43),
        ("r6 = 5\nr2 = TARGET ll\nr3 = 33\ncall 12\nr0 = 7\nr0 += r6\nexit", 12),
        // From a function: the other program returns to the function's caller.
        (
            "r6 = 5\ncall f\nr0 += r6\nexit\n"
                + "f:\nr6 = 9\nr2 = TARGET ll\nr3 = 1\ncall 12\nr0 = 7\nexit",
            48
        ),
    ]

    @Test(arguments: tailCalls)
    func `another program takes the place of a function`(
        _ text: String, _ result: UInt64
    ) throws {
        let target = "target:\nr6 = 42\nr0 = r6\nr1 >>= 33\nr0 += r1\nexit"
        let source = text.replacing("TARGET", with: "0") + "\n" + target
        var program = try Assembler().assemble(source)
        let place = program.count - 5
        // The constant stands for the function at the end.
        for (slot, instruction) in try Instruction.decode(program) {
            guard instruction == .loadImmediate(.r2, .constant(0)) else { continue }
            let constant = Instruction.loadImmediate(.r2, .function(Int32(place - slot - 1)))
            program.replaceSubrange(slot..<(slot + 2), with: constant.encoded)
        }
        let outcome = try Self.compiled(program) { _ in }
        #expect(outcome.result == result)
        let verified = try Self.compiled(program) { $0.isVerified = true }
        #expect(verified.result == result)
    }

    private static func compiled(
        _ program: [EncodedInstruction], _ adjust: (inout CodeUnit) -> Void
    ) throws -> GuestOutcome {
        try EngineComparison.outcomes([GuestRun(program: program)], adjust)[0].compiled
    }
}
