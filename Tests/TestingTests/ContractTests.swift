import EBPFExecution
import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import ContractFirewall

/// The firewall of the contract, in the three forms: its tests differ in one argument only.
@Suite struct ContractFirewallTests {
    private static let source = "Tests/KernelPrograms/ContractFirewall/ContractFirewall.swift"

    @Test func `it decides as it should natively`() {
        Self.check(.native)
    }

    @Test(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
    func `it decides as it should compiled`() async throws {
        Self.check(.machine(try await KernelProgram.specs(Self.source)))
    }

    @Test(.liveKernel, .enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
    func `it decides as it should in the kernel`() async throws {
        Self.check(.kernel(try await KernelProgram.specs(Self.source)))
    }

    private static func check(_ form: TestWorld.Form) {
        var world = TestWorld(form)
        world.map(blockedPorts)[22] = 0
        let bad = LPMKey(prefixLength: 8, address: IPv4Address(10, 0, 0, 0))
        world.map(blockedNetworks)[bad] = 0

        #expect(world.run(firewall, packet: .tcpSYN(from: "192.0.2.7", port: 22)) == .drop)
        #expect(world.run(firewall, packet: .tcpSYN(from: "192.0.2.7", port: 80)) == .pass)
        #expect(world.run(firewall, packet: .udp(from: "10.1.2.3", port: 53)) == .drop)
        #expect(world.run(firewall, packet: .icmpEcho(from: "192.0.2.7")) == .pass)
        #expect(world.run(firewall, packet: .tcpSYN(from: "2001:db8::7", port: 22)) == .pass)

        #expect(world.map(blockedPorts)[22] == 1)
        #expect(world.map(blockedPorts)[80] == nil)
        #expect(world.map(blockedNetworks)[bad] == 1)
        #expect(world.map(types)[0x0800] == 4)
        #expect(world.map(types)[0x86dd] == 1)
    }
}
