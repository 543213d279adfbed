import ArgumentParser
import EBPFHooks
import EBPFTypeFormat

/// `ebpf net list`: every program that is attached to the network.
struct NetworkListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what is attached to interfaces, routes, netfilter and the network.",
        aliases: ["ls", "show"])

    @Option(name: [.long, .customLong("dev")], help: "Only what is attached to this interface.")
    var interface: String?

    @OptionGroup var network: NetworkArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let names = try ProgramNames()
        let reports = try network.inside {
            try NetworkAttachment.all(on: interface.map { .name($0) })
        }.map { NetworkReport($0, names) }
        guard !json else {
            return Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        }
        var table = TextTable(.left, .left, .left, .right, .left)
        table.add("interface", "hook", "program", "link", "where")
        for report in reports { table.add(report.row) }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}
