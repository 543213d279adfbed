import Foundation

/// The assembler of the toolchain that Swift comes with: what ours are compared with.
enum Toolchain {
    /// The processors that we make machine code for, in clang's words.
    enum Target: String {
        case arm64 = "aarch64-linux-gnu"
        case x86 = "x86_64-linux-gnu"
    }

    /// What can go wrong.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether there is an assembler for a processor.
    static func isThere(for target: Target) -> Bool {
        (try? assemble("nop\n", for: target)) != nil
    }

    /// The machine code that clang makes of a source.
    static func assemble(_ source: String, for target: Target) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("assembly-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = folder.appendingPathComponent("rows.s")
        let object = folder.appendingPathComponent("rows.o")
        let binary = folder.appendingPathComponent("rows.bin")
        try source.write(to: text, atomically: false, encoding: .utf8)
        try run("clang", "--target=" + target.rawValue, "-c", text.path, "-o", object.path)
        try run(
            "llvm-objcopy", "-O", "binary", "--only-section=.text", object.path, binary.path)
        return [UInt8](try Data(contentsOf: binary))
    }

    /// Runs a program of the search path; what it complains about is the error.
    static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let complaints = Pipe()
        process.standardError = complaints
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = complaints.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0
        else { throw Failure(description: String(decoding: text.prefix(2000), as: UTF8.self)) }
    }
}
