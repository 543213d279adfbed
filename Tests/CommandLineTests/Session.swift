@testable import EBPFCommandLine
import EBPFCompilation
import Foundation
import Synchronization

/// A command that ran inside the tests: what it wrote, and its exit code.
struct Session {
    let output: String
    let errors: String
    let exitCode: Int32

    /// Runs `ebpf` with arguments.
    static func run(_ arguments: String..., isTerminal: Bool = false) async -> Session {
        await run(arguments, isTerminal: isTerminal)
    }

    static func run(_ arguments: [String], isTerminal: Bool = false) async -> Session {
        let output = Text()
        let errors = Text()
        let sink = Terminal.Sink(
            output: { output.append($0) }, errors: { errors.append($0) },
            showsProgress: isTerminal)
        let exitCode = await Terminal.$sink.withValue(sink) {
            // What is known of the kernel from before is not asked again: tests have no files.
            await FeatureCache.$environment.withValue([:]) {
                await EBPFCommand.run(arguments: arguments)
            }
        }
        return Session(output: output.value, errors: errors.value, exitCode: exitCode)
    }

    /// The lines of standard error without notes about helpers.
    var complaints: [Substring] {
        errors.split(separator: "\n").filter { !$0.hasPrefix("note: ") }
    }

    /// The output as JSON.
    var json: [String: Any] {
        let value = try? JSONSerialization.jsonObject(with: Data(output.utf8))
        return value as? [String: Any] ?? [:]
    }
}

/// Text that grows.
private final class Text: Sendable {
    private let text = Mutex("")
    var value: String { text.withLock { $0 } }
    func append(_ more: String) { text.withLock { $0 += more } }
}

/// Whether C can be compiled for eBPF here.
let hasClang: Bool = (try? CCompiler()) != nil

/// A directory that a test fills and that is gone after it.
final class Workspace {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "ebpf-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }
}

/// The folder `Examples` of the package.
let examples =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Examples"

/// An Ethernet frame without content.
let frame = "ffffffffffff0200000000010800"
