import EBPFKernel
import EBPFTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A process of the command `ebpf`, which was built beside the tests.
final class Child {
    private static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "ebpf")
    static let isBuilt = FileManager.default.isExecutableFile(atPath: executable.path)

    private let process = Process()
    private let output = Pipe()
    private var written = ""

    /// Starts the command, in the network namespace of the calling thread.
    init(_ arguments: [String]) throws {
        process.executableURL = Self.executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    /// Waits until it has written something.
    func wait(for text: String) {
        while !written.contains(text) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return }
            written += String(decoding: more, as: UTF8.self)
        }
    }

    /// Presses Ctrl-C as soon as the command handles it, and waits for the end.
    ///
    /// - Returns: the exit code, negative for a signal, and all that it has written.
    func interrupt() async throws -> (code: Int32, text: String) {
        #expect(try await eventually { self.isReady || !self.process.isRunning })
        return end()
    }

    /// Presses Ctrl-C, and waits for the end.
    func end() -> (code: Int32, text: String) {
        process.interrupt()
        return finish()
    }

    /// Waits for the end.
    func finish() -> (code: Int32, text: String) {
        let rest = output.fileHandleForReading.readDataToEndOfFile()
        written += String(decoding: rest, as: UTF8.self)
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return (isSignal ? -process.terminationStatus : process.terminationStatus, written)
    }

    /// Whether it handles Ctrl-C by now.
    private var isReady: Bool {
        let path = "/proc/\(process.processIdentifier)/status"
        let text = (try? SystemCalls.linux.text(of: path)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
        let caught = line.flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) }
        return (caught ?? 0) & 1 << UInt64(SIGINT - 1) != 0
    }
}
