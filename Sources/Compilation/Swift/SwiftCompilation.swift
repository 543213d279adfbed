import EBPFObjectFile
import EBPFTypeFormat

/// One compilation, from the sources to the object.
struct SwiftCompilation: Sendable {
    let toolchain: SwiftToolchain
    let module: ProgramModule
    let sources: [String]
    let options: SwiftCompilerOptions
    let directory: String
    let limit: Duration
    /// What types of `EBPFProgram` have.
    let members: KnownMembers
    /// The types of the kernel that the program is for.
    let kernelTypes: BTF?

    func run() async throws(CompilationError) -> CompiledProgram {
        let (text, output) = try await intermediate()
        var module: IRModule
        do { module = try IRModule(text) } catch { throw await unknown(error, IRMetadata([])) }
        try checkForms(module)
        let metadata = module.metadata
        do { try rewrite(&module) } catch { throw await unknown(error, metadata) }
        try refuse(module)
        let rewritten = module.text
        try keep(rewritten, "rewritten.ll")
        let diagnostics = CompilerDiagnostic.all(in: output)
        if options.product == .intermediateRepresentation {
            return CompiledProgram(
                bytes: Array(rewritten.utf8), diagnostics: diagnostics, output: output,
                clang: toolchain.clang)
        }
        let raw = try await generate(rewritten, module.metadata)
        guard options.product == .object else {
            return CompiledProgram(
                bytes: raw, diagnostics: diagnostics, output: output, clang: toolchain.clang)
        }
        let linked = try link(raw, module.metadata)
        return CompiledProgram(
            bytes: linked.bytes, diagnostics: diagnostics + linked.warnings,
            output: output + userSources.output(linked.warnings), clang: toolchain.clang,
            declarations: linked.declarations)
    }

    private var userSources: UserSources { UserSources(paths: sources) }

    // MARK: Steps

    /// Swift's part: the intermediate representation, and what the compiler said.
    private func intermediate() async throws(CompilationError) -> (String, String) {
        let path = "\(directory)/program.ll"
        let definitions = options.definitions.flatMap { ["-D", $0] }
        let includes = options.includeDirectories.flatMap { ["-I", $0] }
        let arguments =
            ["-module-name", ProgramModule.userModule] + ProgramModule.options + [
                "-Xfrontend", "-disable-llvm-optzns", "-Xfrontend", "-no-clang-module-breadcrumbs",
                "-no-color-diagnostics", "-D", "EBPF_KERNEL", "-I", module.directory,
            ] + definitions + includes + ["-emit-ir", "-o", path] + sources
        let result = try await process(toolchain.swiftc, arguments).run()
        guard result.succeeded else { throw refusal(result) }
        return (try read(path), result.output)
    }

    private func rewrite(_ module: inout IRModule) throws(IntermediateError) {
        var rewrites: [any IRRewrite] = [
            LazyGlobals(), RemovingUnused(), ClosureContexts(), NumberedTraps(), PlainMachine(),
            TypeRelocations(),
            UnknownRemainders(), UnknownSums(),
            CheckedArithmetic(hasSignedDivision: options.processor == .v4), IRLinkage(),
            InliningEverything(), SourceLocations(sources: Set(sources)),
        ]
        if options.ignoresOverflow { rewrites.insert(UncheckedOverflow(), at: 0) }
        for rewrite in rewrites { try rewrite.apply(to: &module) }
    }

    /// Refuses programs that have not the form of one.
    private func checkForms(_ module: IRModule) throws(CompilationError) {
        do { try ProgramForms(metadata: module.metadata).check(module) } catch {
            throw rejection(error)
        }
    }

    /// Refuses what no kernel can run, before the generator does it in its own words.
    private func refuse(_ module: IRModule) throws(CompilationError) {
        var features = UnsupportedFeatures(module.metadata, sources: Set(sources))
        do { try features.check(module) } catch { throw rejection(error) }
    }

    private func rejection(_ failure: LinkFailure) -> CompilationError {
        let place = failure.line.map { userSources.given($0) }
        let failure = LinkFailure(failure.message, at: place, remedy: failure.remedy)
        return rejection([failure.diagnostic])
    }

    private func rejection(_ diagnostics: [CompilerDiagnostic]) -> CompilationError {
        .rejected(diagnostics: diagnostics, output: userSources.output(diagnostics))
    }

    /// Something in the intermediate output is not known: the user's mistake, or a new compiler.
    private func unknown(
        _ error: IntermediateError, _ metadata: IRMetadata
    ) async -> CompilationError {
        let place = error.place(metadata, Set(sources)).map { userSources.given($0) }
        if let mistake = error.mistake(at: place) { return rejection(mistake) }
        try? keep(error.text, "unknown.txt")
        return .unknownIntermediate(
            compiler: await toolchain.version(temporaryDirectory: directory),
            what: error.explanation,
            place: place.map { "\($0.file):\($0.line):\(max($0.column, 1)): " } ?? "")
    }

