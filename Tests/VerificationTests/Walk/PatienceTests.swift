import EBPFBytecode
import EBPFObjectFile
import Synchronization
import Testing

@testable import EBPFVerification

/// Long verifications say how far they are, and end when nobody wants to wait.
@Suite struct PatienceTests {
    /// A loop without an end, which takes all instructions that there are.
    private static let endless = Case(
        "endless", "r0 = 0 \n again: \n r0 += 1 \n if r0 != 0 goto again \n exit")

    private func verify(_ options: Verifier.Options) throws -> Verification {
        let specs = try Self.endless.specs()
        let program = try #require(specs.programs["test"])
        return Verifier(kernelTypes: nil, options: options).verify(program, of: specs)
    }

    @Test func `whoever waits is asked again and again, and told how far it is`() throws {
        let seen = Mutex<[Int]>([])
        var options = Verifier.Options()
        options.instructionLimit = 10_000
        options.instructionsBetweenQuestions = 1000
        options.goesOn = { progress in
            seen.withLock { $0.append(progress.processed) }
            return progress.limit == 10_000
        }
        guard case .rejected(let rejection) = try verify(options).verdict else {
            Issue.record("it is too complex")
            return
        }
        #expect(rejection.code == .tooComplex)
        #expect(seen.withLock { $0 } == (0..<10).map { 1 + $0 * 1000 })
    }

    @Test func `a verification that nobody waits for ends without a verdict`() throws {
        var options = Verifier.Options()
        options.instructionsBetweenQuestions = 100
        options.goesOn = { $0.processed < 500 }
        let verification = try verify(options)
        guard case .undecided(let reason) = verification.verdict else {
            Issue.record("\(verification.verdict)")
            return
        }
        #expect(reason == "the verification was stopped after 501 instructions")
        #expect(verification.statistics.processed == 501)
    }
}
