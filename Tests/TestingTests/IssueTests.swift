import EBPFProgram
import EBPFTesting
import Testing

@testable import MapOperations
@testable import Surroundings

/// What a kernel would refuse is an issue of the test, in words that help.
@Suite struct IssueTests {
    private static func expectIssue(_ text: String, _ body: () -> Void) {
        withKnownIssue {
            body()
        } matching: { issue in
            issue.comments.contains { $0.rawValue.contains(text) }
        }
    }

    @Test func `a setting that comes too late is an issue`() {
        Self.expectIssue("set it before the first run") {
            let world = TestWorld()
            world.map(sessions)[1] = nil
            world.set(step, to: 4)
        }
    }

    @Test func `a map that is full is an issue`() {
        Self.expectIssue("3 entries are in use") {
            let world = TestWorld()
            for key in 0..<4 as Range<UInt32> { world.map(hash)[key] = 1 }
        }
    }
}
