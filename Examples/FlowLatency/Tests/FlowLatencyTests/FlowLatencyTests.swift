import EBPF
import FlowLatencyProgram
import Testing

@Test func `the time from a request to its answer is told`() throws {
    // The clock stands at the time of each packet, so that every run measures the same.
    let latency = try FlowLatency.load(on: .userSpace(UserSpaceHost.Options(clock: .virtual())))
    #expect(try latency.flowLatency.run(capture: capture("handshakes.pcap")) == [.pass: 550])
    var handshakes: [Handshake] = []
    try latency.handshakes.withEvents { handshakes.append($0) }
    #expect(handshakes.first?.nanoseconds == 496_087)
    #expect(handshakes.first?.flow.serverPort == 80)
    #expect(try latency.refused.value == 8)
    #expect(try latency.lost.value == 0)
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
