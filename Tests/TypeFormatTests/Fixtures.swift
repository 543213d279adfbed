import EBPFTypeFormat
import Foundation
import Testing

/// The files in `Fixtures`; `Scripts/make-type-fixtures.sh` makes them from the C files there.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "btf", subdirectory: "Fixtures")
        )
        return [UInt8](try Data(contentsOf: url))
    }

    /// Every kind of type that clang describes.
    static func kinds() throws -> BTF { try BTF(bytes("kinds")) }
}

/// The types of the running kernel.
enum RunningKernel {
    static let path = "/sys/kernel/btf/vmlinux"
    static var isReadable: Bool { FileManager.default.isReadableFile(atPath: path) }

    static func bytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

/// A program of the machine, if it is installed.
struct Tool {
    let path: String

    init?(_ names: String...) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths =
            names.filter { $0.hasPrefix("/") }
            + folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
        guard
            let path = paths.first(where: {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { return nil }
        self.path = path
    }

    /// Runs it; its standard output goes to a file, for pipes have an end.
    func run(_ arguments: [String]) throws -> (status: Int32, output: [UInt8], errors: String) {
        let folder = FileManager.default.temporaryDirectory
        let output = folder.appendingPathComponent(UUID().uuidString)
        let errors = folder.appendingPathComponent(UUID().uuidString)
        defer {
            try? FileManager.default.removeItem(at: output)
            try? FileManager.default.removeItem(at: errors)
        }
        try Data().write(to: output)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, [UInt8](try Data(contentsOf: output)),
            String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}
