import EBPFBytecode
import Foundation
import Testing

@testable import EBPFMachineCode

/// The arm64 back end against the interpreter.
@Suite(.enabled(if: ARM64Guest.absence == nil, "\(ARM64Guest.absence ?? "")"))
struct ARM64EmitterTests {
    @Test func `generated programs do what they do in the interpreter`() throws {
        try GeneratedPrograms(count: 2_000, batch: 4_000).compare { runs in
            try EngineComparison.outcomes(runs).map { ($0.interpreted, $0.compiled) }
        }
    }

    /// What an engine might do instead of what is asked.
    private static let mistakes: [(right: Instruction, wrong: Instruction)] = [
        (
            .arithmetic(.shiftRightSigned, .doubleWord, .r7, .immediate(9)),
            .arithmetic(.shiftRight, .doubleWord, .r7, .immediate(9))
        ),
        (.move(.doubleWord, .r2, .register(.r7)), .move(.word, .r2, .register(.r7))),
        (
            .branch(.lessSigned, .doubleWord, .r7, .immediate(0), 1),
            .branch(.less, .doubleWord, .r7, .immediate(0), 1)
        ),
        (
            .store(.word, MemoryOperand(.r10, -8), .register(.r7)),
            .store(.halfWord, MemoryOperand(.r10, -8), .register(.r7))
        ),
        (
            .loadSigned(.byte, .r2, MemoryOperand(.r10, -1)),
            .load(.byte, .r2, MemoryOperand(.r10, -1))
        ),
    ]

    @Test(arguments: mistakes.indices)
    func `an engine that is wrong is found`(_ index: Int) throws {
        let frame: [Instruction] = [
            .loadImmediate(.r7, .constant(0xfedc_ba98_7654_3210)),
            .move(.doubleWord, .r2, .immediate(1)),
            .store(.doubleWord, MemoryOperand(.r10, -8), .immediate(-2)),
        ]
        let end: [Instruction] = [
            .arithmetic(.add, .doubleWord, .r2, .immediate(5)),
            .load(.doubleWord, .r0, MemoryOperand(.r10, -8)),
            .arithmetic(.add, .doubleWord, .r0, .register(.r2)),
            .arithmetic(.add, .doubleWord, .r0, .register(.r7)), .exit,
        ]
        let (right, wrong) = Self.mistakes[index]
        let run = GuestRun(program: (frame + [right] + end).flatMap(\.encoded))
        #expect(try EngineComparison.differ([run]) == [false])
        let outcome = try EngineComparison.outcomes([run]) { unit in
            unit.program = (frame + [wrong] + end).flatMap(\.encoded)
        }[0]
        #expect(outcome.interpreted != outcome.compiled)
    }

    @Test func `generated programs end in all ways`() throws {
        let outcomes = try EngineComparison.outcomes(GeneratedPrograms.runs(Array(1...1_000)))
        let stopped = outcomes.filter { $0.compiled.result == nil }.count
        #expect((20...200).contains(stopped), "\(stopped) of 1000 were stopped")
        #expect(Set(outcomes.compactMap(\.compiled.result)).count > 800)
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["EBPF_CONFORMANCE_PROGRAMS"] != nil,
            "EBPF_CONFORMANCE_PROGRAMS names no output of Scripts/conformance --emit"))
    func `the public conformance data`() throws {
        let path = ProcessInfo.processInfo.environment["EBPF_CONFORMANCE_PROGRAMS"] ?? ""
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let tests = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        func bytes(_ text: Substring) -> [UInt8] {
            text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        }
        let runs = try tests.map { fields in
            GuestRun(
                program: try #require(EncodedInstruction.program(bytes(fields[2]))),
                context: bytes(fields[1]), budget: 1 << 20)
        }
        #expect(runs.count > 300)
        for (test, outcome) in try zip(tests, EngineComparison.outcomes(runs)) {
            #expect(outcome.compiled == outcome.interpreted, "\(test[0])")
            #expect(outcome.compiled.result != nil, "\(test[0])")
        }
    }
}
