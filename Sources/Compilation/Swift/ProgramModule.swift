/// The module `EBPFProgram`, compiled for the kernel with the user's toolchain and kept for the
/// next time.
struct ProgramModule: Sendable {
    /// The directory with `EBPFProgram.swiftmodule`, for `-I`.
    let directory: String

    /// The name of the module that the user's sources become.
    static let userModule = "KernelProgram"

    /// The options that every module of a kernel program is compiled with.
    ///
    /// The 64-bit RISC-V of the compiler has BPF's data layout; nothing else of it remains.
    static let options = [
        "-target", "riscv64-none-none-eabi", "-swift-version", "6", "-wmo", "-parse-as-library",
        "-Osize", "-g", "-enforce-exclusivity=unchecked", "-Xfrontend", "-disable-stack-protector",
        "-enable-experimental-feature", "Embedded", "-enable-experimental-feature", "Extern",
    ]

    /// Options for our own module, which defines what user code only uses.
    private static let ownOptions =
        [
            "-enable-experimental-feature", "RawLayout", "-enable-experimental-feature",
            "BuiltinModule", "-enable-experimental-feature", "Lifetimes", "-D", "EBPF_KERNEL",
        ] + machine

    /// The registers of processors differ: programs are compiled for the machine they run on.
    private static var machine: [String] {
        #if arch(arm64)
        ["-D", "EBPF_TARGET_ARM64"]
        #else
        []
        #endif
    }

    /// Compiles the module, unless a former run has done it for the same sources and toolchain.
    ///
    /// - Throws: ``CompilationError``.
    static func prepare(
        _ toolchain: SwiftToolchain, sources: [KernelModuleSources.File], cache: String?,
        fallback: String
    ) async throws(CompilationError) -> ProgramModule {
        let name = "program-\(fingerprint(toolchain, sources))"
        let directory = "\(cache ?? fallback)/\(name)"
        let module = "\(directory)/EBPFProgram.swiftmodule"
        if FileSystem.isReadable(module) { return ProgramModule(directory: directory) }
        let temporary: String
        do {
            try FileSystem.createDirectories(cache ?? fallback)
            temporary = try FileSystem.createTemporaryDirectory(in: cache ?? fallback)
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        defer { FileSystem.removeTree(temporary) }
        try await compile(toolchain, sources, in: temporary)
        // Another process may have been faster; its directory is as good.
        try? FileSystem.rename(temporary, to: directory)
        guard FileSystem.isReadable(module) else {
            throw .cannotWrite(path: directory, reason: "the compiled module is not there")
        }
        return ProgramModule(directory: directory)
    }

    private static func compile(
        _ toolchain: SwiftToolchain, _ sources: [KernelModuleSources.File], in directory: String
    ) async throws(CompilationError) {
        var files: [String] = []
        do {
            try FileSystem.createDirectories(directory + "/EBPFProgram")
            for source in sources {
                let path = "\(directory)/EBPFProgram/\(source.name)"
                try FileSystem.write([UInt8](source.text.utf8), to: path)
                files.append(path)
            }
        } catch { throw .cannotWrite(path: error.path, reason: error.reason) }
        let result = try await CompilerProcess(
            executable: toolchain.swiftc,
            arguments: ["-module-name", "EBPFProgram"] + options + ownOptions + [
                "-emit-module", "-emit-module-path", "\(directory)/EBPFProgram.swiftmodule",
            ] + files,
            temporaryDirectory: directory, limit: .seconds(300)
        ).run()
        guard result.succeeded else {
            throw .compilerFailed(
                clang: toolchain.swiftc, status: result.status, output: result.output)
        }
    }

    /// A number that changes with the toolchain and with every source (FNV-1a).
    private static func fingerprint(
        _ toolchain: SwiftToolchain, _ sources: [KernelModuleSources.File]
    ) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        add("\(toolchain.swiftc) \(FileSystem.modificationTime(toolchain.swiftc) ?? 0)")
        add((options + ownOptions).joined(separator: " "))
        for source in sources { add("\(source.name)\n\(source.text)\n") }
        return String(hash, radix: 16)
    }
}
