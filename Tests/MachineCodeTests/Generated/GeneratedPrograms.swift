import EBPFBytecode
import Foundation
import Testing

/// Generated programs, run by two engines that must agree.
///
/// `EBPF_GENERATED_PROGRAMS` says how many to compare, `EBPF_FIRST_SEED` from which seed on.
struct GeneratedPrograms {
    /// What two engines make of each run.
    typealias Outcomes = ([GuestRun]) throws -> [(expected: GuestOutcome, actual: GuestOutcome)]

    /// How many, unless the environment says otherwise.
    let count: Int
    /// How many are run at once.
    let batch: Int
    /// What makes them up.
    var generator: (UInt64) -> [EncodedInstruction] = ProgramGenerator.program(seed:)

    /// Compares; records an issue for every difference, with a reduced program.
    func compare(_ outcomes: @escaping Outcomes) throws {
        let first = Self.number("EBPF_FIRST_SEED") ?? 1
        let end = first + (Self.number("EBPF_GENERATED_PROGRAMS") ?? count)
        var differences = 0
        for start in stride(from: first, to: end, by: batch) where differences < 20 {
            let seeds = Array(start..<min(start + batch, end))
            let runs = Self.runs(seeds, generator)
            for (seed, (run, pair)) in try zip(seeds, zip(runs, outcomes(runs)))
            where pair.expected != pair.actual {
                differences += 1
                try report(seed, run, outcomes)
            }
        }
    }

    /// The runs of generated programs.
    static func runs(
        _ seeds: [Int],
        _ generator: (UInt64) -> [EncodedInstruction] = ProgramGenerator.program(seed:)
    ) -> [GuestRun] {
        seeds.map { seed in
            GuestRun(
                program: generator(UInt64(seed)),
                context: (0..<64).map { UInt8(truncatingIfNeeded: seed &* ($0 + 3) + $0) })
        }
    }

    private func report(
        _ seed: Int, _ run: GuestRun, _ outcomes: @escaping Outcomes
    ) throws {
        let reducer = ProgramReducer { try outcomes($0).map { $0.expected != $0.actual } }
        let reduced = try reducer.reduced(run)
        let (expected, actual) = try outcomes([reduced])[0]
        Issue.record(
            """
            seed \(seed):
            \(ProgramReducer.text(reduced))
            expected: \(expected)
            actual:   \(actual)
            """)
    }

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }
}
