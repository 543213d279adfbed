import ArgumentParser
import EBPFCompilation
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// `ebpf build`: source to object file.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compiles C to an eBPF object file.",
        discussion: """
            ebpf build firewall.bpf.c                  # firewall.bpf.o
            ebpf build firewall.bpf.c -o out.o -D DEBUG
            ebpf build firewall.bpf.c --emit asm

            The compiler is the clang of the Swift toolchain. The headers of libbpf and of Linux that
            programs include are built in; a directory given with -I comes before them.
            """)

    @Argument(help: "The source.")
    var source: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the result goes.", valueName: "file"))
    var output: String?

    @Option(help: "What to write: object, asm or ir.")
    var emit: Emit = .object

    @OptionGroup
    var building: BuildOptions

    @Flag(help: "Print what was built as JSON.")
    var json = false

    /// What a build writes.
    enum Emit: String, ExpressibleByArgument, CaseIterable {
        case object, asm, ir

        var product: CCompilerOptions.Product {
            switch self {
            case .object: .object
            case .asm: .assembly
            case .ir: .intermediateRepresentation
            }
        }
    }

    func run() async throws {
        guard source.hasSuffix(".c")
        else { throw Failure(message: "\(source): only C (.c) can be built") }
        let compiled = try await building.compile(source, product: emit.product)
        if emit != .object, output == nil {
            return Terminal.say(String(decoding: compiled.bytes, as: UTF8.self))
        }
        let path = output ?? String(source.dropLast(2)) + ".o"
        try OutputFile.write(compiled.bytes, to: path)
        guard emit == .object else { return }
        let specs = try ObjectFile(compiled.bytes, name: path).specs()
        Terminal.say(json ? InspectReport(name: path, specs).json.indented : summary(path, specs))
    }

    private func summary(_ path: String, _ specs: ObjectSpecs) -> String {
        let programs = specs.programs.values.map { "\($0.name) (\($0.instructions.count) instructions)" }
        return "\(path): \(programs.joined(separator: ", "))"
    }
}
