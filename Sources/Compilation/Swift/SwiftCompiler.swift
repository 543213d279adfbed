public import EBPFTypeFormat

/// Compiles Swift to eBPF with a stock Swift toolchain.
///
/// ```swift
/// let compiler = try SwiftCompiler(module: sources)
/// let program = try await compiler.compile(["firewall.swift"])
/// let object = try ObjectFile(program.bytes)
/// ```
///
/// The way: `swiftc` writes LLVM's intermediate representation of Embedded Swift; rewrites take out
/// what no kernel has; clang generates BPF; a linker makes an ordinary object of it, with types,
/// maps and the user's own lines.
public struct SwiftCompiler: Sendable {
    private let module: KernelModuleSources
    private let toolchain: SwiftToolchain
    private let environment: CompilerEnvironment
    /// How long one step may take.
    public var timeout: Duration = .seconds(120)
    /// The types of the kernel that programs are for: with them functions of the kernel get their
    /// prototypes, and misspelt names are found. `nil` if there are none.
    public var kernelTypes: BTF?

    /// Finds the toolchain.
    ///
    /// In order: `toolchain`, `SWIFT_EXEC`, `swiftc` on `PATH`, common places of toolchains.
    ///
    /// - Parameter module: the sources of `EBPFProgram`, which the programs import.
    /// - Throws: ``CompilationError/swiftNotFound(searched:)``.
    public init(
        module: KernelModuleSources, toolchain: String? = nil,
        environment: CompilerEnvironment = .current
    ) throws(CompilationError) {
        self.module = module
        self.toolchain = try SwiftToolchain(chosen: toolchain, environment: environment)
        self.environment = environment
    }

    /// Compiles the sources of one program.
    ///
    /// - Parameter sources: the paths of its files.
    /// - Throws: ``CompilationError``, with the user's own lines.
    public func compile(
        _ sources: [String], options: SwiftCompilerOptions = SwiftCompilerOptions()
    ) async throws(CompilationError) -> CompiledProgram {
        for path in sources where !FileSystem.isReadable(path) {
            throw .sourceUnreadable(path: path, reason: "no such file, or not readable")
        }
        let directory: String
        do {
            directory = try FileSystem.createTemporaryDirectory(
                in: environment.temporaryDirectory)
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        defer { FileSystem.removeTree(directory) }
        let module = try await ProgramModule.prepare(
            toolchain, sources: module.files, cache: environment.cacheDirectory,
            fallback: directory)
        let compilation = SwiftCompilation(
            toolchain: toolchain, module: module, sources: sources, options: options,
            directory: directory, limit: timeout, members: KnownMembers(self.module.files),
            kernelTypes: kernelTypes)
        return try await compilation.run()
    }
}
