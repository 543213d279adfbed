import EBPFTestSupport
import Foundation
import HookTrials
import Testing

/// The trials that guests run as well (`Scripts/hooks`), on the kernel at hand.
///
/// Each is a process of its own: its functions and probes are nobody else's.
@Suite(.liveKernel) struct HookTrialTests {
    private struct Outcome: Decodable {
        let outcome: String
        let detail: String
    }

    @Test(arguments: HookTrial.all.map(\.hook))
    func `a program runs at its hook as long as it is attached`(hook: String) throws {
        let outcome = try Self.outcome(of: hook)
        switch outcome.outcome {
        case "works": break
        // A cancelled case is not shown; a line in the form of skipped tests is.
        case "skipped": print("➜ Hook \(hook) skipped: \(outcome.detail)")
        default: Issue.record("\(hook): \(outcome.detail)")
        }
    }

    /// Runs the program `hook-trials`, which is built beside the tests.
    private static func outcome(of hook: String) throws -> Outcome {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "hook-trials")
        process.arguments = ["only", hook]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Outcome.self, from: data)
    }
}
