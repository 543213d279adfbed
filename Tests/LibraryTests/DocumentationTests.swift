import EBPFCompilation
import EBPFTestSupport
import Foundation
import Testing

/// The articles' Swift is compiled, so that what they promise exists.
@Suite struct DocumentationTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let catalogue = root.appending(path: "Sources/Library/EBPF.docc")
    private static let modules = root.appending(path: ".build/debug/Modules")

    @Test(
        .enabled("the modules are built in .build/debug") {
            FileManager.default.fileExists(atPath: modules.path)
        })
    func `every snippet compiles against the library`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ebpf-snippets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let articles =
            try FileManager.default.contentsOfDirectory(
                at: Self.catalogue, includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "md" } + [Self.root.appending(path: "README.md")]
        var sources: [String] = []
        for article in articles {
            let blocks = Self.swiftBlocks(try String(contentsOf: article, encoding: .utf8))
                .filter { !Self.isKernelProgram($0) }
            guard !blocks.isEmpty else { continue }
            let name = article.deletingPathExtension().lastPathComponent
            let source = folder.appending(path: name + ".swift")
            try Self.program(blocks, name: name).write(
                to: source, atomically: true, encoding: .utf8)
            sources.append(source.path)
        }
        #expect(sources.count >= 7)
        let (status, output) = try Self.typecheck(sources)
        #expect(status == 0, "\(output)")
    }

    /// Whether a block is code for the kernel, which has a compiler of its own.
    private static func isKernelProgram(_ block: [Substring]) -> Bool {
        block.contains("import EBPFProgram")
    }

    @Test(.enabled("a Swift toolchain is here") { (try? SwiftCompiler.ofThisPackage()) != nil })
    func `the kernel program of the README compiles for the kernel`() async throws {
        let readme = try String(
            contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let programs = Self.swiftBlocks(readme).filter { Self.isKernelProgram($0) }
        #expect(!programs.isEmpty)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ebpf-readme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, program) in programs.enumerated() {
            let source = folder.appending(path: "program\(index).swift")
            try program.joined(separator: "\n").write(to: source, atomically: true, encoding: .utf8)
            _ = try await SwiftCompiler.ofThisPackage().compile([source.path])
        }
    }

    /// What must not compile: hooks and operations that a kind does not have.
    private static let mistakes = [
        "try object.program(\"p\", as: XDPProgram.self).attach(to: \"sched:sched_switch\", cookie: 1)",
        "try object.program(\"p\", as: XDPProgram.self).attach(to: \"eth0\", .ingress)",
        "try object.program(\"p\", as: TracepointProgram.self).attach(to: \"eth0\", mode: .native)",
        "try object.program(\"p\", as: TracingProgram.self).attach(to: \"vfs_read\")",
        "try object.program(\"p\", as: SchedulerClassifierProgram.self).attach()",
        "try object.program(\"p\", as: TracepointProgram.self).run(packet: [])",
        "try object.map(\"m\", as: Queue<UInt32>.self).remove(1)",
        "try object.map(\"m\", as: ArrayMap<UInt32>.self).remove(1)",
        "try object.map(\"m\", as: RingBuffer<UInt32>.self).update(1, 2)",
        "try object.map(\"m\", as: HashMap<String, UInt32>.self)",
    ]

    @Test(
        .enabled("the modules are built in .build/debug") {
            FileManager.default.fileExists(atPath: modules.path)
        })
    func `hooks and operations that a kind does not have do not compile`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ebpf-mistakes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let functions = Self.mistakes.enumerated().map { index, mistake in
            "func mistake\(index)(_ object: LoadedObject) throws { \(mistake) }"
        }
        let source = folder.appending(path: "Mistakes.swift")
        try (["import EBPF"] + functions).joined(separator: "\n").write(
            to: source, atomically: true, encoding: .utf8)
        let (_, output) = try Self.typecheck([source.path])
        for (index, mistake) in Self.mistakes.enumerated() {
            #expect(output.contains("Mistakes.swift:\(index + 2):"), "it compiles: \(mistake)")
        }
    }

    /// The contents of fenced blocks of Swift, in order.
    private static func swiftBlocks(_ text: String) -> [[Substring]] {
        var blocks: [[Substring]] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```swift" {
                isInside = true
                blocks.append([])
            } else if line.hasPrefix("```") {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].append(line)
            }
        }
        return blocks
    }

    /// A function in which each block continues the one before, and may use its names anew.
    private static func program(_ blocks: [[Substring]], name: String) -> String {
        let isImport = { (line: Substring) in line.hasPrefix("import ") }
        let imports = Set(blocks.joined().filter(isImport).map(String.init)).union(["import EBPF"])
        let body = blocks.map { block in
            "do {\n" + block.filter { !isImport($0) }.joined(separator: "\n")
        }
        return imports.sorted().joined(separator: "\n")
            + "\nprivate func snippets() async throws {\n" + body.joined(separator: "\n")
            + String(repeating: "\n}", count: blocks.count) + "\n}\n"
    }

    private static func typecheck(_ sources: [String]) throws -> (Int32, String) {
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments =
            [
                "swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6",
                "-module-name", "Snippets", "-suppress-warnings", "-I", modules.path,
                "-enable-upcoming-feature", "MemberImportVisibility",
            ] + includes() + sources
        let pipe = Pipe()
        compiler.standardOutput = pipe
        compiler.standardError = pipe
        try compiler.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        compiler.waitUntilExit()
        return (compiler.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Where the C modules are that the library is built on.
    private static func includes() -> [String] {
        let system = root.appending(path: ".build/checkouts/swift-system/Sources/CSystem/include")
        let linux = root.appending(path: ".build/debug/CLinux.build/module.modulemap")
        return ["-I", system.path, "-Xcc", "-fmodule-map-file=\(linux.path)"]
    }
}
