import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf link`: what is attached where.
struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Lists the links of the running kernel, keeps and ends them.",
        discussion: """
            ebpf link list
            ebpf link show 4
            ebpf link pin 4 /sys/fs/bpf/my-link
            ebpf link detach 4

            LINK is a number or the path of a pin.
            """,
        subcommands: [
            LinkListCommand.self, LinkShowCommand.self, LinkPinCommand.self,
            LinkDetachCommand.self,
        ])
}

/// `ebpf link list`: every link in the kernel.
struct LinkListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all links.", aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let names = try ProgramNames()
        let reports = try OpenLink.all().map { LinkReport($0.info, names) }
        guard !json else {
            return Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        }
        var table = TextTable(.right, .left, .left, .left)
        table.add("id", "kind", "program", "where")
        for report in reports { table.add(report.row) }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }
}

/// `ebpf link show`: one link.
struct LinkShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows a link: its kind, program and place.")

    @Argument(help: ArgumentHelp("A number, or the path of a pin.", valueName: "link"))
    var reference: LinkReference

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let info = try reference.open().info
        let report = LinkReport(
            info, try ProgramNames(), pins: SystemCalls.linux.pins(of: .link, id: info.id))
        Terminal.say(json ? report.json.indented : report.lines.joined(separator: "\n"))
    }
}

/// `ebpf link pin`: an attachment that outlives who made it.
struct LinkPinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "Keeps a link under a path of the BPF file system.")

    @Argument(help: ArgumentHelp("A number, or the path of a pin.", valueName: "link"))
    var reference: LinkReference

    @Argument(help: "Where in the BPF file system.")
    var path: String

    func run() throws { try reference.open().pin(at: path) }
}

/// `ebpf link detach`: an attachment that ends now.
struct LinkDetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Takes a link's program off its hook, whoever holds it.")

    @Argument(help: ArgumentHelp("A number, or the path of a pin.", valueName: "link"))
    var reference: LinkReference

    func run() throws { try reference.open().detach() }
}

/// A link as a user names it.
struct LinkReference: ExpressibleByArgument {
    private let text: String

    init?(argument: String) {
        guard UInt32(argument) != nil || argument.contains("/") || argument.hasPrefix("id:")
        else { return nil }
        text = argument
    }

    /// Opens the link.
    func open() throws -> OpenLink {
        let digits = text.hasPrefix("id:") ? text.dropFirst(3) : text[...]
        guard let id = UInt32(digits) else { return try OpenLink(pinnedAt: text) }
        do throws(KernelError) { return try OpenLink(id: id) } catch {
            guard error.errno == .noEntry else { throw error }
            throw Failure(message: "there is no link \(id); `ebpf link list` shows all")
        }
    }
}

/// The names of the programs that are loaded, by number.
struct ProgramNames {
    private var names: [UInt32: String] = [:]

    init() throws {
        for program in try KernelProgram.all() { names[program.id] = program.name }
    }

    subscript(id: UInt32) -> String? { names[id].flatMap { $0.isEmpty ? nil : $0 } }
}
