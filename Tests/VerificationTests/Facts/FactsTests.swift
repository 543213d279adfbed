import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFVerification

/// What the verifier tells others of a program that it accepts.
@Suite struct FactsTests {
    private func facts(
        _ type: ProgramType, _ assembly: String, ranges: Bool = false
    ) throws -> Facts {
        let specs = try Case("", type, assembly).specs()
        var options = Verifier.Options()
        options.collectsFacts = true
        options.collectsRanges = ranges
        let verification = Verifier(kernelTypes: nil, options: options)
            .verify(try #require(specs.programs["test"]), of: specs)
        return try #require(verification.facts, "\(verification.verdict)")
    }

    @Test func `nothing is collected unless it is asked for`() throws {
        let specs = try Case("", "r0 = 0 \n exit").specs()
        let program = try #require(specs.programs["test"])
        #expect(Verifier(kernelTypes: nil).verify(program, of: specs).facts == nil)
    }

    @Test func `a refused program has no facts`() throws {
        let specs = try Case("", "r0 = *(u8 *)(r10 + 0) \n exit").specs()
        var options = Verifier.Options()
        options.collectsFacts = true
        let verification = Verifier(kernelTypes: nil, options: options)
            .verify(try #require(specs.programs["test"]), of: specs)
        #expect(verification.facts == nil)
    }

    struct Access: Sendable, CustomTestStringConvertible {
        let name: String
        var type = ProgramType.socketFilter
        let assembly: String
        let slot: Int
        let memory: Facts.Memory?
        var testDescription: String { name }
    }

    private static let counter = """
        *(u32 *)(r10 - 8) = 1
        r2 = r10
        r2 += -8
        r1 = counters ll
        call 1

        """

    private static let accesses = [
        Access(
            name: "the own frame", assembly: "*(u32 *)(r10 - 12) = 1 \n r0 = 0 \n exit", slot: 0,
            memory: .stack(.init(isOwnFrame: true, offset: -12))),
        Access(
            name: "a caller's frame",
            assembly: """
                *(u64 *)(r10 - 8) = 1
                r1 = r10
                r1 += -8
                call f
                exit
                f:
                r0 = *(u64 *)(r1 + 0)
                exit
                """, slot: 5, memory: .stack(.init(isOwnFrame: false, offset: -8))),
        Access(
            name: "the own frame, or the caller's",
            assembly: """
                r2 = *(u32 *)(r1 + 0)
                r1 = r10
                r1 += -8
                call f
                exit
                f:
                if r2 == 0 goto +2
                r1 = r10
                r1 += -8
                *(u64 *)(r1 + 0) = 1
                r0 = 0
                exit
                """, slot: 8, memory: .stack(.init(isOwnFrame: false, offset: nil))),
        Access(
            name: "one of several places of the stack",
            assembly: """
                *(u64 *)(r10 - 8) = 1
                *(u64 *)(r10 - 16) = 1
                r2 = *(u32 *)(r1 + 0)
                r3 = r10
                r3 += -8
                if r2 == 0 goto +1
                r3 += -8
                r0 = *(u64 *)(r3 + 0)
                exit
                """, slot: 7, memory: .stack(.init(isOwnFrame: true, offset: nil))),
        Access(
            name: "the context", assembly: "r0 = *(u32 *)(r1 + 4) \n exit", slot: 0,
            memory: .context),
        Access(
            name: "the packet", type: .xdp,
            assembly: """
                r2 = *(u32 *)(r1 + 0)
                r3 = *(u32 *)(r1 + 4)
                r4 = r2
                r4 += 14
                r0 = 1
                if r4 > r3 goto +1
                r0 = *(u8 *)(r2 + 13)
                r0 = 1
                exit
                """, slot: 6, memory: .packet),
        Access(
            name: "a value of a map",
            assembly: counter + "r0 = *(u64 *)(r0 + 0) \n exit", slot: 6,
            memory: .mapValue("counters")),
        Access(
            name: "a value of a map, or the stack",
            assembly: """
                r6 = *(u32 *)(r1 + 0)

                """ + counter + """
                    if r6 == 0 goto +3
                    r0 = r10
                    r0 += -8
                    *(u64 *)(r0 + 0) = 0
                    r0 = *(u64 *)(r0 + 0)
                    r0 = 0
                    exit
                    """, slot: 11, memory: .memory),
        Access(
            name: "an instruction behind a branch that is never taken",
            assembly: "r0 = 0 \n if r0 == 0 goto +1 \n r0 = *(u64 *)(r10 - 8) \n exit", slot: 2,
            memory: nil),
        Access(name: "no access", assembly: "r0 = 0 \n exit", slot: 0, memory: nil),
    ]

    @Test(arguments: accesses)
    func `what an address points to is told`(_ access: Access) throws {
        let facts = try facts(access.type, access.assembly)
        #expect(facts.memory(at: access.slot) == access.memory)
    }

    @Test func `branches that go but one way, and dead code, are told`() throws {
        let facts = try facts(
            .socketFilter,
            """
            r2 = *(u32 *)(r1 + 0)
            r0 = 0
            if r2 == 0 goto +1
            r0 = 1
            if r0 > 1 goto +1
            exit
            r0 = 7
            exit
            """)
        #expect(facts.isEverTaken(2) && facts.isEverPassed(2))
        #expect(!facts.isEverTaken(4) && facts.isEverPassed(4))
        #expect(
            (0..<8).map(facts.isReachable) == [true, true, true, true, true, true, false, false])
        #expect(!facts.isReachable(-1) && !facts.isReachable(8))
    }

    @Test func `functions with their stack, helpers and the context's length are told`() throws {
        let facts = try facts(
            .socketFilter,
            """
            r6 = *(u32 *)(r1 + 8)
            *(u32 *)(r10 - 20) = 1
            call f
            exit
            f:
            call 7
            *(u64 *)(r10 - 64) = r0
            exit
            """)
        #expect(facts.functions.map(\.slots) == [0..<4, 4..<7])
        #expect(facts.functions.map(\.stackByteCount) == [24, 64])
        #expect(facts.helpers == [7])
        #expect(facts.contextByteCount == 12)
        #expect(facts.slotCount == 7)
    }

    @Test func `ranges hold of all paths, also of those that nothing hung on`() throws {
        let assembly = """
            r2 = *(u32 *)(r1 + 0)
            r3 = 1
            if r2 > 9 goto +1
            r3 = 5
            r0 = r3
            r0 += r2
            exit
            """
        let facts = try facts(.socketFilter, assembly, ranges: true)
        #expect(facts.number(in: .r2, at: 3)?.unsigned == 0...9)
        #expect(facts.number(in: .r2, at: 5)?.unsigned == 0...UInt64(UInt32.max))
        #expect(facts.number(in: .r3, at: 4)?.signed == 1...5)
        #expect((0..<8).filter { facts.number(in: .r3, at: 4)?.contains($0) == true } == [1, 5])
        #expect(facts.number(in: .r1, at: 0) == nil, "it is the context")
        #expect(facts.number(in: .r3, at: 6) == nil, "nobody reads it any more")
        #expect(try self.facts(.socketFilter, assembly).number(in: .r2, at: 3) == nil)
    }
}
