import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf prog list`: every program in the kernel.
struct ProgramListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all programs.", aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let reports = try KernelProgram.all().map { try ProgramReport($0) }
        guard !json else {
            return Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        }
        var table = TextTable(.right, .left, .left, .left, .left, .right, .right, .left)
        table.add("id", "type", "name", "tag", "loaded", "instructions", "machine code", "maps")
        for report in reports { table.add(report.row) }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}

/// `ebpf prog show`: what programs are like.
struct ProgramShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what a program is like: code, maps, memory, runs, who holds it.")

    @OptionGroup var arguments: ProgramArguments

    func run() throws {
        let programs = try arguments.reference.openAll()
        let reports = try programs.map { try ProgramReport($0, withHolders: true) }
        guard !arguments.json else {
            let values = reports.map(\.json)
            return Terminal.say((values.count == 1 ? values[0] : .array(values)).indented)
        }
        let texts = reports.map { $0.lines.joined(separator: "\n") }
        Terminal.say(texts.joined(separator: "\n\n"))
    }
}
