import ArgumentParser
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf events`: what programs send through a buffer of the running kernel.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Shows the events of a ring buffer or perf buffer of the running kernel.",
        discussion: """
            ebpf events connections
            ebpf events /sys/fs/bpf/events --count 10 --json
            ebpf run snoop.bpf.c --attach auto          # loads, attaches and shows the events

            Each event goes to one reader: while this runs, another reader of the same map misses
            what is shown here. JSON is one object a line: {"time", "map", "event"}.
            Ctrl-C ends it.
            """)

    @Argument(
        help: ArgumentHelp("A map: its number, its name or the path of its pin.", valueName: "map"))
    var map: MapReference

    @Option(help: ArgumentHelp("End after so many events.", valueName: "n"))
    var count: Int?

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Flag(help: "Print JSON, an object a line.")
    var json = false

    func validate() throws {
        guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
        guard (0.001...1e9).contains(duration ?? 1)
        else { throw ValidationError("--duration must be at least 0.001 seconds") }
    }

    func run() async throws {
        let events = try LiveEvents(try open())
        var printer = EventPrinter(events, json: json)
        let end = LiveEnd(duration: duration.map { .seconds($0) }, events: count)
        try await end.forEach(of: events.stream) { printer.show($0) }
        let lost = try events.stream.lost() ?? 0
        if lost > 0 { Terminal.complain("\(lost) events were lost: the reader was too slow") }
    }

    private func open() throws -> OpenMap {
        do { return try OpenMap(map) } catch {
            guard ObjectFile.looksLikeProgram(map.text) else { throw error }
            throw Failure(
                message: "\(map.text) is a file: `ebpf run \(map.text) --attach auto` loads and "
                    + "attaches its programs and shows their events")
        }
    }
}

extension ObjectFile {
    /// Whether a text names a file that programs are read from.
    fileprivate static func looksLikeProgram(_ text: String) -> Bool {
        [".o", ".c", ".swift", ".s"].contains { text.hasSuffix($0) }
            && SystemCalls.linux.exists(text)
    }
}
