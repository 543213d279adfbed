import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct TCXTests {
    /// Programs that count together and hand packets on, on a new interface with frames to send.
    private static func withTap<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing TapInterface) throws -> Result
    ) throws -> Result {
        try withNetworkNamespace { try body(try TapInterface()) }
    }

    private static let next: Int32 = -1

    @Test(arguments: [AttachMethod.link, .legacy])
    func `frames reach the program until it is detached`(_ method: AttachMethod) throws {
        let seen = try Self.withTap { tap in
            let counter = try TestCounter()
            let program = try counter.program("tcx/ingress", returning: Self.next)
            let link = try program.attach(to: .tcxIngress, of: "tap0", method: method)
            try tap.send(TapInterface.frame())
            let during = try tap.interface.programs(on: .tcxIngress)?.entries
            try link.detach()
            try tap.send(TapInterface.frame())
            let after = try tap.interface.programs(on: .tcxIngress)?.entries.count
            let isListed = during?.map(\.program) == [program.id]
            let hasLink = during?.first?.link != nil
            return (try counter.count, isListed, hasLink, after)
        }
        #expect(seen == (1, true, method == .link, 0))
    }

    @Test func `frames that go out are seen, too`() throws {
        let count = try Self.withTap { tap in
            let cable = try TestNetwork.makeCable()
            let counter = try TestCounter()
            // The system sends frames of its own; only those of the test count.
            let onlyOurs = """
                r3 = *(u32 *)(r1 + 16)
                if r3 == 0xb588 goto +2
                w0 = \(Self.next)
                exit
                """
            let program = try counter.program(
                "tcx/egress", returning: Self.next, before: onlyOurs)
            let link = try program.attach(to: .tcxEgress, of: "left")
            let redirecting = "r1 = \(cable.left.index)\nr2 = 0\ncall 23\nexit"
            let repeater = try LiveKernel.program(.schedulerClassifier, redirecting)
            let into = try repeater.attach(to: .tcxIngress, of: "tap0")
            try tap.send(TapInterface.frame())
            let count = try counter.count
            try into.detach()
            try link.detach()
            return count
        }
        #expect(count == 1)
    }

    /// Three programs in an order that the anchors give; each adds its digit behind the others'.
    @Test func `anchors decide the order, as the kernel lists it and as frames see it`() throws {
        let (listed, seen) = try Self.withTap { tap in
            let digits = try TestCounter()
            let programs = try (1...4).map { try Self.digit($0, digits) }
            let second = try programs[1].attach(to: .tcxIngress, of: "tap0")
            let first = try programs[0].attach(
                to: .tcxIngress, of: "tap0", order: .before(.program(programs[1])))
            let fourth = try programs[3].attach(to: .tcxIngress, of: "tap0", order: .last)
            let open = try #require(try second.info())
            let third = try programs[2].attach(
                to: .tcxIngress, of: "tap0", order: .after(.linkID(open.id)))
            try tap.send(TapInterface.frame())
            let ids = try tap.interface.programs(on: .tcxIngress)?.entries.map(\.program)
            let seen = try digits.count
            try third.detach()
            try fourth.detach()
            try first.detach()
            try second.detach()
            return (ids == programs.map(\.id), seen)
        }
        #expect(listed)
        #expect(seen == 1234)
    }

    private static func digit(_ number: Int, _ digits: TestCounter) throws -> KernelProgram {
        try LiveKernel.program(
            .schedulerClassifier,
            """
            r1 = map[fd:\(digits.map.descriptor.number)][0]+0 ll
            r2 = *(u64 *)(r1 + 0)
            r2 *= 10
            r2 += \(number)
            *(u64 *)(r1 + 0) = r2
            w0 = -1
            exit
            """)
    }

    @Test func `a revision that has passed is refused with the way out`() throws {
        let message = try Self.withTap { tap in
            let counter = try TestCounter()
            let (first, second) = (
                try counter.program("tcx/ingress"), try counter.program("tcx/ingress")
            )
            let revision = try tap.interface.programs(on: .tcxIngress)?.revision
            let link = try first.attach(to: .tcxIngress, of: "tap0")
            let message = failureMessage {
                try second.attach(
                    to: .tcxIngress, of: "tap0",
                    order: AttachOrder(.first, expectedRevision: revision))
            }
            try link.detach()
            return message
        }
        #expect(message.contains("have changed since they were listed; list them again"))
    }

    @Test func `a neighbour that is not there is refused`() throws {
        let message = try Self.withTap { _ in
            let counter = try TestCounter()
            let (first, second) = (
                try counter.program("tcx/ingress"), try counter.program("tcx/ingress")
            )
            return failureMessage {
                try first.attach(
                    to: .tcxIngress, of: "tap0", order: .before(.programID(second.id)))
            }
        }
        #expect(message.contains("the neighbour is not attached to tcx ingress of tap0"))
    }

    @Test(arguments: [AttachMethod.link, .legacy])
    func `a program is exchanged in its place`(_ method: AttachMethod) throws {
        let seen = try Self.withTap { tap in
            let (old, new) = (try TestCounter(), try TestCounter())
            let first = try old.program("tcx/ingress", returning: Self.next)
            let second = try new.program("tcx/ingress", returning: Self.next)
            let link = try first.attach(to: .tcxIngress, of: "tap0", method: method)
            let refused = failureMessage { try link.update(to: second, expecting: second) }
            try link.update(to: second, expecting: first)
            try tap.send(TapInterface.frame())
            let counts = (try old.count, try new.count)
            try link.detach()
            let left = try tap.interface.programs(on: .tcxIngress)?.entries.count
            return (!refused.isEmpty, counts.0, counts.1, left)
        }
        #expect(seen == (true, 0, 1, 0))
    }

    @Test func `loopback is no netkit device, and the way out is said`() throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("netkit/primary")
            return failureMessage { try program.attach(to: .netkitPrimary, of: "lo") }
        }
        #expect(message.contains("lo is not a netkit device"))
        #expect(message.contains("attach it to tcx"))
    }

    @Test func `many threads attach and detach on one interface, and nothing is left`() throws {
        let left = try Self.withTap { tap in
            let counter = try TestCounter()
            let programs = try (0..<8).map { _ in
                try counter.program("tcx/ingress", returning: Self.next)
            }
            let index = tap.interface.index
            let namespace = try SystemCalls.linux.open("/proc/thread-self/ns/net")
            let number = Int(namespace.number)
            let failures = try concurrently(programs.count) { turn in
                try SystemCalls.linux.call(.setNamespace, number, 0)
                for _ in 0..<10 {
                    let link = try programs[turn].attach(to: .tcxIngress, of: .index(index))
                    try link.detach()
                }
            }
            let left = try tap.interface.programs(on: .tcxIngress)?.entries.count
            withExtendedLifetime(namespace.number) {}
            return (failures, left)
        }
        #expect(left == ([], 0))
    }
}
