import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// What can be proved of programs from where they start: r1 is the address of 64 bytes, r2 is 64.
struct RangeAnalysisTests {
    /// A program, and whether all its accesses and its end can be proved.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var isProved = true
        var isWithinBudget = true
    }

    private static let cases = [
        Case(testDescription: "a byte inside", text: "r0 = *(u8 *)(r1 + 63)\nexit"),
        Case(
            testDescription: "one byte too far", text: "r0 = *(u16 *)(r1 + 63)\nexit",
            isProved: false),
        Case(
            testDescription: "one byte before", text: "r0 = *(u8 *)(r1 - 1)\nexit", isProved: false),
        Case(
            testDescription: "an index behind a test",
            text: """
                w3 = *(u8 *)(r1 + 0)
                if r3 > 60 goto +2
                r1 += r3
                w0 = *(u32 *)(r1 + 0)
                exit
                """),
        Case(
            testDescription: "an index behind a test that allows one more",
            text: """
                w3 = *(u8 *)(r1 + 0)
                if r3 > 61 goto +2
                r1 += r3
                w0 = *(u32 *)(r1 + 0)
                exit
                """, isProved: false),
        Case(
            testDescription: "an index behind a mask",
            text: """
                w3 = *(u8 *)(r1 + 0)
                r3 &= 56
                r1 += r3
                r0 = *(u64 *)(r1 + 0)
                exit
                """),
        Case(
            testDescription: "a test of a copy, moved on",
            text: """
                w3 = *(u8 *)(r1 + 0)
                r4 = r3
                r4 += 4
                if r4 > r2 goto +2
                r1 += r3
                w0 = *(u32 *)(r1 + 0)
                exit
                """),
        Case(
            testDescription: "a pointer beside the counter of a loop",
            text: """
                r3 = 0
                r0 = 0
                r4 = *(u64 *)(r1 + 0)
                r0 += r4
                r1 += 8
                r3 += 1
                if r3 != 8 goto -5
                exit
                """),
        Case(
            testDescription: "the same, one round too many",
            text: """
                r3 = 0
                r0 = 0
                r4 = *(u64 *)(r1 + 0)
                r0 += r4
                r1 += 8
                r3 += 1
                if r3 != 9 goto -5
                exit
                """, isProved: false),
        Case(
            testDescription: "a loop downwards to the start",
            text: """
                r3 = r1
                r1 += 64
                r1 += -8
                r4 = *(u64 *)(r1 + 0)
                if r1 != r3 goto -3
                exit
                """),
        Case(
            testDescription: "a loop in a loop",
            text: """
                r3 = 0
                r5 = 0
                r6 = r1
                r6 += r5
                w4 = *(u8 *)(r6 + 0)
                r5 += 1
                if r5 < 8 goto -5
                r1 += 8
                r3 += 1
                if r3 < 8 goto -9
                exit
                """),
        Case(
            testDescription: "a pointer that is spilled",
            text: """
                *(u64 *)(r10 - 8) = r1
                r3 = *(u64 *)(r10 - 8)
                w0 = *(u8 *)(r3 + 5)
                exit
                """),
        Case(
            testDescription: "a pointer that is spilled, and partly overwritten",
            text: """
                *(u64 *)(r10 - 8) = r1
                *(u8 *)(r10 - 5) = 0
                r3 = *(u64 *)(r10 - 8)
                w0 = *(u8 *)(r3 + 5)
                exit
                """, isProved: false),
        Case(
            testDescription: "a spilled pointer behind a store to an unknown address",
            text: """
                *(u64 *)(r10 - 8) = r1
                r4 = *(u64 *)(r1 + 0)
                *(u8 *)(r4 + 0) = 0
                r3 = *(u64 *)(r10 - 8)
                w0 = *(u8 *)(r3 + 5)
                exit
                """, isProved: false),
        Case(
            testDescription: "a pointer into the frame",
            text: """
                r3 = r10
                r3 += -8
                *(u64 *)(r3 + 0) = r1
                exit
                """),
        Case(
            testDescription: "an argument of a function",
            text: """
                r2 = 8
                call pc+1
                exit
                r1 += r2
                w0 = *(u8 *)(r1 + 0)
                exit
                """),
        Case(
            testDescription: "a loop whose end depends on data",
            text: """
                w3 = *(u8 *)(r1 + 0)
                r3 *= r3
                if r3 != 17 goto -2
                exit
                """, isWithinBudget: false),
        Case(
            testDescription: "a loop that is bounded, but takes too long",
            text: """
                r3 = 0
                r3 += 1
                if r3 != 100000000 goto -2
                exit
                """, isWithinBudget: false),
        Case(
            testDescription: "a counter that wraps around",
            text: """
                w3 = -1
                w3 += 1
                r4 = r1
                r4 += r3
                w0 = *(u8 *)(r4 + 0)
                if w3 != 200 goto -5
                exit
                """, isProved: false, isWithinBudget: false),
    ]

    @Test(arguments: cases)
    func `what follows from the start is proved, and nothing else`(_ program: Case) throws {
        let proof = try Self.proof(program.text)
        #expect(proof.unproved.isEmpty == program.isProved, "unproved: \(proof.unproved)")
        #expect(proof.isWithinBudget == program.isWithinBudget)
    }

    /// The slots of accesses that are not proved, but for those of the frame by r10.
    private static func proof(_ text: String) throws -> (unproved: [Int], isWithinBudget: Bool) {
        let program = try Assembler().assemble(text)
        let analysis = try UnitAnalysis(CodeUnit(program))
        let proof = analysis.proof(GuestMemory.premises(budget: 1 << 20))
        let unproved = analysis.steps.filter {
            guard let base = $0.traits.base, base != .r10 else { return false }
            return proof.plans[Int($0.slot)] == .checked
        }
        return (unproved.map { Int($0.slot) }, proof.isWithinBudget)
    }
}
