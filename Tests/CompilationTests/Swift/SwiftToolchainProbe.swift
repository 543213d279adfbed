import EBPFObjectFile
import Testing

@testable import EBPFCompilation

/// Swift's toolchain, as the tests need it.
enum KernelSwift {
    /// Whether kernel programs can be compiled here; found out by compiling one.
    static func isAvailable() async -> Bool { await probe.value }

    /// The sources of `EBPFProgram` in this package.
    static var module: KernelModuleSources {
        get throws {
            let path = #filePath
            let root = path.firstRange(of: "/Tests/").map { path[..<$0.lowerBound] } ?? ""
            return try KernelModuleSources(directory: root + "/Sources/Program")
        }
    }

    /// Tests run at once, each with a compiler: all together they would take too long for each.
    private static let turns = Turns(4)

    private static let probe = Task {
        (try? await compile(
            "@section(\"xdp\") @used func f(_ p: XDPContext) -> XDPAction { .pass }\n"))
            != nil
    }

    /// Compiles a source that begins with `import EBPFProgram`, which is added on its first line.
    static func compile(
        _ source: String, name: String = "Program.swift",
        _ change: (inout SwiftCompilerOptions) -> Void = { _ in }
    ) async throws -> ObjectSpecs {
        try ObjectFile(await bytes(source, name: name, change), name: name).specs()
    }

    /// As ``compile(_:name:_:)``, but what the compiler writes.
    static func bytes(
        _ source: String, name: String = "Program.swift",
        _ change: (inout SwiftCompilerOptions) -> Void = { _ in }
    ) async throws -> [UInt8] {
        try await program(source, name: name, change).bytes
    }

    /// As ``bytes(_:name:_:)``, with what the compiler tells besides.
    static func program(
        _ source: String, name: String = "Program.swift",
        _ change: (inout SwiftCompilerOptions) -> Void = { _ in }
    ) async throws -> CompiledProgram {
        var options = SwiftCompilerOptions()
        change(&options)
        var program: CompiledProgram?
        await turns.take()
        defer { Task { await turns.give() } }
        try await withTemporaryDirectory { directory in
            let path = try directory.file(name, "import EBPFProgram; " + source)
            program = try await SwiftCompiler(module: module).compile([path], options: options)
        }
        return try #require(program)
    }

    /// The errors of a source that cannot become a kernel program, without the directory's name.
    static func errors(
        _ source: String, _ change: (inout SwiftCompilerOptions) -> Void = { _ in }
    ) async throws -> [String] {
        do throws(any Error) {
            _ = try await bytes(source, change)
            return []
        } catch CompilationError.rejected(let diagnostics, _) {
            return diagnostics.filter { $0.severity >= .error }.map { diagnostic in
                let place = diagnostic.location
                let file = place?.file.split(separator: "/").last ?? "?"
                return "\(file):\(place?.line ?? 0): \(diagnostic.message)"
            }
        }
    }
}

/// Lets only so many go on at a time.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func give() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        free += 1
    }
}
