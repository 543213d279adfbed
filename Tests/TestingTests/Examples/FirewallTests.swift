import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import FirewallExample

/// The firewall with its rules, over a capture of a network.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct FirewallExampleTests {
    private static let source = "Examples/Firewall/firewall.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.verdicts.count { $0 == XDPAction.drop.rawValue } == 24)
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        world.run(loadRules, packet: .udp(port: 1))
        for packet in try ExampleTrace.packets("lan.pcapng") {
            trace.add(world.run(firewall, packet: packet), world)
        }
        trace.add("networks4", world.map(networks4))
        trace.add("networks6", world.map(networks6))
        trace.add("services", world.map(services))
        return trace
    }
}
