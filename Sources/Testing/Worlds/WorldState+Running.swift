import EBPF
import EBPFExecution
import EBPFKernel
import Testing

/// The ways to run a program: natively, in the machine, in the kernel.
extension WorldState {
    /// Runs a program on a packet; returns the lower half of its result.
    func run(
        _ program: ProgramFunction, _ packet: TestPacket, _ location: SourceLocation
    ) -> Int32 {
        attempt(location) {
            if let time = packet.time {
                try host.fireTimers(until: time)
                clock.set(nanoseconds: time)
            }
            return switch try place(of: program) {
            case .native:
                RunResult(
                    try native.object.run(
                        as: program.type, packet: packet.bytes, origin: packet.origin,
                        cpu: processor
                    ) { native.run(program.body, $0) })
            case .machine(let compiled):
                RunResult(
                    try compiled.run(packet: packet.bytes, origin: packet.origin, cpu: processor))
            case .kernel(let compiled): RunResult(try compiled.run(packet: packet.bytes))
            case .nowhere: RunResult()
            }
        }
    }

    /// Runs a program on a context; returns the lower half of its result.
    func run(
        _ program: ProgramFunction, _ context: [UInt8], isWritable: Bool = false,
        data: ContextData? = nil, _ location: SourceLocation
    ) -> Int32 {
        attempt(location) {
            switch try place(of: program) {
            case .native:
                RunResult(
                    try native.object.run(
                        context: context, isWritable: isWritable, data: data, cpu: processor
                    ) { native.run(program.body, $0) })
            case .machine(let compiled):
                RunResult(try compiled.run(context: context, data: data, cpu: processor))
            case .kernel(let compiled): RunResult(try compiled.run(context: context))
            case .nowhere: RunResult()
            }
        }
    }

    /// Where a program is.
    private enum Place {
        case native
        case machine(UserSpaceProgram)
        case kernel(KernelProgram)
        /// It could not be loaded or found; the test is told.
        case nowhere
    }

    private func place(of program: ProgramFunction) throws -> Place {
        hasBegun = true
        guard !isNative else { return .native }
        guard let compiled = compiled(program) else { return .nowhere }
        if let program = compiled.userSpaceProgram { return .machine(program) }
        return compiled.kernelProgram.map { .kernel($0) } ?? .nowhere
    }

    private func attempt(_ location: SourceLocation, _ body: () throws -> RunResult) -> Int32 {
        defer { tell(location) }
        do {
            last = try body()
        } catch {
            last = RunResult()
            reports.add("\(error)")
        }
        return Int32(bitPattern: last.returned)
    }
}
