/// The two compilers of a Swift toolchain that a kernel program goes through.
struct SwiftToolchain: Hashable, Sendable {
    /// The path of `swiftc`.
    let swiftc: String
    /// The path of the clang beside it, which knows BPF and the same intermediate language.
    let clang: String

    /// Finds a toolchain that has both.
    ///
    /// - Parameter chosen: the directory of a toolchain, its `usr`, its `bin`, or its `swiftc`.
    /// - Throws: ``CompilationError/swiftNotFound(searched:)``.
    init(chosen: String?, environment: CompilerEnvironment) throws(CompilationError) {
        var searched: [String] = []
        for directory in Self.directories(chosen, environment) {
            let (swiftc, clang) = ("\(directory)/swiftc", "\(directory)/clang")
            if FileSystem.isExecutableFile(swiftc), FileSystem.isExecutableFile(clang) {
                self.swiftc = swiftc
                self.clang = clang
                return
            }
            if !searched.contains(directory) { searched.append(directory) }
        }
        throw .swiftNotFound(searched: searched)
    }

    /// What the compiler says that it is: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`, else its path.
    func version(temporaryDirectory: String) async -> String {
        let result = try? await CompilerProcess(
            executable: swiftc, arguments: ["--version"], temporaryDirectory: temporaryDirectory,
            limit: .seconds(20)
        ).run()
        let line = result?.output.split(separator: "\n").first { $0.contains("Swift version") }
        return line.map(String.init) ?? swiftc
    }

    /// The directories to look in, best first.
    private static func directories(
        _ chosen: String?, _ environment: CompilerEnvironment
    ) -> [String] {
        if let chosen {
            let isTool = FileSystem.isExecutableFile(chosen)
            return isTool
                ? [FileSystem.directory(of: FileSystem.resolvingLinks(chosen) ?? chosen)]
                : [chosen + "/usr/bin", chosen + "/bin", chosen]
        }
        var directories: [String] = []
        if let swift = environment.chosenSwift, let path = FileSystem.resolvingLinks(swift) {
            directories.append(FileSystem.directory(of: path))
        }
        for directory in environment.searchPath {
            // What is on PATH may be a link into the toolchain.
            guard let path = FileSystem.resolvingLinks("\(directory)/swiftc") else { continue }
            directories.append(FileSystem.directory(of: path))
            directories.append(directory)
        }
        return directories + environment.toolchains
    }
}
