import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import LoadBalancerExample

/// The load balancer, over a capture of its clients and servers.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct LoadBalancerExampleTests {
    private static let source = "Examples/LoadBalancer/load-balancer.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.verdicts.contains(XDPAction.transmit.rawValue))
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        unsafe world.run(fillRing)
        for packet in try ExampleTrace.packets("balancer.pcap") {
            trace.add(world.run(balance, packet: packet), world)
        }
        trace.add("ring", world.map(ring))
        return trace
    }
}
