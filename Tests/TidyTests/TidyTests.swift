import Foundation
import Testing

/// The rules of the house that a compiler does not check (ARCHITECTURE.md, CONTRIBUTING.md).
@Suite struct TidyTests {
    /// What each room may import of the others; nothing points upward.
    private static let allowedImports: [String: Set<String>] = [
        "Bytecode": [],
        "TypeFormat": ["Bytecode"],
        "Maps": ["Bytecode"],
        "MachineCode": ["Bytecode"],
        "ObjectFile": ["Bytecode", "TypeFormat"],
        "Compilation": ["Bytecode", "TypeFormat", "ObjectFile", "Verification"],
        "Verification": ["Bytecode", "TypeFormat", "ObjectFile"],
        "Execution": [
            "Bytecode", "TypeFormat", "ObjectFile", "Maps", "MachineCode", "Verification",
        ],
        "Kernel": ["Bytecode", "TypeFormat", "ObjectFile"],
        "Hooks": ["Bytecode", "TypeFormat", "ObjectFile", "Kernel"],
        "Library": [
            "Bytecode", "TypeFormat", "ObjectFile", "Maps", "Execution", "Kernel", "Hooks",
        ],
        "CommandLine": [
            "", "Bytecode", "TypeFormat", "ObjectFile", "Maps", "Execution", "Compilation",
            "Kernel", "Hooks", "MachineCode", "Verification",
        ],
        "Program": [], "Embedding": [],
        "Testing": [
            "", "Bytecode", "TypeFormat", "Maps", "ObjectFile", "Execution", "Kernel", "Hooks",
            "Program",
        ],
        "CompileTool": ["Compilation", "Kernel", "ObjectFile", "TypeFormat"],
        "Tool": ["CommandLine"],
        "Conformance": ["Bytecode", "ObjectFile", "Execution"],
    ]

    /// What a source must not contain: it would trap on input, or promise what is not there.
    private static let forbidden = ["try!", "fatalError(", "preconditionFailure(", "TODO", "FIXME"]

    @Test func `rooms import only what lies below them`() throws {
        for source in try Self.sources() {
            let allowed = try #require(Self.allowedImports[source.room], "\(source.path)")
            for line in source.lines {
                guard
                    let range = line.range(
                        of: #"^((public|private) )?import EBPF"#, options: .regularExpression)
                else { continue }
                let module = String(line[range.upperBound...])
                #expect(allowed.contains(module), "\(source.path) imports EBPF\(module)")
            }
        }
    }

    @Test func `the rooms below the command do without Foundation`() throws {
        for source in try Self.sources() where source.room != "CommandLine" {
            #expect(!source.lines.contains("import Foundation"), "\(source.path)")
        }
    }

    @Test func `no file is longer than six hundred lines`() throws {
        for source in try Self.sources() {
            #expect(source.lines.count <= 600, "\(source.path) has \(source.lines.count) lines")
        }
    }

    @Test func `nothing traps on purpose and nothing is promised for later`() throws {
        for source in try Self.sources() {
            for (number, line) in source.lines.enumerated() {
                for word in Self.forbidden where line.contains(word) {
                    Issue.record("\(source.path):\(number + 1) contains \(word)")
                }
            }
        }
    }

    @Test func `every room is on the map of the house`() throws {
        let map = try String(contentsOfFile: Self.root + "/ARCHITECTURE.md", encoding: .utf8)
        for room in Set(try Self.sources().map(\.room)) {
            #expect(map.contains("`\(room)`"), "ARCHITECTURE.md does not name \(room)")
        }
    }

    // MARK: Files

    private struct Source {
        let path: String
        let room: String
        let lines: [String]
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private static func sources() throws -> [Source] {
        let folder = root + "/Sources"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return try paths.filter { $0.hasSuffix(".swift") }.map { path in
            let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
            return Source(
                path: "Sources/" + path, room: String(path.prefix { $0 != "/" }),
                lines: text.components(separatedBy: "\n"))
        }
    }
}
