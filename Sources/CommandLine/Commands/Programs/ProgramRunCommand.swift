import ArgumentParser
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf prog run`: a program on input, without being attached.
struct ProgramRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a program on a packet or a context, without attaching it.",
        discussion: """
            ebpf prog run 17 --packet ffffffffffff0200000000010800 --repeat 1000000
            ebpf prog run 17 --data packet.bin --context skb.bin --data-out changed.bin
            ebpf prog run redirect --packet … --live --repeat 100
            ebpf prog run on_switch --context arguments.bin --cpu 1
            """)

    @OptionGroup var arguments: ProgramArguments

    @Option(help: ArgumentHelp("The packet, in hex.", valueName: "hex"))
    var packet: String?

    @Option(help: ArgumentHelp("The packet: the bytes of a file.", valueName: "file"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The context: the bytes of a file, in the layout of linux/bpf.h.", valueName: "file"))
    var context: String?

    @Option(name: .customLong("repeat"), help: ArgumentHelp("How many times.", valueName: "n"))
    var count: UInt32 = 1

    @Option(help: ArgumentHelp("On this processor (raw tracepoints).", valueName: "n"))
    var cpu: UInt32?

    @Flag(help: "Packets are really sent, redirected or received (XDP).")
    var live = false

    @Option(help: ArgumentHelp("How many live packets at a time.", valueName: "n"))
    var batch: UInt32 = 0

    @Option(help: ArgumentHelp("Write the packet after the run.", valueName: "file"))
    var dataOut: String?

    @Option(help: ArgumentHelp("Write the context after the run.", valueName: "file"))
    var contextOut: String?

    func validate() throws {
        guard packet == nil || data == nil
        else { throw ValidationError("give one of --packet and --data") }
        guard count > 0 else { throw ValidationError("--repeat must be at least 1") }
        guard batch == 0 || live else { throw ValidationError("--batch is for --live") }
    }

    func run() throws {
        let program = try arguments.reference.open()
        let result = try program.run(try test())
        if let dataOut { try OutputFile.write(result.packet, to: dataOut) }
        if let contextOut { try OutputFile.write(result.context, to: contextOut) }
        let report = TestRunReport(
            program: program, count: count, hasPacket: !live && (packet ?? data) != nil, result)
        Terminal.say(
            arguments.json ? report.json.indented : report.lines.joined(separator: "\n"))
    }

    private func test() throws -> TestRun {
        var test = TestRun(repetitions: count)
        if let packet {
            do { test.packet = try HexText.bytes(packet) } catch let failure as Failure {
                throw Failure(message: "--packet: \(failure.message)")
            }
        }
        if let data { test.packet = try ObjectFile.bytes(contentsOf: data) }
        if let context { test.context = try ObjectFile.bytes(contentsOf: context) }
        if let cpu {
            test.cpu = cpu
            test.flags.insert(.onProcessor)
        }
        if live { test.flags.insert(.liveFrames) }
        test.batchSize = batch
        return test
    }
}

/// What a run without attachment gave.
private struct TestRunReport {
    let program: KernelProgram
    let count: UInt32
    let hasPacket: Bool
    let result: TestRunResult

    init(program: KernelProgram, count: UInt32, hasPacket: Bool, _ result: TestRunResult) {
        self.program = program
        self.count = count
        self.hasPacket = hasPacket
        self.result = result
    }

    private var verdict: String { VerdictName.of(result.returned, program.type) }

    var lines: [String] {
        var first = "returned \(result.returned)"
        if verdict != "\(result.returned)" { first += " (\(verdict))" }
        if count > 1 { first += ", \(count) times, \(result.nanoseconds) ns each" }
        var lines = [first]
        if hasPacket { lines.append("packet  \(HexText.text(result.packet))") }
        if !result.context.isEmpty { lines.append("context  \(HexText.text(result.context))") }
        return lines
    }

    var json: JSONValue {
        .object([
            .init("id", .integer(Int128(program.id))), .init("name", .string(program.name)),
            .init("returned", .integer(Int128(result.returned))),
            .init("verdict", .string(verdict)), .init("runs", .integer(Int128(count))),
            .init("nanosecondsPerRun", .integer(Int128(result.nanoseconds))),
            .init("packet", hasPacket ? .string(HexText.text(result.packet)) : .null),
            .init(
                "context", result.context.isEmpty ? .null : .string(HexText.text(result.context))),
        ])
    }
}
