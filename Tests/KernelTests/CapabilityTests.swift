import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import Testing

/// Doing something with fewer rights.
@Suite struct CapabilityTests {
    @Test func `names are those of the manual, in any size of letters`() {
        for (name, capability) in [
            ("CAP_BPF", .bpf), ("bpf", .bpf), ("net_admin", .networkAdministration),
            ("Cap_PerfMon", .performanceMonitoring), ("sys_admin", .systemAdministration),
            ("chown", nil), ("", nil),
        ] as [(String, Capabilities?)] {
            #expect(Capabilities(name: name) == capability, "\(name)")
        }
        #expect(Capabilities.all.names.allSatisfy { Capabilities(name: $0) != nil })
    }

    @Test func `who administrates the system may do all of eBPF`() {
        let needed: Capabilities = [.bpf, .performanceMonitoring]
        #expect(Capabilities.systemAdministration.allow(needed))
        #expect(needed.allow(needed) && needed.allow([.bpf]) && Capabilities().allow([]))
        #expect(!Capabilities.bpf.allow(needed))
    }

    @Test func `nothing is done if rights cannot be given up`() {
        let system = SystemCalls { call, _ in call == .getCapabilities ? 0 : -1 }
        var isDone = false
        #expect(throws: KernelErrno.notPermitted) {
            try system.limiting(to: []) { isDone = true }
        }
        #expect(!isDone)
    }

    @Test(.liveKernel) func `rights are back afterwards`() throws {
        func rights() -> String? {
            (try? SystemCalls.linux.text(of: "/proc/thread-self/status"))?
                .split(separator: "\n").first { $0.hasPrefix("CapEff") }.map(String.init)
        }
        let before = rights()
        let without = try SystemCalls.linux.limiting(to: [.bpf]) { rights() }
        #expect(without != before)
        #expect(rights() == before)
    }
}
