import Foundation

/// The assembler of the toolchain that Swift comes with.
enum ARM64Toolchain {
    /// Whether there is a clang that assembles for arm64.
    static let isThere: Bool = (try? assemble("nop\n")) == [0xd503_201f]

    /// What can go wrong.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The instructions that clang makes of a source.
    static func assemble(_ source: String) throws -> [UInt32] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("arm64-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = folder.appendingPathComponent("rows.s")
        let object = folder.appendingPathComponent("rows.o")
        let binary = folder.appendingPathComponent("rows.bin")
        try source.write(to: text, atomically: false, encoding: .utf8)
        try run(
            "clang", "--target=aarch64-linux-gnu", "-march=armv8.1-a", "-c", text.path, "-o",
            object.path)
        try run(
            "llvm-objcopy", "-O", "binary", "--only-section=.text", object.path, binary.path)
        let bytes = try Data(contentsOf: binary)
        return stride(from: 0, to: bytes.count - 3, by: 4).map { at in
            (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        }
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
