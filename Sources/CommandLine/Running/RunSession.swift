import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFMaps
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// One `ebpf run`: a host, what is loaded into it, and the input to feed it.
struct RunSession {
    let command: RunCommand
    private let host: UserSpaceHost
    let object: UserSpaceObject?
    private let program: UserSpaceProgram
    private let trace = TraceCollector()
    let clock: Clock
    let events: EventReader?

    init(_ command: RunCommand, _ content: ProgramFile) throws {
        self.command = command
        clock = command.pcap == nil ? .system : .virtual()
        let trace = trace
        let printsNow = !command.json
        var options = UserSpaceHost.Options(
            cpuCount: command.cpus, clock: clock, seed: command.seed, budget: command.budget,
            verification: command.verifies ? .whenDecidable : .never,
            kernelTypes: { try? KernelTypes.running() },
            trace: { trace.add($0, printing: printsNow) },
            log: { Terminal.complain("note: \($0)") })
        if command.interpreter { options.engine = .interpreter }
        if command.jit { options.engine = .machineCode }
        host = UserSpaceHost(options)
        switch content {
        case .bytecode(let bytecode):
            try command.refuseObjectOptions()
            object = nil
            events = nil
            let type = try command.programType()
            program = try host.load(
                bytecode: bytecode, name: command.file, type: type ?? command.defaultType)
        case .object(let specs, _):
            var specs = specs
            try specs.set(command.settings)
            specs.fillProgramArrays(command.updates)
            if let type = try command.programType() { specs.retype(type) }
            try specs.loadOnly(
                command.program, command.initialize, forPackets: command.readsPackets)
            let loaded = try host.load(specs)
            object = loaded
            events = EventReader(loaded)
            program = try loaded.choose(command.program, forPackets: command.readsPackets)
        }
    }

    /// Feeds the input to the program and reports what came out.
    func run() throws -> RunReport {
        if let object {
            try object.update(command.updates)
            if let name = command.initialize { try initialize(name, in: object) }
        }
        var report = RunReport(program: program.name, type: program.type)
        report.engine = program.isCompiled ? "jit" : "interpreter"
        do {
            try feed(&report)
        } catch let error as ExecutionError {
            report.failure = error
        }
        report.trace = trace.lines
        if command.json, trace.droppedCount > 0 {
            report.warnings.append(
                "\(trace.droppedCount) more lines were printed; \(TraceCollector.limit) are kept")
        }
        if let object {
            report.add(
                object.dumps(
                    includingData: command.dumpMaps, cpuCount: command.cpus, limit: command.limit))
            report.checks = try object.failedChecks()
        }
        return report
    }

    private func initialize(_ name: String, in object: UserSpaceObject) throws {
        guard let first = object.programs[name]
        else { throw Failure(message: object.specs.unknownProgram(name, in: command.file)) }
        _ = try first.run(context: [])
    }

    private func feed(_ report: inout RunReport) throws {
        if let path = command.pcap { return try replay(path, &report) }
        if let hex = command.packet {
            return try repeatPacket(command.packetBytes(hex), &report)
        }
        if let path = command.memory {
            let bytes = try ObjectFile.bytes(contentsOf: path)
            let runner = try ContextRunner(program, cpu: 0)
            // Asking the time costs less than to put so much in place.
            guard bytes.count >= 4096 else {
                return try times(&report) { try runner.run(memory: bytes) }
            }
            var elapsed = Duration.zero
            defer { report.elapsed = elapsed }
            return try times(&report) {
                let run = try runner.timedRun(memory: bytes)
                elapsed += run.duration
                return run.returned
            }
        }
        let bytes = try command.context.map { try ObjectFile.bytes(contentsOf: $0) } ?? []
        let runner = try ContextRunner(program, cpu: 0)
        try times(&report) { try runner.run(context: bytes) }
    }

    private func repeatPacket(_ bytes: [UInt8], _ report: inout RunReport) throws {
        let runner = try PacketRunner(program, cpu: 0)
        if events == nil {
            try repeatPacket(bytes, runner, &report)
        } else {
            try times(&report) { UInt64(try runner.run(bytes)) }
        }
        report.packet = runner.packet
        report.redirect = runner.redirect
    }

    private func times(_ report: inout RunReport, _ body: () throws -> UInt64) throws {
        var progress = Progress(total: UInt64(command.count))
        defer { progress.finish() }
        let start = ContinuousClock.now
        defer { report.elapsed = ContinuousClock.now - start }
        for round in 1...command.count {
            report.count(try body())
            collectEvents(&report)
            // Asking the time costs as much as a short run.
            if round & 0x3ff == 0 { progress.update(UInt64(round), "\(round) runs") }
        }
    }

    /// Runs as often as wanted, a thousand times in a row: what it takes to count stays small beside
    /// the runs.
    private func repeatPacket(
        _ bytes: [UInt8], _ runner: borrowing PacketRunner, _ report: inout RunReport
    ) throws {
        var progress = Progress(total: UInt64(command.count))
        defer { progress.finish() }
        let start = ContinuousClock.now
        defer { report.elapsed = ContinuousClock.now - start }
        var done = 0
        while done < command.count {
            let count = min(command.count - done, 1_000)
            try runner.run(bytes, times: count) { report.count(UInt64($0), times: $1) }
            done += count
            progress.update(UInt64(done), "\(done) runs")
        }
    }

    // MARK: Captures

    private func replay(_ path: String, _ report: inout RunReport) throws {
        let runner = try PacketRunner(program, cpu: 0)
        let sink = try command.output.map { try CaptureSink(path: $0) }
        do {
            try replay(path, runner, &report, sink)
        } catch {
            try sink?.finish()
            throw error
        }
        try sink?.finish()
    }

    private func replay(
        _ path: String, _ runner: borrowing PacketRunner, _ report: inout RunReport,
        _ sink: CaptureSink?
    ) throws {
        // What goes on is the same every time: the first time is enough.
        var packets = ReplayedPackets(isWanted: command.count > 1)
        try replayOnce(path, runner, &report, &packets) { packet, returned in
            guard VerdictName.letsThrough(returned, program.type) else { return }
            sink?.add(runner.packet, at: packet.timestamp)
        }
        var progress = Progress(total: UInt64(command.count))
        defer { progress.finish() }
        for round in 1..<max(command.count, 1) {
            if packets.isComplete {
                try replay(packets, runner, &report)
            } else {
                try replayOnce(path, runner, &report, &packets) { _, _ in }
            }
            progress.update(UInt64(round), "\(report.runs) packets")
        }
    }

    private func replayOnce(
        _ path: String, _ runner: borrowing PacketRunner, _ report: inout RunReport,
        _ packets: inout ReplayedPackets, _ didRun: (Packet, UInt32) -> Void
    ) throws {
        var capture: Capture
        do throws(CaptureError) { capture = try Capture(contentsOf: path) } catch {
            throw Failure(message: error.explanation(path))
        }
        var progress = Progress(total: capture.size ?? 0)
        defer { progress.finish() }
        while true {
            let next: Packet?
            do throws(CaptureError) { next = try capture.next() } catch {
                report.warnings.append("\(path): \(error)")
                packets.giveUp()
                return
            }
            guard let packet = next else { return packets.finish() }
            if let returned = try run(packet, runner, &report, &packets) {
                didRun(packet, returned)
            }
            progress.update(capture.position, "\(report.runs) packets")
        }
    }
}
