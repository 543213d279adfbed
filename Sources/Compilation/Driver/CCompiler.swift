/// Compiles C to eBPF with the Swift toolchain's own clang and headers that this package carries.
///
/// Nothing of the system is used: neither `/usr/include` nor libbpf. A user's own directories come
/// first, so that their headers win. An example:
///
///     let compiler = try CCompiler()
///     let program = try await compiler.compile(.file("firewall.bpf.c"))
///     try Object(program.bytes)
public struct CCompiler: Sendable {
    /// The compilers to try, best first; the next one is asked when one cannot generate BPF code.
    public let candidates: [String]
    /// How long one source may take; far more than any program needs.
    public var timeout: Duration = .seconds(120)
    private let environment: CompilerEnvironment

    /// Finds the compiler.
    ///
    /// In order: `clang`, `EBPF_CLANG`, `CC_BPF`, beside the `swift` and `swiftc` on `PATH`, common
    /// places of toolchains, `clang` on `PATH`, `clang-30` … `clang-12` on `PATH`. One that is
    /// named is the only candidate.
    ///
    /// - Throws: ``CompilationError/clangNotFound(searched:)``.
    public init(
        clang: String? = nil,
        environment: CompilerEnvironment = .current
    ) throws(CompilationError) {
        let search = ClangSearch(chosen: clang, environment: environment)
        guard !search.candidates.isEmpty else { throw .clangNotFound(searched: search.searched) }
        candidates = search.candidates
        self.environment = environment
    }

    /// Compiles one source.
    public func compile(
        _ source: CSource,
        options: CCompilerOptions = CCompilerOptions()
    ) async throws(CompilationError) -> CompiledProgram {
        if case .file(let path) = source, !FileSystem.isReadable(path) {
            throw .sourceUnreadable(path: path, reason: "no such file, or not readable")
        }
        let workspace = try Workspace(environment)
        defer { workspace.remove() }
        let input = try workspace.path(of: source)
        var unable: [String] = []
        for clang in candidates {
            let attempt = Attempt(
                clang: clang,
                options: options,
                input: input,
                workspace: workspace,
                limit: timeout
            )
            let result = try await attempt.run()
            if result.succeeded { return try attempt.program(result) }
            guard try await attempt.cannotGenerateBPF(result) else {
                throw attempt.error(result)
            }
            unable.append(clang)
        }
        throw .clangWithoutBPF(tried: unable)
    }

    /// Compiles one source into a file; the file is replaced as a whole or not at all.
    @discardableResult
    public func compile(
        _ source: CSource,
        to path: String,
        options: CCompilerOptions = CCompilerOptions()
    ) async throws(CompilationError) -> CompiledProgram {
        let program = try await compile(source, options: options)
        do { try FileSystem.writeAtomically(program.bytes, to: path) } catch {
            throw .cannotWrite(path: error.path, reason: error.reason)
        }
        return program
    }

    /// Compiles several sources, each to an object of its own, in order.
    ///
    /// - Throws: The first failure.
    public func compile(
        _ sources: [CSource],
        options: CCompilerOptions = CCompilerOptions()
    ) async throws(CompilationError) -> [CompiledProgram] {
        var programs: [CompiledProgram] = []
        for source in sources { programs.append(try await compile(source, options: options)) }
        return programs
    }

    /// Compiles the source of one output file.
    ///
    /// - Throws: ``CompilationError/linkingUnavailable(sources:)`` for more than one source.
    @discardableResult
    public func compile(
        _ sources: [CSource],
        to path: String,
        options: CCompilerOptions = CCompilerOptions()
    ) async throws(CompilationError) -> CompiledProgram {
        guard let source = sources.first, sources.count == 1 else {
            throw .linkingUnavailable(sources: sources.map(\.name))
        }
        return try await compile(source, to: path, options: options)
    }
}
