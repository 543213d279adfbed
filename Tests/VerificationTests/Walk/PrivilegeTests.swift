import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFVerification

/// What is refused to those who lack capabilities; with `CAP_BPF` the running kernel is asked, too.
@Suite struct PrivilegeTests {
    @Test(arguments: leaks + stack + guesses + loops)
    func `programs may do less without CAP_PERFMON`(_ test: Case) throws {
        let rejection = try Self.judge(test, [.bpf, .networkAdministration])
        #expect(rejection?.code == test.code, "\(rejection.map { "\($0)" } ?? "accepted")")
        if let slot = test.slot { #expect(rejection?.slot == slot) }
    }

    @Test(.liveKernel, arguments: leaks + stack + guesses + loops)
    func `the kernel says the same`(_ test: Case) throws {
        switch KernelHost().verdict(
            on: "test", of: try test.specs(), as: [.bpf, .networkAdministration]
        ).answer {
        case .accepted: #expect(test.code == nil, "the kernel accepts it")
        case .rejected(let rejection):
            #expect(test.code != nil, "the kernel says: \(rejection.message)")
            if let slot = test.slot { #expect(rejection.slot == slot) }
        case .unavailable(let failure): Issue.record("\(failure)")
        }
    }

    @Test(arguments: leaks + stack + guesses)
    func `root may do all of it`(_ test: Case) throws {
        let rejection = try test.rejection()
        #expect(rejection == nil, "\(rejection.map { "\($0)" } ?? "")")
    }

    @Test(arguments: leaks + stack)
    func `without guards against guesses addresses are still kept`(_ test: Case) throws {
        var options = Verifier.Options()
        options.capabilities = [.bpf, .networkAdministration]
        options.guardsSpeculation = false
        #expect(try test.rejection(options)?.code == test.code)
    }

    @Test(arguments: everyone)
    func `everyone may load simple programs`(_ test: Case) throws {
        let rejection = try Self.judge(test, [])
        #expect(rejection?.code == test.code, "\(rejection.map { "\($0)" } ?? "accepted")")
        if let slot = test.slot { #expect(rejection?.slot == slot) }
    }

    @Test(
        arguments: [
            (.xdp, [.bpf], "CAP_NET_ADMIN"), (.kprobe, [.bpf], "CAP_PERFMON"),
            (.xdp, [.networkAdministration], "CAP_BPF"), (.socketReusePort, [], "CAP_BPF"),
            (.xdp, [.bpf, .networkAdministration], nil), (.xdp, [.systemAdministration], nil),
            (.socketFilter, [], nil), (.cgroupSKB, [], nil), (.socketReusePort, [.bpf], nil),
        ] as [(ProgramType, Capabilities, String?)])
    func `kinds of programs need capabilities`(
        _ type: ProgramType, _ capabilities: Capabilities, _ missing: String?
    ) throws {
        let test = Case("nothing", type, "r0 = 0 \n exit")
        let rejection = try Self.judge(test, capabilities)
        #expect(rejection?.code == missing.map { _ in .missingCapability })
        if let missing { #expect(rejection?.message.contains(missing) ?? false) }
    }

    @Test func `long programs need CAP_BPF`() throws {
        for (count, code) in [(4096, nil), (4097, .missingCapability)]
            as [(Int, Rejection.Code?)]
        {
            let body = String(repeating: "r0 = 0 \n", count: count - 1)
            #expect(try Self.judge(Case("long", body + "exit"), [])?.code == code)
            #expect(try Self.judge(Case("long", body + "exit"), [.bpf]) == nil)
        }
    }

    private static func judge(_ test: Case, _ capabilities: Capabilities) throws -> Rejection? {
        var options = Verifier.Options()
        options.capabilities = capabilities
        return try test.rejection(options)
    }
}

// MARK: - Cases

extension PrivilegeTests {
    fileprivate static let leaks: [Case] = [
        Case("an address is returned", "r0 = r1 \n exit", .pointerLeak, at: 1),
        Case(
            "half of an address is a number", "w0 = w1 \n r0 = 0 \n exit", .pointerLeak, at: 0),
        Case("an address is negated", "r1 = -r1 \n r0 = 0 \n exit", .pointerLeak, at: 0),
        Case("an address is turned round", "r1 = be32 r1 \n r0 = 0 \n exit", .pointerLeak, at: 0),
        Case(
            "the difference of pointers is a number",
            "r2 = r10 \n r2 -= r1 \n r0 = 0 \n exit", .pointerArithmetic, at: 1),
        Case(
            "pointers are compared",
            "r2 = r10 \n r0 = 0 \n if r1 == r2 goto +0 \n exit", .pointerLeak, at: 2),
        Case(
            "a pointer that is not null is compared with it",
            "r0 = 0 \n if r1 == 0 goto +0 \n exit", .pointerLeak, at: 1),
        Case(
            "an address is stored in a map",
            Case.lookup + "if r0 == 0 goto +1 \n *(u64 *)(r0 + 0) = r10 \n r0 = 0 \n exit",
            .pointerLeak, at: 7),
        Case(
            "an address is added in a map",
            Case.lookup
                + "if r0 == 0 goto +2 \n r1 = r10 \n lock *(u64 *)(r0 + 0) += r1 \n r0 = 0 \n exit",
            .pointerLeak, at: 8),
        Case(
            "an address is a flag",
            """
            *(u32 *)(r10 - 4) = 7
            *(u64 *)(r10 - 24) = 0
            *(u64 *)(r10 - 16) = 0
            r4 = r10
            r2 = r10
            r2 += -4
            r3 = r10
            r3 += -24
            r1 = values ll
            call 2
            r0 = 0
            exit
            """, .pointerLeak, at: 10),
    ]

    fileprivate static let stack: [Case] = [
        Case(
            "stack is read that nobody has written", "r0 = *(u64 *)(r10 - 8) \n exit",
            .uninitializedStack, at: 0),
        Case(
            "a key is read that nobody has written",
            "r2 = r10 \n r2 += -4 \n r1 = values ll \n call 1 \n r0 = 0 \n exit",
            .uninitializedStack, at: 4),
        Case(
            "nothing is read of stack that is not in use", .schedulerClassifier,
            """
            r1 = r10
            r1 += -8
            r2 = 0
            r3 = 0
            r4 = 0
            r5 = 0
            call 28
            exit
            """, .uninitializedStack, at: 6),
        Case(
            "a part of a saved pointer is overwritten",
            "*(u64 *)(r10 - 8) = r1 \n *(u32 *)(r10 - 8) = 0 \n r0 = 0 \n exit", .brokenPointer,
            at: 1),
        Case(
            "a saved pointer is added to",
            "*(u64 *)(r10 - 8) = r1 \n r2 = 1 \n lock *(u64 *)(r10 - 8) += r2 \n r0 = 0 \n exit",
            .pointerLeak, at: 2),
        Case(
            "a saved pointer is a key",
            """
            *(u64 *)(r10 - 8) = r1
            r2 = r10
            r2 += -4
            r1 = values ll
            call 1
            r0 = 0
            exit
            """, .pointerLeak, at: 5),
    ]

    fileprivate static let guesses: [Case] = [
        Case(
            "a pointer to the stack is moved by a variable",
            """
            r0 = 0
            *(u64 *)(r10 - 8) = 0
            r2 = *(u32 *)(r1 + 0)
            r2 &= 7
            r3 = r10
            r3 += -8
            r3 += r2
            exit
            """, .speculation, at: 6),
        Case(
            "a pointer to the stack leaves it",
            "r0 = 0 \n r2 = r10 \n r2 += 8 \n r2 += -16 \n exit", .speculation, at: 2),
        Case(
            "a pointer leaves a value, and comes back",
            Case.lookup + "if r0 == 0 goto +2 \n r0 += 16 \n r0 += -16 \n r0 = 0 \n exit",
            .speculation, at: 7),
        Case(
            "the sign of an offset is not known",
            Case.lookup
                + """
                if r0 == 0 goto +5
                r1 = *(u64 *)(r0 + 0)
                if r1 s< -8 goto +3
                if r1 s> 7 goto +2
                r0 += 8
                r0 += r1
                r0 = 0
                exit
                """, .speculation, at: 11),
        Case(
            "a pointer moves up and down at one instruction",
            Case.lookup
                + """
                if r0 == 0 goto +7
                r1 = *(u32 *)(r0 + 0)
                r0 += 8
                r2 = 4
                if r1 == 0 goto +1
                r2 = -4
                r0 += r2
                r1 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """, .speculation, at: 12),
        Case(
            "an instruction adds numbers, and moves a pointer",
            Case.lookup
                + """
                if r0 == 0 goto +6
                r1 = *(u32 *)(r0 + 0)
                r2 = 4
                r3 = 8
                if r1 == 0 goto +1
                r3 = r0
                r3 += r2
                r0 = 0
                exit
                """, .speculation, at: 12),
        Case(
            "a tail call uses two maps",
            """
            r2 = programs ll
            r3 = *(u32 *)(r1 + 0)
            if r3 == 0 goto +2
            r2 = more ll
            call 12
            r0 = 0
            exit
            """, .speculation),
    ]

    /// With `CAP_BPF` alone.
    fileprivate static let loops: [Case] = [
        Case(
            "a guess that fails is stopped, not refused",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = 5
                if r1 == 5 goto +1
                r0 = *(u64 *)(r0 + 999)
                r1 = 0
                r0 = 0
                exit
                """),
        Case(
            "a guess that goes round for ever is refused",
            "r0 = 0 \n if r0 == 1 goto -1 \n exit", .endlessLoop),
        Case(
            "a key is read of which half is beside a saved number",
            """
            *(u32 *)(r10 - 8) = 7
            r2 = r10
            r2 += -6
            r1 = values ll
            call 1
            r0 = 0
            exit
            """),
        Case(
            "an offset that is masked stays in the value",
            Case.lookup
                + """
                if r0 == 0 goto +4
                r1 = *(u64 *)(r0 + 0)
                r1 &= 15
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """),
        Case(
            "a packet is not indexed by a variable", .cgroupSKB,
            """
            r0 = 1
            r2 = *(u32 *)(r1 + 76)
            r3 = *(u32 *)(r1 + 80)
            r4 = *(u32 *)(r1 + 0)
            r4 &= 7
            r2 += r4
            exit
            """, .speculation, at: 5),
        Case(
            "what traces is for CAP_PERFMON", "call 35 \n r0 = 0 \n exit", .missingCapability, at: 0
        ),
    ]

    /// Without any capability, as Linux 6.12 judged when it was asked.
    fileprivate static let everyone: [Case] = [
        Case("a constant is returned", "r0 = 0 \n exit"),
        Case("members of the context are read", "r0 = *(u32 *)(r1 + 0) \n exit"),
        Case("the clock is read", "call 5 \n r0 = 0 \n exit"),
        Case("jiffies are not", "call 118 \n r0 = 0 \n exit", .missingCapability, at: 0),
        Case(
            "a loop that counts",
            "r0 = 0 \n r1 = 4 \n r1 += -1 \n if r1 != 0 goto -2 \n exit", .missingCapability, at: 3
        ),
        Case(
            "a function of its own", "call f \n exit \n f: \n r0 = 0 \n exit", .missingCapability,
            at: 0),
        Case(
            "packets are not read directly", .cgroupSKB,
            "r0 = 1 \n r2 = *(u32 *)(r1 + 76) \n exit", .missingCapability, at: 1),
        Case(
            "a saved number is any number when it comes back",
            Case.lookup
                + """
                if r0 == 0 goto +4
                *(u64 *)(r10 - 16) = 3
                r1 = *(u64 *)(r10 - 16)
                r0 += r1
                r0 = *(u8 *)(r0 + 0)
                r0 = 0
                exit
                """, .possiblyNegative),
    ]
}