    /// Clang's part: code for the kernel's machine.
    private func generate(
        _ text: String, _ metadata: IRMetadata
    ) async throws(CompilationError) -> [UInt8] {
        let (input, output) = ("\(directory)/rewritten.ll", "\(directory)/program.o")
        do { try FileSystem.write([UInt8](text.utf8), to: input) } catch {
            throw .cannotWrite(path: error.path, reason: error.reason)
        }
        let arguments = [
            "--no-default-config", "--target=bpfel", "-mcpu=\(options.processor.rawValue)",
            "-O2", "-g", options.product == .assembly ? "-S" : "-c", "-Wno-override-module",
            "-Xclang", "-fno-split-cold-code", "-fno-crash-diagnostics",
            "-fno-color-diagnostics", "-x", "ir", input, "-o", output,
        ]
        var result = try await process(toolchain.clang, arguments).run()
        if !result.succeeded, LazyGlobals.needStack(result.output) {
            // No kernel runs those that need it.
            let room = ["-mllvm", "-bpf-stack-size=\(Initialization.stackSize)"]
            result = try await process(toolchain.clang, room + arguments).run()
        }
        guard result.succeeded else {
            if let refusal = GenerationRefusal(result.output, metadata, sources: userSources) {
                throw rejection(refusal.diagnostics)
            }
            throw try failed(toolchain.clang, result)
        }
        do {
            let bytes = try FileSystem.read(output)
            try keep(bytes, "raw.o")
            return bytes
        } catch let error as CompilationError { throw error } catch {
            throw .compilerFailed(clang: toolchain.clang, status: "no output", output: "\(error)")
        }
    }

    private func link(
        _ raw: [UInt8], _ metadata: IRMetadata
    ) throws(CompilationError) -> Linked {
        do {
            var linker = try KernelLinker(
                raw, metadata: metadata, sources: userSources, license: options.license,
                traps: options.traps, kernel: kernelTypes)
            let bytes = try linker.link()
            return Linked(
                bytes: bytes, declarations: linker.declarations,
                warnings: linker.warnings.map { warning in
                    let place = warning.line.map { userSources.given($0) }
                    return LinkFailure(warning.message, at: place, remedy: warning.remedy)
                        .diagnostic(.warning)
                } + linker.prototypeWarnings)
        } catch let failure as LinkFailure {
            throw rejection(failure)
        } catch let error as CompilationError {
            throw error
        } catch {
            throw .unknownIntermediate(compiler: toolchain.clang, what: "\(error)")
        }
    }

    /// What the linker makes.
    private struct Linked {
        let bytes: [UInt8]
        let declarations: [KernelDeclaration]
        let warnings: [CompilerDiagnostic]
    }

    // MARK: Help

    private func process(_ executable: String, _ arguments: [String]) -> CompilerProcess {
        CompilerProcess(
            executable: executable, arguments: arguments, temporaryDirectory: directory,
            limit: limit)
    }

    private func refusal(_ result: CompilerProcess.Result) -> CompilationError {
        let diagnostics = CompilerDiagnostic.all(in: result.output)
        if let crash = CompilerCrash(result.output, userSources) { return rejection(crash.failure) }
        guard diagnostics.contains(where: { $0.severity >= .error }) else {
            do { return try failed(toolchain.swiftc, result) } catch { return error }
        }
        return .rejected(
            diagnostics: diagnostics,
            output: result.output + EmbeddedRemedies.notes(diagnostics, members))
    }

    /// A compiler failed and says nothing about the source: what it printed is for its authors.
    private func failed(
        _ compiler: String, _ result: CompilerProcess.Result
    ) throws(CompilationError) -> CompilationError {
        try keep(result.output, "failure.txt")
        return .compilerFailed(
            clang: compiler, status: result.status,
            output:
                "it says nothing about the source; --keep-intermediates DIRECTORY keeps what it "
                + "printed in failure.txt")
    }

    private func read(_ path: String) throws(CompilationError) -> String {
        do {
            let bytes = try FileSystem.read(path)
            try keep(bytes, "program.ll")
            return String(decoding: bytes, as: UTF8.self)
        } catch let error as CompilationError { throw error } catch {
            throw .compilerFailed(clang: toolchain.swiftc, status: "no output", output: "\(error)")
        }
    }

    private func keep(_ text: String, _ name: String) throws(CompilationError) {
        try keep(Array(text.utf8), name)
    }

    /// Keeps a file between source and object, if the user wants to see them.
    private func keep(_ bytes: [UInt8], _ name: String) throws(CompilationError) {
        guard let directory = options.intermediatesDirectory else { return }
        do {
            try FileSystem.createDirectories(directory)
            try FileSystem.writeAtomically(bytes, to: "\(directory)/\(name)")
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
    }
}
