import EBPFTestSupport
import Foundation
import HookTrials
import Testing

/// The trials that guests run as well (`Scripts/hooks`), on the kernel at hand.
@Suite(.liveKernel) struct HookTrialTests {
    @Test(arguments: HookTrial.all.map(\.hook))
    func `a program runs at its hook as long as it is attached`(hook: String) throws {
        let trial = try #require(HookTrial.all.first { $0.hook == hook })
        let outcome = trial.outcome(helper: Self.helper)
        switch outcome.kind {
        case .works: break
        // A cancelled case is not shown; a line in the form of skipped tests is.
        case .skipped: print("➜ Hook \(hook) skipped: \(outcome.detail)")
        case .failed: Issue.record("\(hook): \(outcome.detail)")
        }
    }

    /// The program `hook-trials`, which is built beside the tests.
    private static let helper = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "hook-trials").path
}
