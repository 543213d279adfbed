import EBPFTesting
import Testing

@testable import FlowLatencyExample

/// The latency of servers, over a capture of handshakes at its own times.
@Suite(.enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
struct FlowLatencyExampleTests {
    private static let source = "Examples/FlowLatency/flow-latency.swift"

    @Test func `the native form leaves the same behind as the compiled one`() async throws {
        let native = try Self.trace(.native)
        #expect(native == (try Self.trace(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.numbers["latencies"]?.isEmpty == false)
    }

    private static func trace(_ form: TestWorld.Form) throws -> ExampleTrace {
        var world = TestWorld(form)
        var trace = ExampleTrace()
        for packet in try ExampleTrace.packets("handshakes.pcap") {
            trace.add(world.run(flowLatency, packet: packet), world)
        }
        trace.add("unanswered", world.map(unanswered))
        trace.numbers["latencies"] = world.events(handshakes).map(\.nanoseconds)
        trace.numbers["refused"] = [world.value(of: refused)]
        return trace
    }

    /// Name servers and an echo server answer ten times in this capture, over IPv4 and IPv6.
    @Test func `answers over UDP are measured, too`() async throws {
        let native = try Self.answers(.native)
        #expect(native == (try Self.answers(.machine(await KernelProgram.specs(Self.source)))))
        #expect(native.map(\.serverPort) == [53, 53, 53, 7, 53, 53, 53, 7, 53, 53])
        #expect(native.first?.nanoseconds == 265_334)
    }

    private struct Answer: Equatable {
        let serverPort: UInt16
        let nanoseconds: UInt64
    }

    private static func answers(_ form: TestWorld.Form) throws -> [Answer] {
        var world = TestWorld(form)
        for packet in try ExampleTrace.packets("lan.pcapng") {
            world.run(flowLatency, packet: packet)
        }
        return world.events(FlowLatencyExample.answers).map {
            Answer(serverPort: $0.flow.serverPort, nanoseconds: $0.nanoseconds)
        }
    }
}
