import ArgumentParser
import EBPFBytecode
import EBPFExecution
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf run`: a program at work, in this process or in the kernel.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a program: on packets or other input with no root and no kernel, or live.",
        discussion: """
            ebpf run counter.bpf.c --pcap traffic.pcapng
            ebpf run filter.bpf.o --program drop --packet 00112233445566778899aabb0800...
            ebpf run trace.bpf.o --context arguments.bin
            ebpf run code.bin --memory input.bin
            ebpf run snoop.bpf.c --attach auto
            ebpf run drop.bpf.c --attach xdp:eth0 --interval 1

            A capture is replayed at its own time: programs see each packet's timestamp as the clock.
            The program is verified first, and refused if it is not safe: ebpf verify says more. With
            --no-verify, and where it cannot be judged, every access to memory is checked instead; a
            program that does what it may not is stopped with the instruction and the source line.

            With --attach the program runs in the kernel instead: it is loaded, attached, its events
            are shown as they come, its maps at the end; Ctrl-C takes everything off again.
            """)

    @Argument(help: "C source, an object, assembly (.s) or raw bytecode.")
    var file: String

    @Option(help: ArgumentHelp("Run this program of the object.", valueName: "name"))
    var program: String?

    @Option(
        help: ArgumentHelp(
            "The kind of program, for bytecode: xdp, sched_cls, …", valueName: "type"))
    var type: String?

    @Option(
        help: ArgumentHelp("Run on every packet of a capture (pcap or pcapng).", valueName: "file"))
    var pcap: String?

    @Option(help: ArgumentHelp("Run on one packet, given in hex.", valueName: "hex"))
    var packet: String?

    @Option(help: ArgumentHelp("Run on a context: the bytes of a file.", valueName: "file"))
    var context: String?

    @Option(
        help: ArgumentHelp(
            "Run with r1 = the bytes of a file and r2 = their number.", valueName: "file"))
    var memory: String?

    @Option(name: .customLong("repeat"), help: ArgumentHelp("How many times.", valueName: "n"))
    var count = 1

    @Option(help: ArgumentHelp("Run this program once before, to fill maps.", valueName: "name"))
    var initialize: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Give a global variable a value.", valueName: "variable=value"))
    var settings: [String] = []

    @Option(
        name: .customLong("update"),
        help: ArgumentHelp("Put an entry into a map.", valueName: "map=key:value"))
    var updates: [String] = []

    @Option(
        help: ArgumentHelp("Write the packets that go on to a capture.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("How many CPUs there are.", valueName: "n"))
    var cpus = 4

    @Option(help: ArgumentHelp("Make random numbers a fixed sequence.", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "How many branches backwards a run may take; the default is about two seconds.",
            valueName: "n"))
    var budget = UserSpaceHost.Options.defaultBudget

    @Option(help: ArgumentHelp("How many entries of each map to show.", valueName: "n"))
    var limit = 65_536

    @Flag(help: "Interpret, do not compile.")
    var interpreter = false

    @Flag(help: "Compile to machine code, or say why that is not possible.")
    var jit = false

    @Flag(
        name: .customLong("verify"), inversion: .prefixedNo,
        help: "Refuse a program that is not safe before it runs.")
    var verifies = true

    @Flag(help: "Run in the running kernel, without attaching (BPF_PROG_TEST_RUN).")
    var kernel = false

    @Option(
        name: .customLong("attach"),
        help: ArgumentHelp(
            "Attach in the running kernel until Ctrl-C: auto, or a hook such as xdp:eth0; "
                + "NAME=HOOK for one program of many.", valueName: "hook"))
    var attach: [String] = []

    @Option(help: ArgumentHelp("Attach for so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Option(help: ArgumentHelp("Attach until so many events came.", valueName: "n"))
    var events: Int?

    @Option(help: ArgumentHelp("Show the maps every so many seconds.", valueName: "seconds"))
    var interval: Double?

    @Option(
        help: ArgumentHelp(
            "Only this process, where the hook can tell: probes of applications, perf events.",
            valueName: "pid"))
    var process: Int32?

    @Flag(help: "Also show the maps that hold the object's global data.")
    var dumpMaps = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup
    var building: BuildOptions

    mutating func validate() throws {
        guard count > 0 else { throw ValidationError("--repeat must be at least 1") }
        guard (1...1024).contains(cpus) else { throw ValidationError("--cpus must be 1 to 1024") }
        guard limit >= 0 else { throw ValidationError("--limit must not be negative") }
        guard !(interpreter && jit)
        else { throw ValidationError("--interpreter and --jit exclude each other") }
        guard budget > 0 else { throw ValidationError("--budget must be at least 1") }
        let inputs = [pcap, packet, context, memory].compactMap(\.self).count
        guard output == nil || pcap != nil
        else { throw ValidationError("--output needs --pcap") }
        guard output == nil || output != pcap
        else { throw ValidationError("--output would overwrite the capture that is read") }
        guard output == nil || !kernel
        else { throw ValidationError("--output is for user space, not for --kernel") }
        try validateAttaching(hasInput: inputs > 0)
        guard inputs <= 1
        else { throw ValidationError("give one of --pcap, --packet, --context and --memory") }
    }

    private func validateAttaching(hasInput: Bool) throws {
        guard !attach.isEmpty else {
            let other = [duration == nil, events == nil, interval == nil, process == nil]
            guard other.allSatisfy(\.self) else {
                throw ValidationError(
                    "--duration, --events, --interval and --process need --attach")
            }
            return
        }
        guard !hasInput, count == 1, output == nil else {
            throw ValidationError("what is attached gets its input from the kernel, not from files")
        }
        guard events ?? 1 > 0 else { throw ValidationError("--events must be at least 1") }
        for seconds in [duration, interval].compactMap(\.self) {
            guard (0.01...1e9).contains(seconds)
            else {
                throw ValidationError("give --duration and --interval in seconds, at least 0.01")
            }
        }
    }

    /// Whether the program gets anything to work on.
    private var hasInput: Bool { [pcap, packet, context, memory].contains { $0 != nil } }

    private func inputHint(_ type: ProgramType) -> String {
        if type == .unspecified { return "--memory FILE or --context FILE" }
        return type.seesPackets ? "--pcap FILE or --packet HEX" : "--context FILE"
    }

    func run() async throws {
        let content = try await ProgramFile.read(file, building: building)
        guard attach.isEmpty else { return try await LiveSession(self, content).run() }
        let report =
            kernel
            ? try KernelRunSession(self, content).run() : try RunSession(self, content).run()
        Terminal.say(json ? report.json.indented : report.lines.joined(separator: "\n"))
        if let failure = report.failure {
            let hint =
                hasInput ? "" : "\n  the program was given no input: \(inputHint(report.type))"
            throw Failure(message: "\(failure)\(hint)", exitCode: Failure.programFailed)
        }
    }
}
