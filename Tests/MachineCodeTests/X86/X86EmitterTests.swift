import EBPFExecution
import EBPFMachineCode
import Testing

/// The back end for this machine's processor against the interpreter.
@Suite(.enabled(if: Compiler.Processor.current != nil, "no machine code for this processor"))
struct X86EmitterTests {
    @Test func `generated programs do what they do in the interpreter`() throws {
        let (interpreter, machine) = (MachineOracle(), MachineOracle(.machineCode))
        try GeneratedPrograms(count: 4_000, batch: 1_000).compare { runs in
            try runs.map { (try interpreter.run($0), try machine.run($0)) }
        }
    }

    @Test func `code for a start that comes again does what it did the first time`() throws {
        let (interpreter, machine) = (MachineOracle(), MachineOracle(.machineCode, runCount: 2))
        for generator in [ProgramGenerator.program(seed:), LoopGenerator.program(seed:)] {
            try GeneratedPrograms(count: 3_000, batch: 1_000, generator: generator).compare {
                runs in
                try runs.map { (try interpreter.run($0), try machine.run($0)) }
            }
        }
    }
}
