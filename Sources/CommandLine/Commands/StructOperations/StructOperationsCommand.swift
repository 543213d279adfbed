import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf struct-ops`: parts of the kernel that programs replace.
struct StructOperationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "struct-ops",
        abstract: "Lists, registers and ends operations of the kernel that are programs.",
        discussion: """
            ebpf struct-ops list
            ebpf struct-ops register congestion.bpf.o --pin /sys/fs/bpf/congestion
            ebpf struct-ops dump congestion
            ebpf struct-ops unregister congestion

            MAP is a number, a name, or the path of a pin.
            """,
        subcommands: [
            StructOperationsListCommand.self, StructOperationsShowCommand.self,
            StructOperationsDumpCommand.self, StructOperationsRegisterCommand.self,
            StructOperationsUnregisterCommand.self,
        ])
}

/// `ebpf struct-ops list`: all of them.
struct StructOperationsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all operations that are programs.",
        aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let links = try OperationsLinks()
        let reports = try KernelMap.all().filter { $0.shape.type == .structOperations }
            .map { OperationsReport($0, links) }
        guard !json else {
            return Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        }
        var table = TextTable(.right, .left, .left, .left, .right)
        table.add("id", "name", "struct", "state", "link")
        for report in reports { table.add(report.row) }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}

/// `ebpf struct-ops show`: one of them.
struct StructOperationsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows operations: their struct, state and link.")

    @OptionGroup var arguments: OperationsArguments

    func run() throws {
        let report = OperationsReport(try arguments.open(), try OperationsLinks())
        Terminal.say(
            arguments.json ? report.json.indented : report.lines.joined(separator: "\n"))
    }
}

/// `ebpf struct-ops dump`: what the struct holds.
struct StructOperationsDumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Shows the members of the struct, by the kernel's types.")

    @OptionGroup var arguments: OperationsArguments

    func run() throws {
        let report = OperationsReport(try arguments.open(), try OperationsLinks())
        let value = try report.value()
        let data = value["data"] ?? value
        guard !arguments.json else { return Terminal.say(data.json.indented) }
        guard case .structure(let fields) = data else { return Terminal.say("\(data)") }
        var table = TextTable(.left, .left)
        for field in fields { table.add(field.name, "\(field.value)") }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}

/// What all commands about one map of operations take.
struct OperationsArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A number, a name, or the path of a pin.", valueName: "map"))
    var reference: MapReference

    @Flag(help: "Print JSON.")
    var json = false

    /// Opens the map.
    func open() throws -> KernelMap { try reference.openOperations() }
}

extension MapReference {
    /// Opens a map of operations.
    ///
    /// - Throws: ``Failure`` for others.
    func openOperations() throws -> KernelMap {
        let map = try open()
        guard map.shape.type == .structOperations else {
            throw Failure(
                message: "\(map) is of type \(map.shape.type), not struct_ops; "
                    + "`ebpf struct-ops list` shows those that are")
        }
        return map
    }
}
