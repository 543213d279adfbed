import ArgumentParser
import EBPFCompilation

/// How C is compiled.
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

    @Option(help: ArgumentHelp("The clang to use.", valueName: "path"))
    var clang: String?

    /// What `-mcpu` takes.
    enum TargetCPU: String, ExpressibleByArgument, CaseIterable { case v1, v2, v3, v4 }

    var compilerOptions: CCompilerOptions {
        var options = CCompilerOptions()
        options.includeDirectories = includes
        options.definitions = definitions
        options.processor = CCompilerOptions.Processor(rawValue: targetCPU.rawValue) ?? .v3
        return options
    }

    /// Compiles a source and shows the compiler's warnings.
    func compile(
        _ path: String, product: CCompilerOptions.Product = .object
    ) async throws -> CompiledProgram {
        var options = compilerOptions
        options.product = product
        let compiled: CompiledProgram
        do throws(CompilationError) {
            compiled = try await CCompiler(clang: clang).compile(.file(path), options: options)
        } catch {
            throw Failure(message: Self.explain(error))
        }
        if !compiled.output.isEmpty { Terminal.complain(compiled.output) }
        return compiled
    }

    /// The reason in one line, and below it all that the compiler said.
    private static func explain(_ error: CompilationError) -> String {
        guard case .rejected(_, let output) = error, !output.isEmpty else { return "\(error)" }
        return "\(error)\n\(output)"
    }
}
