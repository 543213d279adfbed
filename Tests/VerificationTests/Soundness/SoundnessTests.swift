import EBPFBytecode
import EBPFTestSupport
import Soundness
import Testing

/// Programs that were made up: what the verifier accepts runs without a fault and does what was
/// proved. `swift run soundness-trials --seconds 3600 --kernel` goes on for longer.
@Suite struct SoundnessTests {
    /// How many programs a test makes up.
    private static let count: UInt64 = 40

    @Test(arguments: 0..<8)
    func `what is accepted runs without a fault, and within what was proved`(
        _ part: UInt64
    ) throws {
        var trial = SoundnessTrial(asksKernel: false)
        for seed in part * Self.count..<(part + 1) * Self.count {
            #expect(try trial.run(RandomProgram(seed: seed)) == [], "seed \(seed)")
        }
        // Programs that are refused prove nothing.
        #expect(trial.counts.accepted > Int(Self.count) / 2)
        #expect(trial.counts.ranged > Int(Self.count) / 2)
    }

    @Test(.liveKernel) func `the kernel's verdicts are the same`() throws {
        var trial = SoundnessTrial(asksKernel: true, runCount: 0)
        for seed in 10_000..<10_000 + 2 * Self.count {
            #expect(try trial.run(RandomProgram(seed: seed)) == [], "seed \(seed)")
        }
    }

    /// Programs with which something was wrong once, or the least of them with which it still was.
    private static let regressions = [
        // The machine moved r0 into the register.
        RandomProgram(
            type: .socketFilter, assembly: "call 7 \n r7 = 0 \n r7 = le64 r7 \n r0 = r7 \n exit"),
        // Where a hash kept its entries was another place in each run.
        RandomProgram(
            type: .xdp,
            assembly: """
                *(u32 *)(r10 - 4) = 2
                *(u64 *)(r10 - 56) = 0
                r1 = values ll
                r2 = r10
                r2 += -4
                r3 = r10
                r3 += -56
                r4 = 0
                call 2
                r1 = values ll
                r2 = r10
                r2 += -4
                call 1
                exit
                """),
    ]

    @Test(arguments: regressions)
    func `what was wrong once is right now`(_ program: RandomProgram) throws {
        var trial = SoundnessTrial(asksKernel: false)
        #expect(try trial.run(program) == [])
    }

    @Test(arguments: [
        ("r0 = 5", "r0 = 6", "slot 1: exit: r0 is 6 (0x6), not 5"),
        (
            "r0 = 0 \n if r0 == 0 goto +1 \n r0 = 1", "r0 = 2 \n if r0 == 0 goto +1 \n r0 = 1",
            "slot 2 is reached, but was called dead code"
        ),
        (
            "r0 = 0 \n *(u64 *)(r10 - 8) = 0", "r0 = 0 \n *(u64 *)(r10 - 16) = 0",
            "is not stack"
        ),
    ])
    func `proofs of another program do not hold`(
        _ proved: String, _ run: String, _ finding: String
    ) throws {
        var trial = SoundnessTrial(asksKernel: false, runCount: 1)
        let findings = try trial.run(
            RandomProgram(type: .xdp, assembly: run + "\n exit"),
            withFactsOf: RandomProgram(type: .xdp, assembly: proved + "\n exit"))
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }
}
