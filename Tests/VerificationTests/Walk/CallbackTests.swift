import EBPFObjectFile
import Testing

@testable import EBPFVerification

/// Functions that a helper calls again and again: what one turn does, another relies on.
@Suite struct CallbackTests {
    /// Calls `turn` ten times with a pointer to the number 0 on the stack, and another below it. A
    /// turn does nothing, or relies on the number, or goes to `change`.
    private static func program(change: String) -> Case {
        Case(
            "a callback",
            """
            r1 = 0
            *(u64 *)(r10 - 8) = r1
            *(u64 *)(r10 - 16) = r1
            r1 = 10
            r2 = turn ll
            r3 = r10
            r3 += -8
            r4 = 0
            call 181
            r0 = 0
            exit
            turn:
            r6 = r2
            call 7
            if r0 == 1 goto use
            call 7
            if r0 == 2 goto change
            r1 = 1
            r1 = 2
            r1 = 3
            r1 = 4
            r1 = 5
            r1 = 6
            r1 = 7
            r1 = 8
            end:
            r0 = 0
            exit
            change:
            r1 = 1000
            \(change)
            goto end
            use:
            r1 = *(u64 *)(r6 + 0)
            r2 = r10
            r2 += -8
            r2 += r1
            *(u8 *)(r2 + 0) = r1
            goto end
            """)
    }

    /// Linux 6.18 accepts this: it ends the way on which the number is changed where it meets one on
    /// which nothing hangs on the number, not knowing yet that the next turn relies on it.
    @Test func `what a turn changes is seen by the next, whatever order they are walked in`() throws
    {
        let rejection = try #require(
            try Self.program(change: "*(u64 *)(r6 + 0) = r1").rejection())
        #expect(rejection.slot == 34, "\(rejection)")
    }

    @Test func `as many instructions are looked at as Linux looks at`() throws {
        let specs = try Self.program(change: "*(u64 *)(r6 - 8) = r1").specs()
        let program = try #require(specs.programs["test"])
        let verification = Verifier(kernelTypes: nil).verify(program, of: specs)
        guard case .accepted = verification.verdict else {
            Issue.record("\(verification.verdict)")
            return
        }
        #expect(verification.statistics.processed == 38)
    }
}
