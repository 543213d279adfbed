import EBPF
import EBPFExecution
import EBPFKernel
import EBPFProgram
import Testing

extension WorldState {
    /// Runs a program on a packet.
    func run<Answer: Verdict>(
        _ program: ProgramFunction, _ packet: TestPacket, _ location: SourceLocation
    ) -> Answer {
        defer { tell(location) }
        do {
            last = try result(of: program, on: packet)
        } catch {
            last = RunResult()
            reports.add("\(error)")
        }
        return Answer(Int32(bitPattern: last.returned))
    }

    private func result(
        of program: ProgramFunction, on packet: TestPacket
    ) throws -> RunResult {
        guard !isNative else {
            return RunResult(
                try native.object.run(
                    as: program.type, packet: packet.bytes, origin: packet.origin, cpu: processor
                ) { native.run(program.body, $0) })
        }
        guard let compiled = compiled(program) else { return RunResult() }
        if let program = compiled.userSpaceProgram {
            return RunResult(
                try program.run(packet: packet.bytes, origin: packet.origin, cpu: processor))
        }
        guard let program = compiled.kernelProgram else { return RunResult() }
        return RunResult(try program.run(packet: packet.bytes))
    }
}
