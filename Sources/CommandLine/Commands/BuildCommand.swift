import ArgumentParser
import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// `ebpf build`: source to object file.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compiles Swift or C to an eBPF object file.",
        discussion: """
            ebpf build firewall.swift                  # firewall.o
            ebpf build firewall.bpf.c                  # firewall.bpf.o
            ebpf build firewall.bpf.c -o out.o -D DEBUG
            ebpf build firewall.bpf.c --emit asm
            ebpf build *.bpf.c                         # an object for each
            ebpf build firewall.swift --verify-with-kernel

            What was built is verified as Linux would verify it: a program that the kernel would not
            load is an error at the line that it is about. --no-verify leaves that out.

            The compiler is the clang of the Swift toolchain. The headers of libbpf and of Linux that
            programs include are built in; a directory given with -I comes before them.
            """)

    @Argument(help: "The sources; each becomes an object of its own.")
    var sources: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the result goes.", valueName: "file"))
    var output: String?

    @Option(help: "What to write: object, asm or ir.")
    var emit: Emit = .object

    @Flag(
        inversion: .prefixedNo,
        help: "Verify what was built; a rejection is an error at the line that it is about.")
    var verify = true

    @Flag(help: "Ask the running kernel instead; nothing is attached.")
    var verifyWithKernel = false

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

    func validate() throws {
        guard !sources.isEmpty else { throw ValidationError("name a source") }
        guard sources.count == 1 || output == nil else {
            throw ValidationError(
                "\(sources.count) sources become \(sources.count) objects: leave -o out")
        }
    }

    func run() async throws {
        if let source = sources.first(where: { !$0.hasSuffix(".c") && !$0.hasSuffix(".swift") }) {
            throw Failure(message: "\(source): only Swift (.swift) and C (.c) can be built")
        }
        var reports: [JSONValue] = []
        for source in sources {
            guard let report = try await build(source) else { continue }
            reports.append(report)
        }
        guard json, let first = reports.first else { return }
        Terminal.say((reports.count == 1 ? first : .array(reports)).indented)
    }

    /// Builds one source; returns what `--json` says about it.
    private func build(_ source: String) async throws -> JSONValue? {
        let compiled = try await building.compile(source, product: emit.product)
        if emit != .object, output == nil {
            Terminal.say(String(decoding: compiled.bytes, as: UTF8.self))
            return nil
        }
        let ending = source.hasSuffix(".swift") ? ".swift" : ".c"
        let path = output ?? String(source.dropLast(ending.count)) + ".o"
        try OutputFile.write(compiled.bytes, to: path)
        guard emit == .object else { return nil }
        let specs = try ObjectFile(compiled.bytes, name: path).specs()
        if verifyWithKernel {
            try Self.askKernel(specs, source)
        } else if verify {
            try Self.check(specs, source)
        }
        guard !json else { return InspectReport(name: path, specs).json }
        Terminal.say(summary(path, specs))
        return nil
    }

    /// Verifies what was built; what cannot be judged here is left alone.
    private static func check(_ specs: ObjectSpecs, _ source: String) throws {
        var specs = specs
        let types = KernelTypes.areReadable ? try? KernelTypes.shared.vmlinux() : nil
        do throws(LoadFailure) { try KernelHost().configure(&specs) } catch { return }
        let diagnostics = BuildVerification(kernelTypes: types).diagnostics(for: specs)
        diagnostics.forEach { Terminal.complain("\($0)") }
        let count = diagnostics.count { $0.severity >= .error }
        guard count > 0 else { return }
        let programs = count == 1 ? "a program" : "\(count) programs"
        throw Failure(
            message: "\(source): Linux would refuse \(programs); the whole story: "
                + "ebpf verify \(source); without this check: --no-verify",
            exitCode: Failure.programFailed)
    }

    /// Loads what was built, and lets go of it at once.
    private static func askKernel(_ specs: ObjectSpecs, _ source: String) throws {
        do throws(LoadFailure) {
            _ = try KernelHost().load(specs)
        } catch .rejected(let rejection) {
            rejection.diagnostics.forEach { Terminal.complain("\($0)") }
            throw Failure(
                message: "\(source): the kernel refuses program \(rejection.program); all that it "
                    + "says: ebpf prog load \(source)", exitCode: Failure.programFailed)
        } catch {
            throw Failure(message: "\(source): \(error)")
        }
    }

    private func summary(_ path: String, _ specs: ObjectSpecs) -> String {
        let programs = specs.programs.values.map {
            "\($0.name) (\($0.instructions.count) instructions)"
        }
        return "\(path): \(programs.joined(separator: ", "))"
    }
}
