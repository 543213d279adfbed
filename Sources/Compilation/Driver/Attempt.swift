/// One source with one compiler.
struct Attempt: Sendable {
    let clang: String
    let options: CCompilerOptions
    let input: String
    let workspace: Workspace
    let limit: Duration

    /// Runs clang; once more without the option that only Swift's clang knows.
    func run() async throws(CompilationError) -> CompilerProcess.Result {
        let result = try await process(arguments(keepsColdCode: true)).run()
        guard !result.succeeded, result.output.contains("-fno-split-cold-code") else {
            return result
        }
        return try await process(arguments(keepsColdCode: false)).run()
    }

    private func arguments(keepsColdCode: Bool) -> [String] {
        options.arguments(headers: workspace.headers, keepsColdCode: keepsColdCode)
            + ["-ffile-prefix-map=\(workspace.directory)/source/=", "-o", workspace.output, input]
    }

    private func process(_ arguments: [String]) -> CompilerProcess {
        CompilerProcess(
            executable: clang,
            arguments: arguments,
            temporaryDirectory: workspace.directory,
            limit: limit
        )
    }

    /// Asks only after a failure that looks like a missing back end.
    func cannotGenerateBPF(_ result: CompilerProcess.Result) async throws(CompilationError) -> Bool
    {
        let signs = ["unable to create target", "unknown target", "No available targets"]
        guard signs.contains(where: { result.output.contains($0) }) else { return false }
        let targets = try await process(["--print-targets"]).run()
        return !targets.output.contains("bpfel")
    }

    func program(_ result: CompilerProcess.Result) throws(CompilationError) -> CompiledProgram {
        let output = workspace.withoutTemporaryNames(result.output)
        do {
            return CompiledProgram(
                bytes: try FileSystem.read(workspace.output),
                diagnostics: CompilerDiagnostic.all(in: output),
                output: output,
                clang: clang
            )
        } catch {
            throw .compilerFailed(
                clang: clang,
                status: "no output: \(error.reason)",
                output: output
            )
        }
    }

    /// Clang exits with 1 for a source that it refuses; anything else is its own failure.
    func error(_ result: CompilerProcess.Result) -> CompilationError {
        let output = workspace.withoutTemporaryNames(result.output)
        let diagnostics = CompilerDiagnostic.all(in: output)
        guard diagnostics.contains(where: { $0.severity >= .error }) else {
            return .compilerFailed(clang: clang, status: result.status, output: output)
        }
        return .rejected(diagnostics: diagnostics, output: output)
    }
}
