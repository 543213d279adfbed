import Testing

@testable import EBPFMachineCode

/// The arm64 back end against the interpreter.
@Suite(.enabled(if: ARM64Guest.absence == nil, "\(ARM64Guest.absence ?? "")"))
struct ARM64EmitterTests {
    @Test func `generated programs do what they do in the interpreter`() throws {
        try GeneratedPrograms(count: 2_000, batch: 4_000).compare { runs in
            let oracle = MachineOracle()
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
}
