import ArgumentParser
import EBPFCompilation
import EBPFKernel

/// How C and Swift are compiled.
struct BuildOptions: ParsableArguments {
    @Option(
        name: [.customShort("I", allowingJoined: true)],
        help: ArgumentHelp("A directory with headers.", valueName: "directory"))
    var includes: [String] = []

    @Option(
        name: [.customShort("D", allowingJoined: true)],
        help: ArgumentHelp("A macro: NAME or NAME=VALUE.", valueName: "macro"))
    var definitions: [String] = []

    @Option(help: "The instruction set: v1, v2, v3 or v4.")
    var targetCPU: TargetCPU = .v3

    @Option(help: ArgumentHelp("The clang to use for C.", valueName: "path"))
    var clang: String?

    @Option(help: ArgumentHelp("The Swift toolchain to use for Swift.", valueName: "path"))
    var toolchain: String?

    @Option(
        help: ArgumentHelp(
            "Where Swift's checks fail: count it and end, only exit, or keep for the verifier to "
                + "prove that none does.", valueName: "how")
    )
    var traps: Traps = .count

    @Flag(help: "Let +, - and * of Swift wrap around instead of ending the program.")
    var ignoreOverflow = false

    @Option(help: ArgumentHelp("The licence of a program in Swift.", valueName: "licence"))
    var license = "GPL"

    @Option(
        help: ArgumentHelp(
            "Keep what is between Swift and the object here.", valueName: "directory"))
    var keepIntermediates: String?

    /// What `--traps` takes.
    enum Traps: String, ExpressibleByArgument, CaseIterable { case count, exit, keep }

    /// What `-mcpu` takes.
    enum TargetCPU: String, ExpressibleByArgument, CaseIterable { case v1, v2, v3, v4 }

    var compilerOptions: CCompilerOptions {
        var options = CCompilerOptions()
        options.includeDirectories = includes
        options.definitions = definitions
        options.processor = CCompilerOptions.Processor(rawValue: targetCPU.rawValue) ?? .v3
        return options
    }

    private var swiftOptions: SwiftCompilerOptions {
        var options = SwiftCompilerOptions()
        options.includeDirectories = includes
        options.definitions = definitions
        options.processor = CCompilerOptions.Processor(rawValue: targetCPU.rawValue) ?? .v3
        options.traps = SwiftCompilerOptions.Traps(rawValue: traps.rawValue) ?? .count
        options.ignoresOverflow = ignoreOverflow
        options.license = license
        options.intermediatesDirectory = keepIntermediates
        return options
    }

    /// Compiles a source and shows the compiler's warnings.
    func compile(
        _ path: String, product: CCompilerOptions.Product = .object
    ) async throws -> CompiledProgram {
        let compiled: CompiledProgram
        do throws(CompilationError) {
            if path.hasSuffix(".swift") {
                var options = swiftOptions
                options.product =
                    SwiftCompilerOptions.Product(rawValue: product.rawValue) ?? .object
                var compiler = try SwiftCompiler(module: .embedded, toolchain: toolchain)
                compiler.kernelTypes = try? KernelTypes.shared.vmlinux()
                compiled = try await compiler.compile([path], options: options)
            } else {
                var options = compilerOptions
                options.product = product
                compiled = try await CCompiler(clang: clang).compile(.file(path), options: options)
            }
        } catch {
            throw Failure(message: Self.explain(error))
        }
        if !compiled.output.isEmpty { Terminal.complain(compiled.output) }
        return compiled
    }

    /// The reason in one line, and below it all that the compiler said; nothing twice.
    private static func explain(_ error: CompilationError) -> String {
        guard case .rejected(let diagnostics, let output) = error, !output.isEmpty
        else { return "\(error)" }
        let first = diagnostics.first { $0.severity >= .error }.map { "\($0)\n" } ?? "\n"
        return
            "\(error)\n\(output.hasPrefix(first) ? String(output.dropFirst(first.count)) : output)"
    }
}
