import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf top`: the programs that cost most, live.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Shows the programs that cost most, as they run.",
        discussion: """
            ebpf top
            ebpf top --interval 5 --count 3
            ebpf top --json                 # one look, as JSON

            The kernel counts runs only as long as this command lives, which costs each run some 20 ns.
            Ctrl-C ends it.
            """)

    @Option(help: ArgumentHelp("Seconds between two looks.", valueName: "seconds"))
    var interval = 1.0

    @Option(help: ArgumentHelp("End after so many looks.", valueName: "n"))
    var count: Int?

    @Option(help: ArgumentHelp("How many programs to show.", valueName: "n"))
    var limit = 20

    @Flag(help: "Also show programs that did not run.")
    var all = false

    @Flag(help: "Print JSON, one object for each look; one look unless --count says more.")
    var json = false

    func validate() throws {
        guard interval >= 0.01, interval <= 86_400
        else { throw ValidationError("--interval must be 0.01 to 86400 seconds") }
        if let count, count < 1 { throw ValidationError("--count must be at least 1") }
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws { try await Interruption.ending { try await watch() } }

    private func watch() async throws {
        let statistics = try RunStatistics()
        var meter = RunMeter(try SystemCalls.linux.objectIDs(.program))
        var looks = 0
        let last = count ?? (json ? 1 : .max)
        while looks < last, !Task.isCancelled {
            try await Task.sleep(for: .milliseconds(Int(interval * 1000)))
            let measurements = meter.measure()
            show(measurements, isFirst: looks == 0)
            meter.follow(try SystemCalls.linux.objectIDs(.program))
            looks += 1
        }
        _ = consume statistics
    }

    private func show(_ measurements: [RunMeasurement], isFirst: Bool) {
        let busy = measurements.filter { all || $0.runs > 0 }
            .sorted { ($0.nanoseconds, $0.runs, $1.id) > ($1.nanoseconds, $1.runs, $0.id) }
        let shown = Array(busy.prefix(limit))
        guard !json else {
            let object: [JSONValue.Member] = [
                .init("loaded", .integer(Int128(measurements.count))),
                .init("programs", .array(shown.map(\.json))),
            ]
            return Terminal.say(JSONValue.object(object).description)
        }
        let running = measurements.count { $0.runs > 0 }
        let title = "\(measurements.count) programs, \(running) of them ran"
        let lines = [title, ""] + RunMeasurement.table(shown)
        // On a terminal every look takes the place of the one before.
        let clear = Terminal.redraws ? "\u{1b}[H\u{1b}[J" : isFirst ? "" : "\n"
        Terminal.say(clear + lines.joined(separator: "\n"))
    }
}
