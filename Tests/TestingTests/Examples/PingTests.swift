import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import PingExample

/// What becomes of pings, over a capture of a network.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct PingExampleTests {
    private static let source = "Examples/Ping/ping.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.numbers["pings"] == [9, 9, 9])
    }

    @Test(.liveKernel) func `the native form leaves the same behind as the kernel`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.kernel(await KernelProgram.specs(Self.source)))))
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        for packet in try ExampleTrace.packets("lan.pcapng") {
            trace.add(world.run(dropPings, packet: packet), world)
            trace.add(world.run(answerPings, packet: packet), world)
            trace.add(world.run(stopPings, packet: packet), world)
        }
        trace.numbers["pings"] = [
            world.value(of: dropped), world.value(of: answered), world.value(of: stopped),
        ]
        return trace
    }
}
