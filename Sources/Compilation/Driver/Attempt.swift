/// One source with one compiler.
struct Attempt: Sendable {
    let clang: String
    let options: CCompilerOptions
    let input: String
    let workspace: Workspace
    let limit: Duration

    /// Runs clang; in two steps where it confuses sections with what is in them.
    func run() async throws(CompilationError) -> CompilerProcess.Result {
        let result = try await run([input])
        guard !result.succeeded, options.product == .object,
            let names = SectionNames(complaints: result.output)
        else { return result }
        return try await run(with: names)
    }

    private func run(with names: SectionNames) async throws(CompilationError)
        -> CompilerProcess.Result
    {
        let (original, middle) = (
            workspace.directory + "/original.ll", workspace.directory + "/middle.ll"
        )
        let first = try await run(
            ["-S", "-emit-llvm", "-Xclang", "-disable-llvm-passes", input], output: original)
        guard first.succeeded else { return first }
        do {
            let text = String(decoding: try FileSystem.read(original), as: UTF8.self)
            try FileSystem.write([UInt8](names.lengthened(text).utf8), to: middle)
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        var second = try await run(["-Wno-unused-command-line-argument", middle])
        // What the first step said about the source belongs to the whole.
        second.output = first.output + second.output
        guard second.succeeded else { return second }
        do {
            let object = try FileSystem.read(workspace.output)
            try FileSystem.writeAtomically(names.shortened(object), to: workspace.output)
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        return second
    }

    /// Runs clang; once more without the option that only Swift's clang knows.
    private func run(
        _ last: [String], output: String? = nil
    ) async throws(CompilationError) -> CompilerProcess.Result {
        let end = ["-o", output ?? workspace.output] + last
        let result = try await process(arguments(keepsColdCode: true) + end).run()
        guard !result.succeeded, result.output.contains("-fno-split-cold-code") else {
            return result
        }
        return try await process(arguments(keepsColdCode: false) + end).run()
    }

    private func arguments(keepsColdCode: Bool) -> [String] {
        options.arguments(headers: workspace.headers, keepsColdCode: keepsColdCode)
            + ["-ffile-prefix-map=\(workspace.directory)/source/="]
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
