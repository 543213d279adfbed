import EBPFTestSupport
import EBPFTesting
import Testing

@testable import PacketCounterExample

/// The counter of packets, over a capture of a network.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct PacketCounterExampleTests {
    private static let source = "Examples/PacketCounter/packet-counter.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.verdicts.count >= 260)
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        for packet in try ExampleTrace.packets("lan.pcapng") {
            trace.add(world.run(countPackets, packet: packet), world)
        }
        trace.add("protocols", world.map(protocols))
        return trace
    }
}
