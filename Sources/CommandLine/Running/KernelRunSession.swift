import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// One `ebpf run --kernel`: an object in the running kernel, run without being attached.
struct KernelRunSession {
    let command: RunCommand
    private let object: KernelObject
    private let program: KernelProgram

    init(_ command: RunCommand, _ content: ProgramFile) throws {
        self.command = command
        var specs = try Self.specs(content, command)
        try specs.set(command.settings)
        specs.fillProgramArrays(command.updates)
        if let type = try command.programType() { specs.retype(type) }
        object = try KernelHost().load(specs)
        let name = try specs.choose(
            command.program, among: object.programs.keys, forPackets: command.readsPackets)
        guard let program = object.programs[name]
        else { throw Failure(message: specs.unknownProgram(name, in: command.file)) }
        self.program = program
    }

    /// An object as it is, bytecode as an object of one program.
    private static func specs(_ content: ProgramFile, _ command: RunCommand) throws -> ObjectSpecs {
        guard command.memory == nil else {
            throw Failure(
                message: "--memory is for user space; in the kernel give --packet or --context")
        }
        switch content {
        case .object(let specs, _): return specs
        case .bytecode(let instructions):
            try command.refuseObjectOptions()
            let type = try command.programType() ?? command.defaultType
            guard type != .unspecified else {
                throw Failure(
                    message: "\(command.file): say with --type what kind of program it is")
            }
            let spec = ProgramSpec(name: "program", type: type, instructions: instructions)
            return ObjectSpecs(name: command.file, programs: ["program": spec], license: "GPL")
        }
    }

    /// Feeds the input to the program and reports what came out.
    func run() throws -> RunReport {
        try object.update(command.updates)
        if let name = command.initialize {
            guard let first = object.programs[name]
            else { throw Failure(message: object.specs.unknownProgram(name, in: command.file)) }
            // The kernel runs programs for packets on nothing shorter than an Ethernet header.
            let packet = first.type.seesPackets ? Array(repeating: UInt8(0), count: 64) : nil
            _ = try first.run(TestRun(packet: packet))
        }
        var report = RunReport(program: program.name, type: program.type)
        try feed(&report)
        report.add(try object.dumps(includingData: command.dumpMaps, limit: command.limit))
        report.checks = try object.failedChecks()
        return report
    }

    private func feed(_ report: inout RunReport) throws {
        if let path = command.pcap { return try replay(path, &report) }
        let repetitions = UInt32(clamping: command.count)
        if let hex = command.packet {
            let packet = try command.packetBytes(hex)
            let result = try program.run(TestRun(packet: packet, repetitions: repetitions))
            report.count(result, times: command.count)
            report.packet = result.packet
            return
        }
        let context = try command.context.map { try ObjectFile.bytes(contentsOf: $0) }
        for _ in 0..<command.count {
            report.count(try program.run(TestRun(context: context)), times: 1)
        }
    }

    private func replay(_ path: String, _ report: inout RunReport) throws {
        for _ in 0..<command.count {
            var capture: Capture
            do throws(CaptureError) { capture = try Capture(contentsOf: path) } catch {
                throw Failure(message: error.explanation(path))
            }
            while let packet = try capture.next() {
                guard let frame = packet.ethernetForm else {
                    report.skipped += 1
                    continue
                }
                report.count(try program.run(TestRun(packet: Array(frame.bytes))), times: 1)
            }
        }
    }
}

extension RunReport {
    /// Counts runs that the kernel made in one call.
    fileprivate mutating func count(_ result: TestRunResult, times: Int) {
        for _ in 0..<times { count(UInt64(result.returned)) }
        elapsed += .nanoseconds(Int64(result.nanoseconds)) * times
    }
}

extension KernelObject {
    /// Puts entries into maps: `blocked=10.0.0.0/8:1`, key and value by their types.
    func update(_ updates: [String]) throws {
        for update in updates where specs.program(update) == nil {
            guard let separator = update.firstIndex(of: "=")
            else { throw Failure(message: "--update \(update): write MAP=KEY:VALUE") }
            let name = String(update[..<separator])
            guard let map = maps[name], let spec = specs.maps[name] else {
                throw Failure(
                    message: "--update \(update): \(Choice("map", maps.keys).unknown(name))")
            }
            let format = EntryFormat(spec, types: specs.types, cpuCount: map.valuesPerKey)
            do {
                let entry = try format.entry(
                    from: String(update[update.index(after: separator)...]))
                try map.update(entry.key, entry.value)
            } catch let failure as Failure {
                throw Failure(message: "--update \(update): \(failure.message)")
            }
        }
    }

    /// Every map's entries, those of global data only on request.
    func dumps(includingData: Bool, limit: Int) throws -> [MapDump] {
        try maps.compactMap { name, map in
            guard let spec = specs.maps[name], includingData || spec.contents == nil,
                spec.type.canBeListed
            else { return nil }
            let entries = KernelMapEntries(map)
            let format = EntryFormat(spec, types: specs.types, cpuCount: map.valuesPerKey)
            let dump = MapDump(entries, format: format, limit: limit)
            if let failure = entries.failure { throw failure }
            return dump
        }
    }
}
