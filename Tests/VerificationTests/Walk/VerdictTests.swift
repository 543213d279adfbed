import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFVerification

/// What the verifier accepts and refuses, and why; each verdict is the running kernel's, too.
@Suite struct VerdictTests {
    @Test(
        arguments: registers + memory + branches + loops + calls + packets + Case.ranges
            + Case.fastCalls)
    func `programs are accepted, or refused with the right code and place`(_ test: Case) throws {
        let rejection = try test.rejection()
        #expect(rejection?.code == test.code, "\(rejection.map { "\($0)" } ?? "accepted")")
        if let slot = test.slot { #expect(rejection?.slot == slot) }
    }

    @Test(
        .liveKernel,
        arguments: registers + memory + branches + loops + calls + packets + Case.ranges
            + Case.fastCalls)
    func `the kernel says the same`(_ test: Case) throws {
        do {
            _ = try KernelHost().load(try test.specs())
            #expect(test.code == nil, "the kernel accepts it")
        } catch let LoadFailure.rejected(rejection) {
            #expect(test.code != nil, "the kernel says: \(rejection.message)")
            if let slot = test.slot { #expect(rejection.slot == slot) }
        }
    }

    private static let registers: [Case] = [
        Case("a constant is returned", "r0 = 0 \n exit"),
        Case("r0 was never written", "exit", .uninitializedRegister, at: 0),
        Case("r2 was never written", "r0 = r2 \n exit", .uninitializedRegister, at: 0),
        Case(
            "calls leave nothing in r1 to r5", "r0 = 0 \n call 5 \n r0 = r1 \n exit",
            .uninitializedRegister, at: 2),
        Case("pointers are not multiplied", "r1 *= 2 \n r0 = 0 \n exit", .pointerArithmetic, at: 0),
        Case("the frame pointer moves down", "r1 = r10 \n r1 += -8 \n r0 = 0 \n exit"),
        Case(
            "execution ends with an exit or a jump", "r0 = 0", .fallsThrough),
        Case(
            "nothing leads to the last instructions", "r0 = 0 \n exit \n r0 = 1 \n exit",
            .unreachable, at: 2),
        Case(
            "nothing is divided by the constant 0", "r0 = 1 \n r0 /= 0 \n exit",
            .invalidInstruction, at: 1),
    ]

    private static let memory: [Case] = [
        Case(
            "the stack is written and read",
            "*(u64 *)(r10 - 8) = 1 \n r0 = *(u64 *)(r10 - 8) \n exit"),
        Case(
            "the stack has 512 bytes", "*(u64 *)(r10 - 520) = 1 \n r0 = 0 \n exit", .stackBounds,
            at: 0),
        Case("above the stack is nothing", "*(u64 *)(r10 + 0) = 1 \n r0 = 0 \n exit", .stackBounds),
        Case(
            "the stack is aligned", "*(u64 *)(r10 - 12) = 1 \n r0 = 0 \n exit", .misaligned, at: 0),
        Case(
            "a saved pointer comes back whole",
            "*(u64 *)(r10 - 8) = r1 \n r2 = *(u64 *)(r10 - 8) \n r0 = *(u32 *)(r2 + 0) \n exit"),
        Case(
            "half of a saved pointer does not come back",
            "*(u64 *)(r10 - 8) = r1 \n r0 = *(u32 *)(r10 - 8) \n exit", .brokenPointer, at: 1),
        Case(
            "a number is no address", "r1 = 64 \n r0 = *(u32 *)(r1 + 0) \n exit", .invalidPointer,
            at: 1),
        Case("members of the context are read", "r0 = *(u32 *)(r1 + 0) \n exit"),
        Case(
            "the context has no byte 1000", "r0 = *(u32 *)(r1 + 1000) \n exit", .contextAccess,
            at: 0),
        Case(
            "the length is not written", "*(u32 *)(r1 + 0) = 1 \n r0 = 0 \n exit", .contextAccess,
            at: 0),
        Case(
            "a look-up may find nothing", Case.lookup + "r0 = *(u64 *)(r0 + 0) \n exit",
            .possiblyNull,
            at: 6),
        Case(
            "a value that was found is read",
            Case.lookup + "if r0 == 0 goto +1 \n r0 = *(u64 *)(r0 + 8) \n exit"),
        Case(
            "a value of 16 bytes has no byte 16",
            Case.lookup + "if r0 == 0 goto +1 \n r0 = *(u8 *)(r0 + 16) \n exit", .outOfBounds, at: 7
        ),
        Case(
            "a masked index stays inside",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = *(u64 *)(r0 + 0)
                r1 &= 15
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                exit
                """),
        Case(
            "an index masked too widely does not",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = *(u64 *)(r0 + 0)
                r1 &= 31
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                exit
                """, .outOfBounds, at: 10),
        Case(
            "an element of an array with a known key is there",
            """
            *(u32 *)(r10 - 8) = 3
            r2 = r10
            r2 += -8
            r1 = counters ll
            call 1
            r0 = *(u64 *)(r0 + 0)
            exit
            """),
        Case(
            "one with a key past the end may not be",
            """
            *(u32 *)(r10 - 8) = 4
            r2 = r10
            r2 += -8
            r1 = counters ll
            call 1
            r0 = *(u64 *)(r0 + 0)
            exit
            """, .possiblyNull, at: 6),
    ]

    private static let branches: [Case] = [
        Case(
            "a tested index stays inside",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = *(u64 *)(r0 + 0)
                if r1 > 15 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "an index tested as signed may be negative",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = *(u64 *)(r0 + 0)
                if r1 s> 15 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """, .possiblyNegative, at: 9),
        Case(
            "what is learnt of a copy is known of the original",
            Case.lookup
                + """
                if r0 == 0 goto +5
                r1 = *(u64 *)(r0 + 0)
                r2 = r1
                if r2 > 15 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "what is learnt of a difference is known of what it was computed from",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(u64 *)(r0 + 0)
                r2 = r1
                r2 -= 4
                if r2 > 11 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "so it is of 32 bits, if there are no more",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(u32 *)(r0 + 0)
                r2 = r1
                w2 += -4
                if w2 > 7 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "but not if there are",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(u64 *)(r0 + 0)
                r2 = r1
                w2 += -4
                if w2 > 7 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """, .possiblyNegative, at: 11),
        Case(
            "numbers around zero are any 32 bits after their sign was extended",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(s8 *)(r0 + 0)
                r1 s>>= 4
                r1 = (s32)r1
                if r1 s< 0 goto +2
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """, .unbounded),
        Case(
            "what is known of bytes is known of them in the other order",
            Case.lookup
                + """
                if r0 == 0 goto +5
                r1 = *(u64 *)(r0 + 0)
                r1 &= 0xf00
                r1 = be16 r1
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "host order cuts, and 64 bits of it change nothing",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(u64 *)(r0 + 0)
                r2 = r1
                r1 = le64 r1
                if r1 > 15 goto +2
                r0 += r2
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "a branch that is never taken is not looked at",
            "r1 = 1 \n r0 = 0 \n if r1 == 1 goto +1 \n r0 = *(u8 *)(r1 + 0) \n exit"),
    ]

    private static let loops: [Case] = [
        Case("a counted loop ends", "r0 = 0 \n r0 += 1 \n if r0 < 100 goto -2 \n exit"),
        Case(
            "a loop that changes nothing does not",
            "r0 = 0 \n goto +0 \n if r0 == 0 goto -2 \n exit",
            .endlessLoop),
        Case(
            "a loop with an unknown bound is walked till it is too complex",
            "call 7 \n r6 = r0 \n r0 = 0 \n r0 += 1 \n if r0 < r6 goto -2 \n exit", .tooComplex),
    ]

    private static let calls: [Case] = [
        Case("a function is called", "call f \n exit \n f: \n r0 = 1 \n exit"),
        Case(
            "a function that calls itself is nested too deeply",
            "call f \n exit \n f: \n call f \n exit", .callDepth),
        Case(
            "functions share 512 bytes of stack",
            """
            *(u64 *)(r10 - 400) = 0
            call f
            exit
            f:
            *(u64 *)(r10 - 400) = 0
            r0 = 0
            exit
            """, .stackTooLarge),
        Case(
            "a key is memory", "r1 = values ll \n r2 = 0 \n call 1 \n r0 = 0 \n exit",
            .argumentType,
            at: 3),
        Case(
            "a map is a map",
            "r1 = r10 \n r2 = r10 \n r2 += -4 \n *(u32 *)(r2 + 0) = 0 \n call 1 \n r0 = 0 \n exit",
            .argumentType, at: 4),
        Case(
            "socket filters redirect nothing", "r1 = 1 \n r2 = 0 \n call 23 \n exit",
            .helperNotAllowed, at: 2),
        Case("there is no helper 9999", "call 9999 \n exit", .missingInKernel, at: 0),
    ]

    private static let bounds = """
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14

        """

    private static let packets: [Case] = [
        Case(
            "bytes that were tested for are read", .xdp,
            bounds + "r0 = 1 \n if r4 > r3 goto +1 \n r0 = *(u8 *)(r2 + 13) \n r0 = 1 \n exit"),
        Case(
            "one more is not", .xdp,
            bounds + "r0 = 1 \n if r4 > r3 goto +1 \n r0 = *(u8 *)(r2 + 14) \n r0 = 1 \n exit",
            .packetBounds, at: 6),
        Case(
            "without a test nothing is", .xdp, bounds + "r0 = *(u8 *)(r2 + 0) \n exit",
            .packetBounds,
            at: 4),
        Case(
            "the other branch knows nothing", .xdp,
            bounds + "r0 = 1 \n if r4 <= r3 goto +1 \n r0 = *(u8 *)(r2 + 0) \n exit", .packetBounds,
            at: 6),
    ]
}
