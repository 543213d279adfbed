import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf prog profile`: how often programs run and how long they take.
struct ProgramProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measures programs for some time: runs, time of a run, share of a CPU.",
        discussion: """
            ebpf prog profile 17 --duration 5
            ebpf prog profile --duration 10 --json

            Without PROGRAM all programs are measured, and those that ran are shown. The kernel counts
            runs only as long as this command lives, which costs each run some 20 ns. After Ctrl-C it
            shows what was measured until then.
            """)

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var references: [KernelProgramReference] = []

    @Option(help: ArgumentHelp("How long, in seconds.", valueName: "seconds"))
    var duration = 1.0

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard duration >= 0.01, duration <= 86_400
        else { throw ValidationError("--duration must be 0.01 to 86400 seconds") }
    }

    func run() async throws {
        let ids =
            try references.isEmpty
            ? SystemCalls.linux.objectIDs(.program)
            : references.flatMap { try $0.openAll().map(\.id) }
        let statistics = try RunStatistics()
        var meter = RunMeter(ids)
        let time = Duration.milliseconds(Int(duration * 1000))
        try await Interruption.ending { try await Task.sleep(for: time) }
        var measurements = meter.measure()
        _ = consume statistics
        if references.isEmpty { measurements.removeAll { $0.runs == 0 } }
        measurements.sort { $0.nanoseconds > $1.nanoseconds }
        guard !json else {
            return Terminal.say(JSONValue.array(measurements.map(\.json)).indented)
        }
        Terminal.say(RunMeasurement.table(measurements).joined(separator: "\n"))
    }
}
