import EBPFBytecode
@testable import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

/// Probes in the kernel; that they run is tried in guests (`Tests/HookTrials`), as CI's own kernel
/// has none.
@Suite(.liveKernel) struct KernelProbeTests {
    private static let hasProbes =
        SystemCalls.linux.exists("/sys/bus/event_source/devices/kprobe/type")

    @Test(.enabled("this kernel has kprobes") { hasProbes }, arguments: ["kprobe", "kretprobe"])
    func `a program runs at a function of the kernel`(section: String) throws {
        let counter = try RunCounter()
        let link = try HookReference("\(section):do_sys_openat2")
            .attach(counter.program(section))
        _ = try SystemCalls.linux.open("/dev/null")
        #expect(try counter.count > 0)
        try link.detach()
    }

    @Test(.disabled("this kernel has kprobes") { hasProbes })
    func `a kernel without probes is said to have none`() throws {
        let program = try LiveKernel.program(.kprobe, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attachKernelProbe(.function("do_sys_openat2"))
        }
        #expect(
            error.reason == "this kernel has neither a unit for such probes nor kprobe_events")
    }

    @Test func `a system call's function is found, or a similar one named`() throws {
        let functions = SystemCallFunctions(.linux)
        let function = try functions.function(for: "openat", "attaching")
        #expect(function.hasSuffix("sys_openat"))
        let error = try #require(throws: KernelError.self) {
            _ = try functions.function(for: "opennat", "attaching")
        }
        #expect(error.remedy == "did you mean openat?")
    }

    @Test func `lists of traceable functions are read with and without addresses`() {
        let plain = Array("do_unlinkat\nveth_xmit [veth]\n\n".utf8)
        #expect(
            TraceableList.entries(plain, hasAddresses: false).map(\.name)
                == ["do_unlinkat", "veth_xmit"])
        let addressed = Array("ffffffff81000010 do_unlinkat\nzz broken\n".utf8)
        let entries = TraceableList.entries(addressed, hasAddresses: true)
        #expect(entries.map(\.name) == ["do_unlinkat"])
        #expect(entries.map(\.address) == [0xffff_ffff_8100_0010])
    }

    @Test func `a cookie for each function, or none`() throws {
        let program = try LiveKernel.program(.kprobe, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attachKernelProbes(.functions(["a", "b"]), cookies: [1])
        }
        #expect(error.reason == "there must be one cookie for each function, or none")
    }
}
