import ArgumentParser
import EBPFBytecode
import EBPFCompilation
import EBPFExecution
import EBPFKernel
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
            ebpf inspect program.bpf.o --machine-code --arch arm64
            """)

    @Argument(help: "An object, an executable that carries objects, C source, or bytecode.")
    var file: String

    @Flag(help: "Show the instructions, between the lines of source they came from.")
    var disassemble = false

    @Flag(help: "Show the machine code that `ebpf run` makes, between the instructions.")
    var machineCode = false

    @Option(
        help: ArgumentHelp(
            "The processor to make it for: x86-64 or arm64; this machine's by default.",
            valueName: "processor"), transform: Self.architecture)
    var arch = MachineCodeDisassembler.Architecture.current

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
            case .bytecode(let bytecode) where machineCode:
                let program = try Self.host.load(bytecode: bytecode, name: name)
                reports += try await showMachineCode(of: [program])
            case .bytecode(let bytecode) where json:
                let program = ProgramSpec(
                    name: name, section: "", type: .unspecified, instructions: bytecode)
                let specs = ObjectSpecs(name: name, programs: [name: program])
                reports.append(InspectReport(name: name, specs).json)
            case .bytecode(let bytecode):
                Terminal.say(Disassembler().text(bytecode))
            case .object(let specs, _):
                let selected = try select(specs, in: name)
                if machineCode {
                    let loaded = try Self.host.load(selected)
                    reports += try await showMachineCode(of: Array(loaded.programs.values))
                    continue
                }
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

    private static func architecture(
        _ name: String
    ) throws -> MachineCodeDisassembler.Architecture {
        guard let known = MachineCodeDisassembler.Architecture(rawValue: name) else {
            let names = MachineCodeDisassembler.Architecture.allCases.map(\.rawValue)
            throw ValidationError(Choice("processor", names).unknown(name))
        }
        return known
    }

    /// A host that proves what it can, as that of `ebpf run`.
    private static var host: UserSpaceHost {
        UserSpaceHost(
            UserSpaceHost.Options(
                verification: .whenDecidable, kernelTypes: { try? KernelTypes.running() }))
    }

    /// Prints machine code, or returns it as JSON.
    private func showMachineCode(of programs: [UserSpaceProgram]) async throws -> [JSONValue] {
        var reports: [JSONValue] = []
        for program in programs {
            guard let listing = try await CompiledListing(program, for: arch) else {
                Terminal.complain("\(program.name) is interpreted on this machine")
                continue
            }
            if listing.isUnread {
                Terminal.complain("no llvm-objdump was found; the bytes are shown instead")
            }
            if json {
                reports.append(listing.json)
            } else {
                Terminal.say(listing.text.joined(separator: "\n") + "\n")
            }
        }
        return reports
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
