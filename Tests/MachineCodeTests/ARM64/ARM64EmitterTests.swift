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
        let oracle = InterpreterOracle()
        var guest = ARM64Guest()
        var expected: [GuestOutcome] = []
        for seed in seeds {
            let run = GuestRun(
                program: ProgramGenerator.program(seed: UInt64(seed)),
                context: (0..<64).map { UInt8(truncatingIfNeeded: seed &* ($0 + 3) + $0) })
            var functions: [Int: UInt64] = [:]
            expected.append(try oracle.run(run) { functions[$0] = $1 })
            try guest.add(run, functions: functions)
        }
        var differences = 0
        for ((seed, interpreted), compiled) in try zip(zip(seeds, expected), guest.run())
        where interpreted != compiled {
            differences += 1
            Issue.record("seed \(seed): interpreter: \(interpreted); arm64: \(compiled)")
        }
        return differences
    }
}
