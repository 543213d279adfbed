import ArgumentParser
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf perf`: who runs programs through perf events.
struct PerfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perf",
        abstract: "Lists programs at tracepoints and probes, by the processes that hold them.",
        discussion: """
            ebpf perf list
            ebpf perf show 1234

            Programs attached by links of the kernel are also in `ebpf link list`, whoever holds
            them.
            """,
        subcommands: [PerfListCommand.self, PerfShowCommand.self])
}

/// `ebpf perf list`: all processes.
struct PerfListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the perf events of all processes.",
        aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws { PerfReport(try PerfEventUse.all(), try ProgramNames()).say(json: json) }
}

/// `ebpf perf show`: one process.
struct PerfShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Lists the perf events of one process.")

    @Argument(help: "The process's number.")
    var process: Int32

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        PerfReport(try PerfEventUse.all(of: process), try ProgramNames()).say(json: json)
    }
}

/// Perf events with programs, for people and scripts.
private struct PerfReport {
    let uses: [PerfEventUse]
    let names: ProgramNames

    init(_ uses: [PerfEventUse], _ names: ProgramNames) {
        self.uses = uses
        self.names = names
    }

    func say(json: Bool) {
        Terminal.say(json ? JSONValue.array(uses.map(value)).indented : table)
    }

    private var table: String {
        var table = TextTable(.right, .right, .right, .left, .left, .left)
        table.add("process", "fd", "id", "program", "kind", "where")
        for use in uses {
            table.add(
                "\(use.process)", "\(use.descriptor)", "\(use.program)",
                names[use.program] ?? "–", use.kind.name, place(use))
        }
        return table.lines(indent: 0).joined(separator: "\n")
    }

    private func place(_ use: PerfEventUse) -> String {
        let name = use.name.isEmpty && use.address != 0 ? hex(use.address) : use.name
        let isPlace = use.kind != .tracepoint && use.kind != .rawTracepoint
        return isPlace && use.offset != 0 ? "\(name)+\(hex(use.offset))" : name
    }

    private func hex(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

    private func value(_ use: PerfEventUse) -> JSONValue {
        .object([
            .init("process", .integer(Int128(use.process))),
            .init("descriptor", .integer(Int128(use.descriptor))),
            .init("program", .integer(Int128(use.program))),
            .init("programName", names[use.program].map { .string($0) } ?? .null),
            .init("kind", .string(use.kind.name)), .init("name", .string(use.name)),
            .init("offset", .integer(Int128(use.offset))),
            .init("address", .integer(Int128(use.address))),
        ])
    }
}
