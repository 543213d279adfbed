import EBPFBytecode
import Foundation
import Testing

@testable import EBPFMachineCode

/// The arm64 back end against the interpreter.
@Suite(.enabled(if: ARM64Guest.absence == nil, "\(ARM64Guest.absence ?? "")"))
struct ARM64EmitterTests {
    /// How many generated programs are compared, from which seed on.
    private static let programCount = number("EBPF_GENERATED_PROGRAMS") ?? 2_000
    private static let firstSeed = number("EBPF_FIRST_SEED") ?? 1

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }

    @Test func `generated programs do what they do in the interpreter`() throws {
        let seeds = Self.firstSeed..<(Self.firstSeed + Self.programCount)
        var differences = 0
        for start in stride(from: seeds.lowerBound, to: seeds.upperBound, by: 4_000) {
            let batch = Array(start..<min(start + 4_000, seeds.upperBound))
            differences += try compare(batch)
            guard differences < 20 else { return }
        }
    }

    private func compare(_ seeds: [Int]) throws -> Int {
        let runs = seeds.map { seed in
            GuestRun(
                program: ProgramGenerator.program(seed: UInt64(seed)),
                context: (0..<64).map { UInt8(truncatingIfNeeded: seed &* ($0 + 3) + $0) })
        }
        var differences = 0
        for (seed, (run, isDifferent)) in try zip(seeds, zip(runs, Self.differ(runs)))
        where isDifferent {
            differences += 1
            let reduced = try ProgramReducer(differ: Self.differ).reduced(run)
            let (interpreted, compiled) = try Self.outcomes([reduced])[0]
            Issue.record(
                """
                seed \(seed):
                \(ProgramReducer.text(reduced))
                interpreter: \(interpreted)
                arm64: \(compiled)
                """)
        }
        return differences
    }

    private static func differ(_ runs: [GuestRun]) throws -> [Bool] {
        try outcomes(runs).map { $0 != $1 }
    }

    /// What the interpreter and the machine code make of each run.
    private static func outcomes(
        _ runs: [GuestRun]
    ) throws -> [(interpreted: GuestOutcome, compiled: GuestOutcome)] {
        let oracle = InterpreterOracle()
        var guest = ARM64Guest()
        var interpreted: [GuestOutcome] = []
        for run in runs {
            var functions: [Int: UInt64] = [:]
            interpreted.append(try oracle.run(run) { functions[$0] = $1 })
            try guest.add(run, functions: functions)
        }
        return zip(interpreted, try guest.run()).map { ($0, $1) }
    }
}
