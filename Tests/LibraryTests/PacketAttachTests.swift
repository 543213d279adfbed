import EBPF
import EBPFTestSupport
import Testing

/// Programs that see packets, attached over both hosts.
@Suite struct PacketAttachTests {
    private static let source = """
        __u64 seen;
        __u64 judged;
        __u64 last;
        SEC("xdp") int drop(struct xdp_md *context) { seen++; return XDP_DROP; }
        SEC("xdp") int pass(struct xdp_md *context) { seen++; return XDP_PASS; }
        SEC("tcx/ingress") int next(struct __sk_buff *packet) { judged++; last = 1; return -1; }
        SEC("tcx/ingress") int shot(struct __sk_buff *packet) { judged++; last = 2; return 2; }
        SEC("tc") int filter(struct __sk_buff *packet) { judged++; last = 3; return 2; }

        """

    /// An interface named tap0, on the machine of either host.
    private static func withInterface<Result: Sendable>(
        _ host: TestHost, _ machine: UserSpaceHost,
        _ body: @escaping @Sendable (_ receive: () throws -> Void) throws -> Result
    ) throws -> Result {
        switch host {
        case .kernel:
            try withNetworkNamespace {
                let tap = try TapInterface()
                return try body { try tap.send(TapInterface.frame()) }
            }
        case .userSpace:
            try body { try machine.receive(TapInterface.frame(), on: "tap0") }
        }
    }

    private static func load(
        _ host: TestHost, _ machine: UserSpaceHost
    ) async throws -> LoadedObject {
        let specs = try await TestHost.specs(source)
        return try (host == .kernel ? host.make() : .userSpace(machine)).load(specs)
    }

    private static func count(_ object: LoadedObject, _ name: String) throws -> UInt64 {
        try object.variable(name, as: UInt64.self).value
    }

    @Test(arguments: TestHost.allCases)
    func `XDP comes before ingress, and decides`(_ host: TestHost) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let counts = try Self.withInterface(host, machine) { receive in
            let drop = try object.program("drop", as: XDPProgram.self)
            let pass = try object.program("pass", as: XDPProgram.self)
            let shot = try object.program("shot", as: SchedulerClassifierProgram.self)
            let ingress = try shot.attach(to: "tap0", .ingress)
            var counts: [UInt64] = []
            do {
                let link = try drop.attach(to: "tap0", mode: .generic)
                try receive()
                counts += [try Self.count(object, "seen"), try Self.count(object, "judged")]
                try link.update(to: pass)
                try receive()
                counts += [try Self.count(object, "seen"), try Self.count(object, "judged")]
            }
            try receive()
            counts += [try Self.count(object, "seen"), try Self.count(object, "judged")]
            try ingress.detach()
            try receive()
            counts.append(try Self.count(object, "judged"))
            return counts
        }
        #expect(counts == [1, 0, 2, 1, 2, 2, 2])
    }

    @Test(arguments: TestHost.allCases)
    func `programs at ingress run in their order until one decides`(
        _ host: TestHost
    ) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let results = try Self.withInterface(host, machine) { receive in
            let next = try object.program("next", as: SchedulerClassifierProgram.self)
            let shot = try object.program("shot", as: SchedulerClassifierProgram.self)
            let decides = try shot.attach(to: "tap0", .ingress)
            let first = try next.attach(to: "tap0", .ingress, order: .first)
            try receive()
            var results = [try Self.count(object, "judged"), try Self.count(object, "last")]
            try first.detach()
            let last = try next.attach(to: "tap0", .ingress, order: .last)
            try receive()
            results += [try Self.count(object, "judged"), try Self.count(object, "last")]
            try last.detach()
            try decides.detach()
            return results
        }
        #expect(results == [2, 2, 3, 2])
    }

    @Test(arguments: TestHost.allCases)
    func `a filter of traffic control sees packets`(_ host: TestHost) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let last = try Self.withInterface(host, machine) { receive in
            let filter = try object.program("filter", as: SchedulerClassifierProgram.self)
            let link = try filter.attach(to: "tap0", filter: TrafficFilterOptions(.ingress))
            try receive()
            try link.detach()
            return try Self.count(object, "last")
        }
        #expect(last == 3)
    }

    @Test(arguments: TestHost.allCases)
    func `an interface has one XDP program`(_ host: TestHost) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let error = try Self.withInterface(host, machine) { _ in
            let drop = try object.program("drop", as: XDPProgram.self)
            let link = try drop.attach(to: "tap0", mode: .generic)
            defer { _ = link.hook }
            return #expect(throws: KernelError.self) {
                _ = try object.program("pass", as: XDPProgram.self).attach(
                    to: "tap0", mode: .generic)
            }
        }
        let expected = "attaching program pass to XDP on tap0"
        #expect(error?.description.hasPrefix(expected) == true)
        #expect(error?.remedy?.contains("exchange it by updating its link") == true)
    }

    @Test func `what user space does not have is said`() async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(.userSpace, machine)
        let filter = try object.program("filter", as: SchedulerClassifierProgram.self)
        let messages: [(String, () throws -> Void)] = [
            (
                "attaching program filter to netkit of nk0: ENOTSUP: it is loaded in user space, "
                    + "which has no such hook; attach it to the interface's egress, or load the "
                    + "object with Host.kernel",
                { _ = try filter.attach(toNetkit: "nk0") }
            ),
            (
                "attaching program filter to 1:2 of eth0: ENOTSUP: user space has no queueing "
                    + "disciplines; attach it to ingress or egress, or load the object with "
                    + "Host.kernel",
                { _ = try filter.attach(to: "eth0", .parent(0x1_0002)) }
            ),
            (
                "attaching program filter to ingress of eth0: ENOTSUP: in user space programs have "
                    + "no numbers to be put beside; attach it first or last",
                { _ = try filter.attach(to: "eth0", .ingress, order: .after(.programID(1))) }
            ),
        ]
        for (message, body) in messages {
            let error = #expect(throws: KernelError.self) { try body() }
            #expect(error?.description == message)
        }
    }
}
