import ArgumentParser
import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// `ebpf inspect`: what is in an object.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows the programs, maps and variables of an object.",
        discussion: """
            ebpf inspect program.bpf.o
            ebpf inspect /usr/sbin/execsnoop        # objects inside an executable
            ebpf inspect program.bpf.c --disassemble --program count
            """)

    @Argument(help: "An object, an executable that carries objects, C source, or bytecode.")
    var file: String

    @Flag(help: "Show the instructions, between the lines of source they came from.")
    var disassemble = false

    @Option(help: ArgumentHelp("Only this program.", valueName: "name"))
    var program: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup
    var building: BuildOptions

    func run() async throws {
        var reports: [JSONValue] = []
        for (name, content) in try await ProgramFile.readAll(file, building: building) {
            switch content {
            case .bytecode(let bytecode) where json:
                let program = ProgramSpec(
                    name: name, section: "", type: .unspecified, instructions: bytecode)
                let specs = ObjectSpecs(name: name, programs: [name: program])
                reports.append(InspectReport(name: name, specs).json)
            case .bytecode(let bytecode):
                Terminal.say(Disassembler().text(bytecode))
            case .object(let specs, _):
                let selected = try select(specs, in: name)
                let report = InspectReport(name: name, selected)
                guard !json else {
                    reports.append(report.json)
                    continue
                }
                Terminal.say(report.lines.joined(separator: "\n"))
                if disassemble { listings(of: selected) }
            }
        }
        guard json else { return }
        Terminal.say((reports.count == 1 ? reports[0] : .array(reports)).indented)
    }

    private func select(_ specs: ObjectSpecs, in name: String) throws -> ObjectSpecs {
        guard let program else { return specs }
        guard let chosen = specs.programs[program] else {
            throw Failure(message: specs.unknownProgram(program, in: name))
        }
        var specs = specs
        specs.programs = [program: chosen]
        return specs
    }

    private func listings(of specs: ObjectSpecs) {
        for program in specs.programs.values {
            Terminal.say("\n" + Listing(program).lines.joined(separator: "\n"))
        }
    }
}

extension ObjectSpecs {
    /// What to say when there is no program with a name.
    func unknownProgram(_ name: String, in object: String) -> String {
        "\(object): \(Choice("program", programs.keys).unknown(name))"
    }
}
