import EBPFBytecode
@testable import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import HookTargets
import Testing

/// Clocks and breakpoints of the test's own threads, and counters on all processors.
@Suite(.liveKernel) struct PerfEventTests {
    /// Some milliseconds of work in this thread.
    private func burnTime() {
        // Not the functions that other tests probe meanwhile.
        var value: UInt64 = 1
        for round in 0..<3_000_000 as Range<UInt64> { value = value &* 31 &+ round }
        withExtendedLifetime(value) {}
    }

    @Test func `a clock runs the program while the thread works`() throws {
        let counter = try RunCounter()
        let link = try counter.program("perf_event").attach(
            to: .software(.taskClock), over: .thread(0), rate: .every(100_000))
        burnTime()
        #expect(try counter.count > 0)
        try link.detach()
        let after = try counter.count
        burnTime()
        #expect(try counter.count == after)
    }

    @Test func `a clock on all processors runs the program, too`() throws {
        let counter = try RunCounter()
        let link = try HookReference("perf_event:cpu-clock,frequency=5000")
            .attach(counter.program("perf_event"))
        for _ in 0..<100 where try counter.count == 0 { burnTime() }
        #expect(try counter.count > 0)
        try link.detach()
    }

    @Test func `page faults are seen, one by one`() throws {
        let counter = try RunCounter()
        let link = try counter.program("perf_event").attach(
            to: .software(.pageFaults), over: .thread(0))
        let page = 4096
        // More than the allocator keeps for later: these pages are new.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 16_384 * page, alignment: page)
        defer { unsafe memory.deallocate() }
        for index in 0..<16_384 {
            unsafe memory.storeBytes(of: 1, toByteOffset: index * page, as: UInt8.self)
        }
        #expect(try counter.count > 0)
        try link.detach()
    }

    /// Whether a breakpoint can be set here: tried, not guessed.
    private static let hasBreakpoints: Bool = {
        guard let counter = try? RunCounter(), let program = try? counter.program("perf_event")
        else { return false }
        return (try? breakpoint(program).detach()) != nil
    }()

    /// A breakpoint on writes to the target's variable by this thread.
    private static func breakpoint(_ program: KernelProgram) throws -> Link {
        let address = UInt64(hook_target_variable_address())
        return try program.attach(
            to: .breakpoint(address: address, length: 8, .write), over: .thread(0))
    }

    @Test(.enabled("this machine has breakpoints") { hasBreakpoints })
    func `a breakpoint runs the program at each write`() throws {
        let counter = try RunCounter()
        let link = try Self.breakpoint(try counter.program("perf_event"))
        hook_target_store(1)
        hook_target_store(2)
        #expect(try counter.count == 2)
        try link.detach()
        hook_target_store(3)
        #expect(try counter.count == 2)
    }

    @Test(arguments: [
        ("perf_event:cpu-clok", "did you mean cpu-clock?"),
        ("perf_event:zzzzzzzzz", "one of cpu-clock, "),
        ("perf_event:cpu-clock,fast", "write frequency=N"),
        ("perf_event", "write perf_event:EVENT"),
    ])
    func `events that do not exist are met by those that do`(text: String, hint: String) throws {
        let program = try LiveKernel.program(.perfEvent, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try HookReference(text).attach(program)
        }
        #expect(error.remedy?.hasPrefix(hint) == true, "\(error)")
    }

    @Test func `a thread that is gone is said to be gone`() throws {
        let program = try LiveKernel.program(.perfEvent, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attach(to: .software(.taskClock), over: .thread(4_194_304))
        }
        #expect(error.reason == "process 4194304 is gone")
    }

    @Test(arguments: [
        ("cpu-clock", PerformanceEvent.software(.cpuClock)), ("cycles", .hardware(.cycles)),
        ("r1a8", .raw(0x1a8)),
        ("mem:0x601040/8:w", .breakpoint(address: 0x601040, length: 8, .write)),
        ("mem:0x601040/4:rw", .breakpoint(address: 0x601040, length: 4, [.read, .write])),
        ("mem:0x10/8:x", .breakpoint(address: 16, length: 8, .execute)),
    ])
    func `events are written as perf writes them`(text: String, event: PerformanceEvent) {
        #expect(PerformanceEvent(text) == event)
        #expect(event.description == text)
    }

    @Test(arguments: ["", "mem:", "mem:zz", "mem:0x10:q", "mem:0x10/", "rzz", "cpu"])
    func `other words are no events`(text: String) { #expect(PerformanceEvent(text) == nil) }

    @Test(arguments: [("0-3,8", [0, 1, 2, 3, 8]), ("0", [0]), ("", []), ("3-1", []), ("x", [])])
    func `lists of processors are read`(text: String, numbers: [Int32]) {
        #expect(OnlineProcessors.numbers(inList: text) == numbers)
    }
}
