import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct TracepointTests {
    /// Something that each of these tracepoints sees the calling thread do.
    private func callKernel() throws { try SystemCalls.linux.call(.getThreadID) }

    @Test(arguments: [
        "raw_syscalls:sys_enter", "raw_syscalls/sys_exit", "syscalls:sys_enter_gettid",
    ])
    func `a program runs at a tracepoint as long as it is attached`(name: String) throws {
        let counter = try RunCounter()
        let program = try counter.program("tracepoint")
        let link = try program.attach(toTracepoint: name)
        try callKernel()
        #expect(try counter.count > 0)
        try link.detach()
        let after = try counter.count
        try callKernel()
        #expect(try counter.count == after)
    }

    @Test func `the program can ask for the cookie of its attachment`() throws {
        let counter = try RunCounter()
        let getCookie = "r1 = r6\ncall 174\n*(u64 *)(r7 + 8) = r0"
        let program = try counter.program("tracepoint", action: getCookie)
        let link = try program.attach(
            toTracepoint: "raw_syscalls:sys_enter", cookie: 0x1234_5678_9abc)
        try callKernel()
        #expect(try counter[1] == 0x1234_5678_9abc)
        try link.detach()
    }

    @Test(arguments: [
        ("sched:sched_swich", "sched:sched_switch"),
        ("shed:sched_switch", "did you mean sched?"),
        ("sched_switch", "write GROUP:NAME"),
        ("../sched:x", "write GROUP:NAME"),
    ])
    func `a name that does not exist is met by one that does`(name: String, hint: String) throws {
        let program = try LiveKernel.program(.tracepoint, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attach(toTracepoint: name)
        }
        #expect(error.description.contains(hint), "\(error)")
    }

    @Test func `a BTF-typed tracepoint and a raw one see the same calls`() throws {
        let counter = try RunCounter()
        let link = try counter.program("raw_tp/sys_enter").attachRawTracepoint("sys_enter")
        try callKernel()
        #expect(try counter.count > 0)
        try link.detach()
        let after = try counter.count
        try callKernel()
        #expect(try counter.count == after)
    }

    @Test func `a raw tracepoint that does not exist is met by one that does`() throws {
        let program = try LiveKernel.program(.rawTracepoint, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attachRawTracepoint("sched_swich")
        }
        #expect(error.remedy == "did you mean sched_switch?")
    }

    @Test func `groups and tracepoints are listed without mounting anything`() throws {
        let before = try SystemCalls.linux.contents(of: "/proc/mounts")
        let tracefs = try Tracefs()
        #expect(try tracefs.groups().contains("sched"))
        #expect(try tracefs.tracepoints(in: "sched").contains("sched_switch"))
        #expect(try SystemCalls.linux.contents(of: "/proc/mounts") == before)
    }
}
