import EBPFTestSupport
import EBPFTesting
import Testing

@testable import ServiceChainExample

/// The parser made of programs that go on to others, over a capture of a network.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct ServiceChainExampleTests {
    private static let source = "Examples/ServiceChain/service-chain.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.numbers["entered"]?.allSatisfy { $0 > 0 } == true)
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        world.map(chain).set(0, parseVLAN)
        world.map(chain).set(1, parseIPv4)
        world.map(chain).set(2, parseIPv6)
        world.map(chain).set(3, parseTCP)
        world.map(chain).set(4, parseUDP)
        for packet in try ExampleTrace.packets("lan.pcapng") {
            trace.add(world.run(parseEthernet, packet: packet), world)
        }
        let all = world.value(of: outcomes)
        let stages = [all.ethernet, all.vlan, all.ipv4, all.ipv6, all.tcp, all.udp]
        trace.numbers["entered"] = stages.map(\.entered)
        trace.numbers["finished"] = stages.map(\.finished)
        trace.numbers["malformed"] = stages.map(\.malformed)
        return trace
    }
}
