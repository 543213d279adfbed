import EBPFCompilation

/// The compiler of the tests: what this machine has, with headers of its own cache.
enum Clang {
    /// Whether a clang with BPF is here; found out by compiling.
    static func isAvailable() async -> Bool {
        guard let compiler = try? CCompiler() else { return false }
        return (try? await compiler.compile(.text("int x;", name: "probe.c"))) != nil
    }

    /// Compiles text with every warning an error and without the machine's environment.
    static func compile(
        _ text: String,
        name: String = "test.bpf.c",
        _ change: (inout CCompilerOptions) -> Void = { _ in }
    ) async throws -> CompiledProgram {
        var options = CCompilerOptions()
        options.extraArguments = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"]
        change(&options)
        return try await CCompiler().compile(.text(text, name: name), options: options)
    }
}
