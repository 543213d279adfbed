import EBPF
import EBPFTestSupport
import Testing

/// Attaching, over both hosts: what runs, in which order, and how it ends.
@Suite struct AttachTests {
    private static let source = """
        const volatile __u32 in_kernel;
        __u32 thread;
        __u64 runs;
        __u64 other_runs;
        static int count(__u64 *counter) {
            if (in_kernel && (__u32)bpf_get_current_pid_tgid() != thread) return 0;
            __sync_fetch_and_add(counter, 1);
            return 0;
        }
        SEC("tracepoint/syscalls/sys_enter_getpgid") int at_entry(void *context) {
            return count(&runs);
        }
        SEC("tracepoint/syscalls/sys_enter_getpgid") int instead(void *context) {
            return count(&other_runs);
        }
        SEC("raw_tp") int raw(void *context) { return count(&runs); }
        SEC("xdp") int drop(struct xdp_md *context) { runs++; return XDP_DROP; }
        SEC("xdp") int pass(struct xdp_md *context) { other_runs++; return XDP_PASS; }

        """

    private static let hook = MachineHook(.tracepoint, "syscalls:sys_enter_getpgid")

    /// The object, of which in the kernel only one thread's calls count.
    private static func load(_ host: TestHost, _ machine: UserSpaceHost) async throws
        -> LoadedObject
    {
        var specs = try await TestHost.specs(source)
        let isKernel = host == .kernel
        try specs.variables["in_kernel"]?.set(UInt32(isKernel ? 1 : 0))
        return try (isKernel ? host.make() : .userSpace(machine)).load(specs)
    }

    /// Makes the tracepoint pass once.
    private static func fire(
        _ host: TestHost, _ machine: UserSpaceHost, _ object: LoadedObject
    ) throws {
        switch host {
        case .kernel:
            try object.variable("thread", as: UInt32.self).set(OwnThread.id)
            OwnThread.askForGroup()
        case .userSpace: try machine.trigger(hook, context: [UInt8](repeating: 0, count: 64))
        }
    }

    /// Whether the tracepoint passes without programs, once the kernel has let them go.
    private static func isFree(
        _ host: TestHost, _ machine: UserSpaceHost, _ object: LoadedObject
    ) async throws -> Bool {
        let runs = try object.variable("runs", as: UInt64.self)
        return try await eventually {
            let before = try runs.value
            try fire(host, machine, object)
            return try runs.value == before
        }
    }

    @Test(arguments: TestHost.allCases)
    func `a program runs as long as its link lives`(_ host: TestHost) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let runs = try object.variable("runs", as: UInt64.self)
        let program = try object.program("at_entry", as: TracepointProgram.self)
        do {
            let link = try program.attach()
            #expect(link.hook == "tracepoint syscalls:sys_enter_getpgid")
            try Self.fire(host, machine, object)
            #expect(try runs.value == 1)
        }
        #expect(try await Self.isFree(host, machine, object))
        let link = try program.attach(to: "syscalls:sys_enter_getpgid")
        let before = try runs.value
        try Self.fire(host, machine, object)
        #expect(try runs.value == before + 1)
        try link.detach()
        #expect(try await Self.isFree(host, machine, object))
    }

    @Test(arguments: TestHost.allCases)
    func `an object attaches what its sections place`(_ host: TestHost) async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(host, machine)
        let links = try object.attach()
        #expect(links.members.map(\.name) == ["at_entry", "instead"])
        #expect(links.left.map(\.name) == ["raw", "drop", "pass"])
        try Self.fire(host, machine, object)
        #expect(try object.variable("runs", as: UInt64.self).value == 1)
        #expect(try object.variable("other_runs", as: UInt64.self).value == 1)
        try links.detach()
        #expect(try await Self.isFree(host, machine, object))
    }

    @Test(arguments: TestHost.allCases)
    func `the place that is missing is asked for`(_ host: TestHost) async throws {
        let object = try await Self.load(host, UserSpaceHost())
        let raw = try object.program("raw", as: RawTracepointProgram.self)
        let error = #expect(throws: KernelError.self) { _ = try raw.attach() }
        #expect(
            error?.description
                == "attaching program raw: EINVAL: neither its section nor the call names a "
                + "tracepoint; say which one, such as sched_switch")
        let link = try raw.attach(to: "sys_enter")
        #expect(link.hook == "raw tracepoint sys_enter")
    }

    @Test func `programs in user space are exchanged without a gap`() async throws {
        let machine = UserSpaceHost()
        let object = try await Self.load(.userSpace, machine)
        let first = try object.program("at_entry", as: TracepointProgram.self)
        let second = try object.program("instead", as: TracepointProgram.self)
        let link = try first.attach()
        try link.update(to: second, expecting: first)
        try Self.fire(.userSpace, machine, object)
        #expect(try object.variable("runs", as: UInt64.self).value == 0)
        #expect(try object.variable("other_runs", as: UInt64.self).value == 1)
        let error = #expect(throws: KernelError.self) {
            try link.update(to: second, expecting: first)
        }
        #expect(
            error?.description
                == "putting program instead on tracepoint syscalls:sys_enter_getpgid: EPERM: "
                + "program instead is there")
        let kept = #expect(throws: KernelError.self) {
            try first.attach().persist(at: "/sys/fs/bpf/x")
        }
        #expect(
            kept?.description
                == "keeping the link to tracepoint syscalls:sys_enter_getpgid: ENOTSUP: it is in "
                + "user space and ends with this process; load the object with Host.kernel")
    }

    @Test func `what a program in user space may not do stops the event with an error`()
        async throws
    {
        let machine = UserSpaceHost()
        let object = try Host.userSpace(machine).load(
            try await TestHost.specs(
                """
                SEC("raw_tp/x") int peek(__u64 *context) { return *(int *)context[0]; }

                """))
        let link = try object.program("peek", as: RawTracepointProgram.self).attach()
        #expect(machine.attachedHooks == [MachineHook(.rawTracepoint, "x")])
        #expect(throws: (any Error).self) {
            try machine.trigger(
                MachineHook(.rawTracepoint, "x"), context: [UInt8](repeating: 1, count: 16))
        }
        try link.detach()
        #expect(machine.attachedHooks.isEmpty)
    }
}
