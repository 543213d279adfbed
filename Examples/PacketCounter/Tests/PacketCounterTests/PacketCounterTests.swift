import EBPF
import PacketCounterProgram
import Testing

@Test func `packets and bytes are counted by protocol`() throws {
    let counter = try PacketCounter.load(on: .userSpace)
    #expect(try counter.countPackets.run(capture: capture("lan.pcapng")) == [.pass: 267])
    let tcp = try #require(try counter.protocols[6])
    #expect(tcp.packets == 161)
    #expect(tcp.bytes == 52394)
    #expect(try counter.protocols[0x0806]?.packets == 8)
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
