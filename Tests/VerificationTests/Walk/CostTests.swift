import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFVerification

/// How many instructions are looked at: as many as the running kernel looks at, because the same
/// ways are split, and the same states are found to be known.
@Suite struct CostTests {
    @Test(arguments: masks + tailCalls + zeros + links)
    func `as many instructions are looked at as Linux looks at`(_ test: Cost) throws {
        let specs = try test.specs()
        let program = try #require(specs.programs["test"])
        let verification = Verifier(kernelTypes: nil).verify(program, of: specs)
        #expect(verification.statistics.processed == test.processed)
    }

    @Test(.liveKernel, arguments: masks + tailCalls + zeros + links)
    func `the kernel counts the same`(_ test: Cost) throws {
        let verdict = KernelHost().verdict(on: "test", of: try test.specs())
        #expect(verdict.cost?.processed == test.processed, "\(verdict.answer)")
    }

    @Test func `what no way leads to is not looked at`() throws {
        for test in Self.unreachable { #expect(try test.rejection() == nil, "\(test.name)") }
    }

    @Test(.liveKernel, arguments: unreachable)
    func `nor does the kernel`(_ test: Case) throws {
        _ = try KernelHost().load(try test.specs())
    }

    @Test func `what the kernel withholds cannot be called`() throws {
        let test = Case(
            "writes into processes", .kprobe,
            "r1 = 0 \n r2 = r10 \n r2 += -8 \n *(u64 *)(r2 + 0) = 0 \n r3 = 8 \n call 36 \n r0 = 0 \n exit"
        )
        let specs = try test.specs()
        let program = try #require(specs.programs["test"])
        var options = Verifier.Options()
        let offered = Verifier(kernelTypes: nil, options: options).verify(program, of: specs)
        guard case .accepted = offered.verdict else {
            Issue.record("\(offered.verdict)")
            return
        }
        options.withheldHelpers = [.probeWriteUser]
        let withheld = Verifier(kernelTypes: nil, options: options).verify(program, of: specs)
        guard case .rejected(let rejection) = withheld.verdict else {
            Issue.record("it is accepted")
            return
        }
        #expect(rejection.code == .helperNotAllowed)
        #expect(rejection.slot == 5)
        #expect(rejection.message == "this kernel is set up to withhold bpf_probe_write_user()")
    }

    @Test(.liveKernel) func `what the running kernel withholds it refuses`() throws {
        let test = Case(
            "writes into processes", .kprobe,
            "r1 = 0 \n r2 = r10 \n r2 += -8 \n *(u64 *)(r2 + 0) = 0 \n r3 = 8 \n call 36 \n r0 = 0 \n exit"
        )
        let isWithheld = Situation().withheldHelpers.contains(.probeWriteUser)
        switch KernelHost().verdict(on: "test", of: try test.specs()).answer {
        case .accepted: #expect(!isWithheld)
        case .rejected(let rejection):
            #expect(isWithheld, "\(rejection)")
            #expect(rejection.code == .helperNotAllowed)
        case .unavailable(let failure): Issue.record("\(failure)")
        }
    }

    /// A program in assembly, and how many of its instructions are looked at on all ways.
    struct Cost: Sendable, CustomTestStringConvertible {
        let name: String
        let processed: Int
        let assembly: String

        init(_ name: String, _ processed: Int, _ assembly: String) {
            self.name = name
            self.processed = processed
            self.assembly = assembly
        }

        var testDescription: String { name }

        func specs() throws -> ObjectSpecs { try Case(name, assembly).specs() }
    }

    /// What is 0 or -1 is looked at as both where it masks a constant.
    private static let masks = [
        Cost(
            "a sign chooses between 0 and a number", 12,
            """
            call 7
            r6 = r0
            r0 s>>= 63
            r0 &= -3
            if r0 == 0 goto end
            r0 = 1
            end:
            r0 = 0
            exit
            """),
        Cost(
            "or between -1 and a number", 11,
            """
            call 7
            r0 s>>= 63
            r0 |= 4
            if r0 == 4 goto end
            r0 = 1
            end:
            r0 = 0
            exit
            """),
        Cost(
            "the mask may be in a register", 13,
            """
            call 7
            r0 s>>= 63
            r1 = 5
            r0 &= r1
            if r0 == 4 goto end
            r0 = 1
            end:
            r0 = 0
            exit
            """),
        Cost(
            "the sign of a word does it, too, whatever is above it", 14,
            """
            call 7
            r6 = r0
            if w6 s> 0 goto end
            if w6 s< -1 goto end
            r6 &= 5
            r7 = r6
            end:
            r0 = 0
            exit
            """),
        Cost(
            "a mask of which half is known does not", 9,
            """
            call 7
            r6 = r0
            r6 <<= 32
            r6 |= 5
            w0 s>>= 31
            w0 &= w6
            r7 = r0
            r0 = 0
            exit
            """),
        Cost(
            "exclusive or does not", 9,
            """
            call 7
            r0 s>>= 63
            r0 ^= 5
            if r0 == 4 goto end
            r0 = 1
            end:
            r0 = 0
            exit
            """),
    ]

    /// To which program a tail call leads matters where the place is known and in the array.
    private static let tailCalls = [
        Cost(
            "a tail call to a known place comes last", 21,
            """
            r6 = r1
            call 7
            r3 = 9
            if r0 == 0 goto end
            r3 = 10
            if r0 == 1 goto end
            r3 = 4
            end:
            r1 = r6
            r2 = programs ll
            call 12
            r0 = 0
            exit
            """),
        Cost(
            "a tail call to a place past the end", 14,
            """
            r6 = r1
            call 7
            r3 = 8
            if r0 == 0 goto end
            r3 = 10
            if r0 == 1 goto end
            r3 = 9
            end:
            r1 = r6
            r2 = programs ll
            call 12
            r0 = 0
            exit
            """),
    ]

    /// Zeros beside a number that is saved are no longer known when a part of it is overwritten.
    private static let zeros = [
        Cost(
            "zeros beside a saved number that is overwritten", 18,
            """
            call 7
            r6 = r0
            r1 = 0
            *(u32 *)(r10 - 4) = r1
            *(u32 *)(r10 - 8) = r1
            *(u8 *)(r10 - 7) = r6
            r2 = *(u32 *)(r10 - 4)
            if r2 == 0 goto end
            r0 = 1
            r0 = 2
            r0 = 3
            r0 = 4
            r0 = 5
            r0 = 6
            r0 = 7
            end:
            r0 = 0
            exit
            """)
    ]

    /// Numbers that were independent may be linked with each other later; what nobody reads any
    /// more is linked to nothing.
    private static let links = [
        Cost("numbers that were independent are equal", 31, linked(by: "r7 = r6")),
        Cost("one is linked to nothing else", 31, linked(by: "r1 = r7")),
        Cost("they differ by a constant", 43, linked(by: "r7 = r6 \n r7 += 1 \n r6 &= 3")),
    ]

    private static func linked(by statements: String) -> String {
        """
        call 7
        r6 = r0
        r6 &= 7
        call 7
        r7 = r0
        r7 &= 7
        call 7
        if r0 == 2 goto linked
        r1 = 1
        r1 = 2
        r1 = 3
        r1 = 4
        r1 = 5
        r1 = 6
        r1 = 7
        goto meet
        linked:
        \(statements)
        goto meet
        meet:
        \(Case.lookup)
        if r0 == 0 goto end
        r0 += r6
        r0 += r7
        r0 = *(u8 *)(r0 + 0)
        end:
        r0 = 0
        exit
        """
    }

    private static let unreachable = [
        Case(
            "a masked sign is 0 or the mask, nothing between",
            """
            call 7
            r0 s>>= 63
            r0 &= 13
            if r0 == 0 goto end
            if r0 == 13 goto end
            r0 = *(u64 *)(r0 + 0)
            end:
            r0 = 0
            exit
            """)
    ]
}
