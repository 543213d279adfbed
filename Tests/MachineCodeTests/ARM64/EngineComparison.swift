import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// Runs programs in the interpreter and as machine code of arm64.
enum EngineComparison {
    /// What both make of each run.
    ///
    /// - Parameter adjust: says more about the unit that is compiled.
    static func outcomes(
        _ runs: [GuestRun], _ adjust: (inout CodeUnit) -> Void = { _ in }
    ) throws -> [(interpreted: GuestOutcome, compiled: GuestOutcome)] {
        let oracle = MachineOracle()
        var guest = ARM64Guest()
        var interpreted: [GuestOutcome] = []
        for run in runs {
            var functions: [Int: UInt64] = [:]
            interpreted.append(try oracle.run(run) { functions[$0] = $1 })
            try guest.add(run, functions: functions, adjust)
        }
        return zip(interpreted, try guest.run()).map { ($0, $1) }
    }

    /// Which runs they disagree about.
    static func differ(_ runs: [GuestRun]) throws -> [Bool] {
        try outcomes(runs).map { $0.interpreted != $0.compiled }
    }
}
